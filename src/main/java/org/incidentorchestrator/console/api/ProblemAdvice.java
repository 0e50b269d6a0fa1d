package org.incidentorchestrator.console.api;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Every error of the API as a problem detail (RFC 9457): what was wrong with the request and what to write instead, or
 * an id that is also in the log, and nothing of what is inside.
 */
@RestControllerAdvice
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(e);
        // Our own types say what to write; what the platform says about a number is no help.
        String detail = cause instanceof IllegalArgumentException && !(cause instanceof NumberFormatException)
                ? cause.getMessage()
                : "'%s' is not a %s".formatted(e.getValue(), kind(e.getRequiredType()));
        return handleExceptionInternal(e, problem(status, where(e) + detail + "."), headers, status, request);
    }

    private static String where(TypeMismatchException e) {
        return e instanceof MethodArgumentTypeMismatchException mismatch ? mismatch.getName() + ": " : "";
    }

    private static String kind(Class<?> type) {
        if (type == Instant.class) {
            return "time; write it as 2026-11-24T03:00:00Z";
        }
        boolean whole = type == int.class || type == long.class || type == Integer.class || type == Long.class;
        return whole ? "whole number, or is too large for one" : "value of this kind";
    }

    @Override
    protected ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String detail = e.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream().map(error -> "%s is '%s'; it %s"
                        .formatted(
                                result.getMethodParameter().getParameterName(),
                                result.getArgument(),
                                error.getDefaultMessage())))
                .collect(Collectors.joining(". ", "", "."));
        return handleExceptionInternal(e, problem(status, detail), headers, status, request);
    }

    @ExceptionHandler({
        TransientDataAccessException.class,
        CannotGetJdbcConnectionException.class,
        CannotCreateTransactionException.class
    })
    ResponseEntity<Object> busy(Exception e, WebRequest request) {
        LOG.warn(
                "{} was not answered: the database is busy or away: {}", request.getDescription(false), e.getMessage());
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        var status = HttpStatus.SERVICE_UNAVAILABLE;
        var problem = problem(status, "The database is busy or away. Nothing was changed; try again in 5 seconds.");
        return handleExceptionInternal(e, problem, headers, status, request);
    }

    /** Security answers these itself, further out. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException e) {
        throw e;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
        String id = UUID.randomUUID().toString().substring(0, 8);
        LOG.error("Problem {}: {} failed unexpectedly", id, request.getDescription(false), e);
        var status = HttpStatus.INTERNAL_SERVER_ERROR;
        var problem =
                problem(status, "Something failed inside. The program's log has more at 'Problem %s'.".formatted(id));
        problem.setProperty("id", id);
        return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
    }

    private static ProblemDetail problem(HttpStatusCode status, String detail) {
        return ProblemDetail.forStatusAndDetail(status, detail);
    }
}
