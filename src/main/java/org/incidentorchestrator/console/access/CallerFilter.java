package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.camunda.bpm.webapp.impl.security.filter.CsrfPreventionFilter;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.www.BasicAuthenticationConverter;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who is calling. Credentials in the request come first, and wrong ones are refused at once; without any, the
 * web apps' session counts, whose writes have to carry the token that {@link CsrfPreventionFilter} gave it: a page of
 * another origin cannot read that.
 */
final class CallerFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final Callers callers;
    private final Problems problems;
    private final RefusedRequests refused;
    private final BasicAuthenticationConverter basic = new BasicAuthenticationConverter();

    CallerFilter(Callers callers, Problems problems, RefusedRequests refused) {
        this.callers = callers;
        this.problems = problems;
        this.refused = refused;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean presented = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        Optional<Caller> caller;
        try {
            caller = presented ? byCredentials(request) : callers.bySession(request.getSession(false));
        } catch (CannotCreateTransactionException databaseAway) {
            problems.unavailable(response);
            return;
        }
        if (presented && caller.isEmpty()) {
            refused.unauthorized(request, response);
        } else if (!presented && caller.isPresent() && !ownPage(request)) {
            refused.forged(request, response, caller.get());
        } else {
            caller.map(Caller::authentication)
                    .ifPresent(known -> SecurityContextHolder.getContext().setAuthentication(known));
            chain.doFilter(request, response);
        }
    }

    private Optional<Caller> byCredentials(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return callers.byToken(header.substring(BEARER.length()).strip());
        }
        try {
            return Optional.ofNullable(basic.convert(request))
                    .flatMap(given -> callers.byPassword(given.getName(), String.valueOf(given.getCredentials())));
        } catch (AuthenticationServiceException e) {
            throw e;
        } catch (AuthenticationException e) {
            return Optional.empty();
        }
    }

    /** Whether what it sends comes from a page of ours. */
    static boolean ownPage(HttpServletRequest request) {
        return RefusedRequests.READING.contains(request.getMethod()) || hasToken(request, request.getSession(false));
    }

    private static boolean hasToken(HttpServletRequest request, HttpSession session) {
        String sent = request.getHeader(CsrfConstants.CSRF_TOKEN_HEADER_NAME);
        Object expected = session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME);
        return sent != null
                && expected != null
                && MessageDigest.isEqual(
                        sent.getBytes(StandardCharsets.UTF_8),
                        expected.toString().getBytes(StandardCharsets.UTF_8));
    }
}
