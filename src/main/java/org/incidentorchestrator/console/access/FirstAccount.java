package org.incidentorchestrator.console.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The accounts that the program can make by itself; people's own are made in Camunda Admin. */
public enum FirstAccount {
    ADMIN(Role.ADMIN, "Administrator"),
    RESPONDER(Role.L1, "Responder"),
    APPROVER(Role.APPROVER, "Approver"),
    AUDITOR(Role.AUDITOR, "Auditor");

    private final Role role;
    private final String title;

    FirstAccount(Role role, String title) {
        this.role = role;
        this.title = title;
    }

    static Optional<FirstAccount> of(String id) {
        return Arrays.stream(values())
                .filter(account -> account.id().equals(id))
                .findFirst();
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The web apps show first and last name; the first accounts are called First Responder and so on. */
    String title() {
        return title;
    }

    Role role() {
        return role;
    }
}
