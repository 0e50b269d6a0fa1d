package org.incidentorchestrator.console.api;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** What was asked for was not done, and why. */
final class Refused extends ErrorResponseException {
    private Refused(HttpStatus status, String detail) {
        super(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    /** 400, with all that is wrong with the request. @param faults each a sentence without its full stop */
    static Refused wrong(List<String> faults) {
        return new Refused(HttpStatus.BAD_REQUEST, String.join(". ", faults) + ".");
    }

    /** 409, with what stands against it. */
    static Refused conflict(String why) {
        return new Refused(HttpStatus.CONFLICT, why);
    }
}
