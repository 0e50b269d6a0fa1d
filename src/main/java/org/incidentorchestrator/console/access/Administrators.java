package org.incidentorchestrator.console.access;

import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Who may see what others see in part only. */
public final class Administrators {
    private Administrators() {}

    /** Whether the caller of this request is one; nobody is none. */
    public static boolean include(Authentication caller) {
        return Optional.ofNullable(caller).stream()
                .flatMap(known -> known.getAuthorities().stream())
                .anyMatch(right -> Role.ADMIN.group().equals(right.getAuthority()));
    }
}
