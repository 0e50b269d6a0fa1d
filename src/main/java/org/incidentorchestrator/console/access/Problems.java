package org.incidentorchestrator.console.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Refuses a request with a problem detail (RFC 9457). */
@Component
final class Problems {
    static final String NO_CREDENTIALS =
            "No valid credentials came with the request; send a password (basic), a token (bearer), or log in at"
                    + " /camunda/app/tasklist/ first";

    static final String NO_SESSION = "Your session has ended: log in again, then do it again";

    private final ObjectMapper json;

    Problems(ObjectMapper json) {
        this.json = json;
    }

    /**
     * In a web app, whose session has ended: without a challenge, which the browser would answer by a dialog of its own
     * for a password that the web app does not take, and keep the app waiting for.
     */
    void loggedOut(HttpServletResponse response) throws IOException {
        send(response, HttpStatus.UNAUTHORIZED, NO_SESSION);
    }

    void unauthorized(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"incident-orchestrator\", charset=\"UTF-8\"");
        send(response, HttpStatus.UNAUTHORIZED, NO_CREDENTIALS);
    }

    void forbidden(HttpServletResponse response, String why) throws IOException {
        send(response, HttpStatus.FORBIDDEN, why);
    }

    /** Says that it cannot be said who is calling; a sender comes again. */
    void unavailable(HttpServletResponse response) throws IOException {
        send(
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Who is calling cannot be found out: the database with the accounts does not answer. Try again later;"
                        + " /actuator/health/readiness needs no account and says when it is back");
    }

    private void send(HttpServletResponse response, HttpStatus status, String detail) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        // Where the web apps look for what they show; without it they show the whole answer.
        problem.setProperty("message", detail);
        json.writeValue(response.getOutputStream(), problem);
    }
}
