package org.incidentorchestrator.intake;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** An error as RFC 9457 has it, whatever the sender says it accepts. */
final class Problem {
    private Problem() {}

    static ResponseEntity<Object> of(HttpStatus status, String detail) {
        return of(status, detail, new HttpHeaders());
    }

    static ResponseEntity<Object> of(HttpStatus status, String detail, HttpHeaders headers) {
        return ResponseEntity.status(status)
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
