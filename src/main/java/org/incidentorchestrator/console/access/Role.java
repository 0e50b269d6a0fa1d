package org.incidentorchestrator.console.access;

import java.util.Arrays;

/** The groups that rights are given to. A group of another name gives no rights here. */
enum Role {
    L1("l1", "L1 Platform Engineers"),
    L2("l2", "L2 Senior Platform Engineers"),
    L3("l3", "L3 Platform Architects"),
    L4("l4", "L4 CTO"),
    APPROVER("approver", "Approvers of changes that need four eyes"),
    AUDITOR("auditor", "Auditors: read everything, change nothing"),
    ADMIN("camunda-admin", "Administrators");

    private final String group;
    private final String title;

    Role(String group, String title) {
        this.group = group;
        this.title = title;
    }

    /** The group's id in Camunda's identity service, and the authority's name in Spring Security. */
    String group() {
        return group;
    }

    String title() {
        return title;
    }

    /** Those who work incidents, and administrators: who may write over the API. */
    static String[] working() {
        return groups(L1, L2, L3, L4, ADMIN);
    }

    /** Those who are asked something: responders and approvers. An administrator decides nothing by being one. */
    static String[] answering() {
        return groups(L1, L2, L3, L4, APPROVER);
    }

    /** Who may stop everything, and keep alerts from people for a time. */
    static String[] senior() {
        return groups(L2, L3, L4, ADMIN);
    }

    /** Who may lift a stop of everything. */
    static String[] lifting() {
        return groups(L3, L4, ADMIN);
    }

    /** Those who may write a note about an incident: who approves may have a question. */
    static String[] writing() {
        return groups(L1, L2, L3, L4, ADMIN, APPROVER);
    }

    static String[] any() {
        return groups(values());
    }

    private static String[] groups(Role... roles) {
        return Arrays.stream(roles).map(Role::group).toArray(String[]::new);
    }
}
