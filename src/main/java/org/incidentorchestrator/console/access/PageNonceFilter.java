package org.incidentorchestrator.console.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.camunda.bpm.webapp.impl.security.filter.headersec.provider.impl.ContentSecurityPolicyProvider;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a Content-Security-Policy nonce of its own. Camunda 7.24 keeps the nonce in the servlet context:
 * of two pages that load at once, one carries the other's nonce, the browser refuses its scripts, and the page stays
 * blank. Here each request sees a servlet context that keeps this one attribute to itself.
 */
final class PageNonceFilter extends OncePerRequestFilter {
    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ServletContext own = (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                new OwnNonce(request.getServletContext()));
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public ServletContext getServletContext() {
                        return own;
                    }
                },
                response);
    }

    /** Everything but the nonce is the real servlet context's. */
    private static final class OwnNonce implements InvocationHandler {
        private final ServletContext shared;
        private Object nonce;

        private OwnNonce(ServletContext shared) {
            this.shared = shared;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
            boolean isNonce = args != null
                    && args.length > 0
                    && ContentSecurityPolicyProvider.ATTR_CSP_FILTER_NONCE.equals(args[0]);
            if (isNonce && method.getName().equals("setAttribute")) {
                nonce = args[1];
                return null;
            }
            if (isNonce && method.getName().equals("getAttribute")) {
                return nonce;
            }
            try {
                return method.invoke(shared, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }
}
