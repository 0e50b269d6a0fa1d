package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * In front of the web apps' own API only the session counts; its token is checked by their own filter behind, which
 * ends the session of a write without it, and tells nobody: that is recorded here.
 */
final class SessionCallerFilter extends OncePerRequestFilter {
    private final Callers callers;
    private final RefusedRequests refused;

    SessionCallerFilter(Callers callers, RefusedRequests refused) {
        this.callers = callers;
        this.refused = refused;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/camunda/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller = callers.bySession(request.getSession(false));
        caller.filter(known -> !CallerFilter.ownPage(request)).ifPresent(known -> refused.recordForged(request, known));
        caller.map(Caller::authentication)
                .ifPresent(known -> SecurityContextHolder.getContext().setAuthentication(known));
        chain.doFilter(request, response);
    }
}
