package org.incidentorchestrator.approval.gate.access;

/** Why something is not done by hand, and what to do instead. */
enum Closed {
    AROUND(
            "It moves a process around its decisions and checks",
            "complete the open task by its form, abort the run, or end the incident"),
    START(
            "This process is started by an alert or by another process",
            "start what Tasklist offers under 'Start process', by its form"),
    TELL("Only the program tells processes that something happened", "answer the open task by its form"),
    STATE("It changes what a process decides on", "answer the open task by its form"),
    JOB(
            "The engine alone decides when a job runs",
            "wait for it; a failed one is tried again once an administrator sets its retries"),
    EXIT("A task ends by its form, answered by whoever has claimed it", "claim it and complete it"),
    CLAIM(
            "This task is for the groups that are named beside it, and none of them is yours",
            "ask one of them to claim it"),
    ASSIGN(
            "A task is taken by whoever claims it, under their own name",
            "ask the other person to claim it; who has it gives it back by unclaiming it"),
    DELETE("Its incident is open: without the process nobody would be paged", "abort the run, or end the incident"),
    RECORD("The record is not changed or cut by hand", "leave it; the engine removes it when its time to live ends"),
    CODE(
            "A deployed model is code that runs inside of this program",
            "change the file that the program was started with, and start it anew"),
    MANY("It would change many processes at once, later, and in nobody's name", "do it one by one"),
    RIGHTS("The program gives rights at its start and nobody else does", "put the person into a group that has them"),
    SYSTEM("The engine is set up by the program's settings", "change the setting and start the program anew"),
    UNKNOWN("Nothing of this program needs it", "use Tasklist, or the API at /api/openapi");

    private final String why;
    private final String instead;

    Closed(String why, String instead) {
        this.why = why;
        this.instead = instead;
    }

    String message(String operation) {
        return "Refused: %s. %s; %s.".formatted(operation, why, instead);
    }
}
