package org.incidentorchestrator.console.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.approval.gate.access.Refusals;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/**
 * Refuses a request, and puts a refused write on the record: who, what, of which incident, and why not. Of a caller who
 * is not known no more than the first word of the path counts as what was asked for: a scanner fills no disk.
 */
@Component
final class RefusedRequests {
    static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String PAGE = "XMLHttpRequest";
    private static final int LONGEST = 200;
    private static final String NOBODY = "anonymous";
    private static final String FORGED =
            "A write with the web apps' session needs the header X-XSRF-TOKEN with the value of the cookie XSRF-TOKEN";

    private final Problems problems;
    private final Refusals refusals;
    private final IncidentOfRequest incidents;

    RefusedRequests(Problems problems, Refusals refusals, IncidentOfRequest incidents) {
        this.problems = problems;
        this.refusals = refusals;
        this.incidents = incidents;
    }

    void forbidden(HttpServletRequest request, HttpServletResponse response, String why) throws IOException {
        record(request, caller(), why);
        problems.forbidden(response, why);
    }

    /** A page of another origin may have sent it, with the session of somebody who does not know of that. */
    void forged(HttpServletRequest request, HttpServletResponse response, Caller caller) throws IOException {
        recordForged(request, caller);
        problems.forbidden(response, FORGED);
    }

    /** Somebody else refuses it. */
    void recordForged(HttpServletRequest request, Caller caller) {
        record(request, Optional.of(caller), FORGED);
    }

    /** Of a web app. */
    void loggedOut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        record(request, Optional.empty(), Problems.NO_SESSION);
        problems.loggedOut(response);
    }

    /** A page of a web app tells its reader to log in again; anybody else is asked for credentials. */
    void unauthorized(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (ofPage(request)) {
            loggedOut(request, response);
        } else {
            record(request, Optional.empty(), Problems.NO_CREDENTIALS);
            problems.unauthorized(response);
        }
    }

    private static boolean ofPage(HttpServletRequest request) {
        return PAGE.equals(request.getHeader("X-Requested-With"))
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
    }

    private void record(HttpServletRequest request, Optional<Caller> caller, String why) {
        if (!READING.contains(request.getMethod())) {
            String asked = caller.isPresent() ? operation(request) : area(request);
            refusals.record(
                    caller.map(Caller::id).orElse(NOBODY),
                    asked,
                    caller.flatMap(known -> incidents.of(request)),
                    "Refused: %s. %s.".formatted(asked, why));
        }
    }

    /** Without the ids in it: {@code POST /api/approvals/*}{@code /decision}. */
    private static String operation(HttpServletRequest request) {
        String path = path(request).replaceAll("/[^/]*\\d[^/]*", "/*");
        return request.getMethod() + " " + path.substring(0, Math.min(path.length(), LONGEST));
    }

    private static String area(HttpServletRequest request) {
        return operation(request).replaceAll("^(\\S+ /[^/]*).*", "$1");
    }

    /** Decoded, within the program. */
    static String path(HttpServletRequest request) {
        return request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    }

    static Optional<Caller> caller() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(Authentication::getPrincipal)
                .filter(Caller.class::isInstance)
                .map(Caller.class::cast);
    }
}
