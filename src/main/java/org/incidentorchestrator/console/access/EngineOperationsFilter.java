package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds {@link EngineOperations} at both addresses of the engine's REST API. Works on the decoded path, as the engine's
 * routing does, without the slashes at its end, which that ignores.
 */
final class EngineOperationsFilter extends OncePerRequestFilter {
    private static final Pattern ENGINE =
            Pattern.compile("(?:/engine-rest|/camunda/api/engine)(?:/engine/[^/]+)?(/.*?)?/*");

    private final RefusedRequests refused;

    EngineOperationsFilter(RefusedRequests refused) {
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> why =
                path(request).flatMap(path -> EngineOperations.refusal(request.getMethod(), path, administrator()));
        if (why.isPresent()) {
            refused.forbidden(request, response, why.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Relative to the engine; empty where it is not asked. */
    private static Optional<String> path(HttpServletRequest request) {
        return Optional.of(ENGINE.matcher(RefusedRequests.path(request)))
                .filter(Matcher::matches)
                .map(match -> match.group(1));
    }

    private static boolean administrator() {
        return RefusedRequests.caller().filter(caller -> caller.is(Role.ADMIN)).isPresent();
    }
}
