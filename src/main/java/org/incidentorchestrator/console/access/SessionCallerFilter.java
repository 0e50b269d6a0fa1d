package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** In front of the web apps' own API only the session counts; its token is checked by their own filter behind. */
final class SessionCallerFilter extends OncePerRequestFilter {
    private final Callers callers;

    SessionCallerFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/camunda/api/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        callers.bySession(request.getSession(false))
                .map(Caller::authentication)
                .ifPresent(known -> SecurityContextHolder.getContext().setAuthentication(known));
        chain.doFilter(request, response);
    }
}
