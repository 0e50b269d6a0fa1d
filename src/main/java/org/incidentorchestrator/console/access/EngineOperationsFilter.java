package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
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

    EngineOperationsFilter(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> refusal = refusal(request);
        if (refusal.isPresent()) {
            problems.forbidden(response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<String> refusal(HttpServletRequest request) {
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        var match = ENGINE.matcher(path);
        if (!match.matches() || match.group(1) == null) {
            return Optional.empty();
        }
        return EngineOperations.refusal(request.getMethod(), match.group(1), administrator());
    }

    private static boolean administrator() {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null
                && authentication.getPrincipal() instanceof Caller caller
                && caller.is(Role.ADMIN);
    }
}
