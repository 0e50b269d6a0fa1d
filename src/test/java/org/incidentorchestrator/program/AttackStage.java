package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.program.Attacker.Answer;

/** A running program with the people who attack it, at both addresses, and with what whoever has its database can do. */
final class AttackStage {
    private static final List<String> PEOPLE =
            List.of("admin", "responder", "second", "approver", "architect", "auditor");
    private static final String SECRET = "Quite-l0ng-secret!";

    private final Program program;
    private final Control.Switches controls;
    private final Map<String, Attacker> rest = new HashMap<>();
    private final Map<String, Attacker> web = new HashMap<>();

    AttackStage(Program program, Control.Switches controls) {
        this.program = program;
        this.controls = controls;
        program.api()
                .post(
                        "admin",
                        "/engine-rest/user/create",
                        Map.of(
                                "profile", Map.of("id", "second", "firstName", "Second", "lastName", "Responder"),
                                "credentials", Map.of("password", SECRET)));
        Attacker admin = Attacker.overRest(program, "admin");
        // So that one person can be on both sides.
        for (String both : List.of("second", "approver")) {
            admin.ask("PUT", "/group/l1/members/" + both, "{}");
        }
        for (String who : PEOPLE) {
            rest.put(who, Attacker.overRest(program, who));
            web.put(
                    who,
                    Attacker.overWebApps(
                            program, who, who.equals("second") ? SECRET : Attacker.password(program, who)));
        }
        rest.put("nobody", Attacker.overRest(program, "nobody"));
        web.put("nobody", rest.get("nobody"));
    }

    Program program() {
        return program;
    }

    Control.Switches controls() {
        return controls;
    }

    Attacker rest(String person) {
        return rest.get(person);
    }

    Attacker web(String person) {
        return web.get(person);
    }

    /** At one of the two addresses of the engine's REST API, by turns. */
    Map<String, Attacker> people(int turn) {
        return turn % 2 == 0 ? rest : web;
    }

    AttackScene scene(String alert) throws IOException {
        return AttackScene.open(program, controls, alert);
    }

    /** With the engine's doors open; the id of the process. */
    String begin(String model, String body) {
        return opened("POST", "/process-definition/key/" + model + "/start", body)
                .json()
                .path("id")
                .asText();
    }

    Answer opened(String method, String path, String body) {
        Answer answer = controls.opened(() -> rest.get("admin").ask(method, path, body));
        if (!answer.done()) {
            throw new AssertionError("What the scene needs did not come about: " + path + ": " + answer);
        }
        return answer;
    }

    /** As whoever has the database's password. */
    void sql(String statement) {
        controls.sql("jdbc:h2:file:" + program.folder() + "/incidents", statement);
    }

    /** What is on the record since an entry, each as {@code id|incident|actor|kind|summary}. */
    List<String> recordedSince(long entry) throws IOException {
        Path file = program.folder().resolve("recorded.csv");
        sql("call csvwrite('" + file + "', 'select id || ''|'' || coalesce(incident, 0) || ''|'' || actor || ''|'' ||"
                + " kind || ''|'' || summary as line from evidence where id > " + entry + " order by id')");
        return Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.substring(1, line.length() - 1).replace("\"\"", "\""))
                .toList();
    }

    int replicas(String workload) {
        for (JsonNode one : program.api().get("/sandbox/world").path("workloads")) {
            if (one.path("name").asText().equals(workload)) {
                return one.path("replicas").asInt();
            }
        }
        throw new AssertionError("The sandbox has no " + workload);
    }

    /** No run holds a workload any more. */
    void release() {
        sql("delete from target_lock");
    }

    /** What was isolated runs again, without asking anybody. */
    void restore(AttackScene incident, String workload) {
        if (replicas(workload) > 0) {
            return;
        }
        release();
        sql("alter table proposal alter column decision set default 'ACCEPTED'");
        controls.off(List.of(Control.PERMIT));
        String process = begin(
                "restore-without-a-gate",
                """
                {"businessKey": "%s", "variables": {"mode": {"value": "EXECUTE"},
                  "target": {"value": "Deployment/a1-orchestrator/%s"}}}"""
                        .formatted(incident.incident(), workload));
        AttackScene.await(
                workload + " runs again",
                () -> incident.count("/process-instance", "processInstanceIds=" + process) == 0 ? true : null);
        controls.off(List.of());
        sql("alter table proposal alter column decision drop default");
    }
}
