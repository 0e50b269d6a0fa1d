package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incidentorchestrator.approval.gate.access.Refusals;
import org.incidentorchestrator.console.access.EngineOperations.Refusal;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds {@link EngineOperations} at both addresses of the engine's REST API. Works on the decoded path, as the engine's
 * routing does, without the slashes at its end, which that ignores.
 */
final class EngineOperationsFilter extends OncePerRequestFilter {
    private static final Pattern ENGINE =
            Pattern.compile("(?:/engine-rest|/camunda/api/engine)(?:/engine/[^/]+)?(/.*?)?/*");

    private final Problems problems;
    private final Refusals refusals;

    EngineOperationsFilter(Problems problems, Refusals refusals) {
        this.problems = problems;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            record(refusal.get());
            problems.forbidden(response, refusal.get().reason());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<Refusal> refusal(HttpServletRequest request) {
        return path(request).flatMap(path -> EngineOperations.refusal(request.getMethod(), path, administrator()));
    }

    /** Relative to the engine; empty where it is not asked. */
    private static Optional<String> path(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        return Optional.of(ENGINE.matcher(path)).filter(Matcher::matches).map(match -> match.group(1));
    }

    private void record(Refusal refusal) {
        caller().ifPresent(caller -> refusals.record(
                caller.id(),
                refusal.operation(),
                Optional.empty(),
                "Refused: %s. %s.".formatted(refusal.operation(), refusal.reason())));
    }

    private static boolean administrator() {
        return caller().filter(caller -> caller.is(Role.ADMIN)).isPresent();
    }

    private static Optional<Caller> caller() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(Authentication::getPrincipal)
                .filter(Caller.class::isInstance)
                .map(Caller.class::cast);
    }
}
