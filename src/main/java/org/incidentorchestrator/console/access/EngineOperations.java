package org.incidentorchestrator.console.access;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * What the engine's REST API is not used for, whatever the engine's own authorizations say. One table for both of its
 * addresses. Paths are relative to the engine: {@code /deployment/create}.
 */
final class EngineOperations {
    private static final Set<String> WRITES = Set.of("POST", "PUT", "DELETE", "PATCH");
    private static final String CODE = "A deployed model is code that runs inside of this program, and is changed with"
            + " it: change its file and start the program anew";
    private static final String RECORD =
            "The record is not cut by hand; the engine removes it when its time to live ends";
    private static final String AROUND = "It moves a process around its decisions and checks: complete its open task by"
            + " the form, abort the run, or end the incident";
    private static final String BY_HAND =
            "Only the program tells processes that something happened; answer the open task by its form";
    private static final String STATE = "It changes what a process decides on; answer the open task by its form";
    private static final String EXIT =
            "A task is answered by its form, by whoever has claimed it: claim it and complete"
                    + " it, or give it back by unclaiming it";
    private static final String RIGHTS =
            "Groups and their rights are given by the program at its start; put people into"
                    + " the group that has the rights they need";
    private static final String ADMINS = "Only an administrator may: ask one, or complete the open task by its form";

    /** What is left to administrators the engine looks at once more: ClosedChecks. */
    private static final List<Rule> TABLE = List.of(
            nobody(CODE, "/deployment/**"),
            nobody(RECORD, "DELETE /history/**", "PUT /history/**", "/history/*/delete", "/history/cleanup"),
            nobody(RECORD, "/history/*/set-removal-time"),
            nobody(RIGHTS, "/authorization/**", "/group/create", "PUT /group/*", "DELETE /group/*"),
            nobody(RIGHTS, "/tenant/**"),
            admin(ADMINS, "PUT /job/*/retries", "PUT /job-definition/*/retries", "DELETE /process-instance/*"),
            nobody(AROUND, "/modification/**", "/migration/**", "/batch/**"),
            nobody(AROUND, "/process-instance/*/modification", "/process-instance/*/modification-async"),
            nobody(AROUND, "/process-definition/*/restart", "/process-definition/*/restart-async"),
            // A start may carry startInstructions, which begin behind the look, the proposal and the decision.
            nobody(AROUND, "/process-definition/*/start", "/process-definition/key/*/start"),
            nobody(AROUND, "/process-definition/key/*/tenant-id/*/start"),
            nobody(AROUND, "PUT /process-definition/**", "DELETE /process-definition/**"),
            nobody(AROUND, "POST /job/*/*/**", "DELETE /job/*", "/job/retries", "/job-definition/retries"),
            nobody(AROUND, "PUT /job/suspended", "PUT /job/*/duedate", "PUT /job/*/priority", "PUT /job/*/suspended"),
            nobody(AROUND, "PUT /job-definition/suspended", "PUT /job-definition/*/suspended"),
            nobody(AROUND, "PUT /job-definition/*/jobPriority"),
            nobody(AROUND, "PUT /process-instance/**", "/process-instance/delete*"),
            nobody(AROUND, "/process-instance/suspended-async", "/process-instance/job-retries*"),
            nobody(STATE, "/process-instance/*/variables/**", "/process-instance/variables-async"),
            nobody(STATE, "/task/*/variables/**", "/task/*/localVariables/**"),
            nobody(BY_HAND, "/message", "/signal", "/condition", "/process-instance/message-async"),
            nobody(BY_HAND, "/execution/*/*/**", "/external-task/**", "PUT /incident/**", "DELETE /incident/**"),
            nobody(EXIT, "/task/create", "/task/*/bpmnError", "/task/*/bpmnEscalation"),
            nobody(EXIT, "/task/*/delegate", "/task/*/resolve", "/task/*/assignee", "/task/*/identity-links/**"),
            nobody(EXIT, "PUT /task/*", "DELETE /task/*"));

    private EngineOperations() {}

    /**
     * @param path relative to the engine, decoded
     * @return why it is refused, or empty
     */
    static Optional<String> refusal(String method, String path, boolean administrator) {
        PathContainer parsed = PathContainer.parsePath(path);
        return TABLE.stream()
                .filter(rule -> !(administrator && rule.administratorMay))
                .filter(rule -> rule.covers(method, parsed))
                .map(Rule::reason)
                .findFirst();
    }

    private static Rule nobody(String reason, String... operations) {
        return new Rule(
                false, reason, Arrays.stream(operations).map(Operation::of).toList());
    }

    private static Rule admin(String reason, String... operations) {
        return new Rule(
                true, reason, Arrays.stream(operations).map(Operation::of).toList());
    }

    private record Rule(boolean administratorMay, String reason, List<Operation> operations) {
        boolean covers(String method, PathContainer path) {
            return operations.stream().anyMatch(operation -> operation.covers(method, path));
        }
    }

    /** Reads are never covered: a pattern without a method stands for all that write. */
    private record Operation(Set<String> methods, PathPattern path) {
        static Operation of(String text) {
            String[] parts = text.split(" ");
            return new Operation(
                    parts.length == 1 ? WRITES : Set.of(parts[0]),
                    PathPatternParser.defaultInstance.parse(parts[parts.length - 1]));
        }

        boolean covers(String method, PathContainer requested) {
            return methods.contains(method) && path.matches(requested);
        }
    }
}
