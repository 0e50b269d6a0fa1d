package org.incidentorchestrator.console.access;

import java.util.Locale;

/** The accounts that the program can make by itself; people's own are made in Camunda Admin. */
public enum FirstAccount {
    ADMIN(Role.ADMIN),
    RESPONDER(Role.L1),
    APPROVER(Role.APPROVER),
    AUDITOR(Role.AUDITOR);

    private final Role role;

    FirstAccount(Role role) {
        this.role = role;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    Role role() {
        return role;
    }
}
