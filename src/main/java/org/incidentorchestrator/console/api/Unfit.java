package org.incidentorchestrator.console.api;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 400, of a request whose parts do not fit each other, with what to write instead. */
final class Unfit extends ErrorResponseException {
    private Unfit(String detail) {
        super(HttpStatus.BAD_REQUEST, ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail), null);
    }

    static Unfit of(String detail) {
        return new Unfit(detail);
    }
}
