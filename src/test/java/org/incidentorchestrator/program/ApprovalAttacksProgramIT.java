package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.incidentorchestrator.program.Attacker.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways around a person's decision, tried on the packaged program, with the rights of a responder and of Camunda's
 * administrator, at both addresses of the engine's REST API. Each is refused, moves nothing, and is recorded; with its
 * controls switched off in the running program each succeeds: it would have worked.
 */
class ApprovalAttacksProgramIT {
    @TempDir
    Path folder;

    private final SoftAssertions all = new SoftAssertions();
    private final List<String> table = new ArrayList<>();
    private final Map<String, Attacker> rest = new HashMap<>();
    private final Map<String, Attacker> webApps = new HashMap<>();
    private Program program;
    private Control.Switches controls;
    private int succeeded;

    @Test
    void each_way_around_a_decision_is_refused_and_would_have_worked_without_its_control() throws IOException {
        try (Program started = Program.in(folder.resolve("data"))
                .with(
                        "camunda.bpm.deployment-resource-pattern",
                        "classpath*:processes/**/*.bpmn,classpath*:processes/**/*.dmn,classpath*:forms/**/*.form,file:"
                                + Path.of("src/test/resources/gate/" + GateScene.MODEL + ".bpmn")
                                        .toAbsolutePath())
                .start()) {
            program = started;
            controls = Control.Switches.of(program, folder.resolve("controls.jar"));
            people();
            // First, since the others end with the approver's account, once their controls are off.
            List<GateAttack> gate = GateAttack.all();
            for (int n = 0; n < gate.size(); n++) {
                row(gate.get(n), n);
            }
            List<Attack> attacks = EngineAttacks.all();
            for (int n = 0; n < attacks.size(); n++) {
                row(attacks.get(n), gate.size() + n);
            }
            System.out.println("ATTACK | BY | REFUSED BY | MESSAGE | CONTROL OFF\n" + String.join("\n", table));
            assertThat(gate.size() + attacks.size()).isGreaterThanOrEqualTo(40);
            all.assertThat(succeeded).as("attacks that succeeded").isZero();
            all.assertAll();
        }
    }

    private void people() {
        program.api()
                .post(
                        "admin",
                        "/engine-rest/user/create",
                        Map.of(
                                "profile", Map.of("id", "second", "firstName", "Second", "lastName", "Responder"),
                                "credentials", Map.of("password", "Quite-l0ng-secret!")));
        Attacker admin = Attacker.overRest(program, "admin");
        admin.ask("PUT", "/group/l1/members/second", "{}");
        // So that one person can be on both sides.
        admin.ask("PUT", "/group/l1/members/approver", "{}");
        for (String who : Set.of("admin", "responder", "second", "approver")) {
            rest.put(who, Attacker.overRest(program, who));
        }
        for (String who : Set.of("admin", "responder")) {
            webApps.put(who, Attacker.overWebApps(program, who));
        }
    }

    private void row(Attack attack, int n) throws IOException {
        AttackScene scene = AttackScene.open(program, "Attack" + n);
        Attacker first = (n % 2 == 0 ? rest : webApps).get(attack.who());
        Attacker second = (n % 2 == 0 ? webApps : rest).get(attack.who());
        controls.off(List.of());
        Answer refused = attack.attempt().by(first, scene);
        String before = scene.state();
        Answer refusedToo = attack.attempt().by(second, scene);
        succeeded += refused.done() || refusedToo.done() ? 1 : 0;
        all.assertThat(refused.refused()).as("%s: %s", attack, refused).isTrue();
        all.assertThat(refusedToo.refused())
                .as("%s elsewhere: %s", attack, refusedToo)
                .isTrue();
        all.assertThat(refused.message()).as("%s", attack).hasSizeGreaterThan(40);
        all.assertThat(scene.state()).as("%s moved something", attack).isEqualTo(before);
        all.assertThat(Files.readString(program.log()))
                .as("%s is recorded", attack)
                .contains(recorded(refused.message()));

        controls.off(attack.controls());
        Answer answer = attack.attempt().by(first, scene);
        controls.off(List.of());
        all.assertThat(answer.done())
                .as("%s would work without %s: %s", attack, attack.controls(), answer)
                .isTrue();
        table.add("%d %s | %s | %s | %d %s | %d"
                .formatted(
                        n + 1,
                        attack.name(),
                        attack.who(),
                        attack.controls(),
                        refused.status(),
                        refused.message(),
                        answer.status()));
    }

    private void row(GateAttack attack, int n) throws IOException {
        Answer refused = tried(attack, "Gate" + n, List.of());
        succeeded += refused.done() ? 1 : 0;
        all.assertThat(refused.refused()).as("%s: %s", attack, refused).isTrue();
        all.assertThat(refused.message()).as("%s", attack).hasSizeGreaterThan(40);
        Answer answer = tried(attack, "GateOpen" + n, attack.controls());
        all.assertThat(answer.done())
                .as("%s would work without %s: %s", attack, attack.controls(), answer)
                .isTrue();
        table.add("%d %s | %s | %s | %d %s | %d"
                .formatted(
                        n + 1,
                        attack.name(),
                        attack.who(),
                        attack.controls(),
                        refused.status(),
                        refused.message(),
                        answer.status()));
    }

    private Answer tried(GateAttack attack, String alert, List<Control> off) throws IOException {
        GateScene scene = GateScene.open(program, controls, alert);
        Answer answer = attack.attempt().in(scene, rest, () -> controls.off(off));
        controls.off(List.of());
        boolean recorded = program.api().timeline(scene.incident().incident()).stream()
                .anyMatch(entry -> List.of("accessRefused", "stepRefused")
                        .contains(entry.path("kind").asText()));
        boolean logged = Files.readString(program.log()).contains(recorded(answer.message()));
        all.assertThat(recorded || logged || !off.isEmpty())
                .as("%s is recorded", attack)
                .isTrue();
        return answer;
    }

    /** As the record has it: without what the REST API puts before it; of many alike within a minute the first only. */
    private static String recorded(String told) {
        String message = told.replaceFirst("^Cannot (complete|submit) task .*?: ", "");
        return message.startsWith("Refused: ") ? message.substring(0, message.indexOf(". ")) : message;
    }
}
