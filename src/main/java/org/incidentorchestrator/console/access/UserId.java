package org.incidentorchestrator.console.access;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import jakarta.validation.ReportAsSingleViolation;
import jakarta.validation.constraints.Pattern;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The id of an account, of which no two look alike. */
@Target(ElementType.TYPE_USE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = {})
@Pattern(regexp = "[a-z0-9][a-z0-9._-]{0,63}")
@ReportAsSingleViolation
@interface UserId {
    String message() default "a user id is lower-case letters, digits, '.', '_' and '-', at most 64 of them";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
