package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.incidentorchestrator.program.AttackRun.Open;
import org.incidentorchestrator.program.AttackRun.Recorded;
import org.incidentorchestrator.program.AttackRun.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ways around a person's decision, tried on the packaged program, with the rights of a responder, of an approver, of
 * Camunda's administrator, and of whoever has the database's password, at both addresses of the engine's REST API and at
 * our own. Each is refused, moves nothing, and is recorded; with its controls switched off in the running program each
 * has its effect: it would have worked.
 */
class ApprovalAttacksProgramIT {
    @TempDir
    Path folder;

    @Test
    void each_way_around_a_decision_is_refused_and_would_have_worked_without_its_controls() throws IOException {
        Instant begun = Instant.now();
        try (Program program = Program.in(folder.resolve("data"))
                .with("accounts.members.approver", "approver,architect")
                .with("accounts.members.l3", "architect")
                .with("step.cool-down", "1ms")
                .with(
                        "camunda.bpm.deployment-resource-pattern",
                        "classpath*:processes/**/*.bpmn,classpath*:processes/**/*.dmn,classpath*:forms/**/*.form,file:"
                                + Path.of("src/test/resources/gate").toAbsolutePath() + "/*.bpmn")
                .start()) {
            var run = new AttackRun(
                    new AttackStage(program, Control.Switches.of(program, folder.resolve("controls.jar"))));
            // First, since the others end with the approver's account, once their controls are off.
            for (GateAttack attack : PermitAttacks.all()) {
                run.row(attack);
            }
            for (GateAttack attack : DecisionAttacks.all()) {
                run.row(attack);
            }
            for (Attack attack : EngineAttacks.all()) {
                run.row(attack);
            }
            print(run.rows(), Duration.between(begun, Instant.now()));
            assertThat(run.rows()).hasSizeGreaterThanOrEqualTo(40);
            assertThat(count(run.rows(), Row::succeeded))
                    .as("attacks that succeeded")
                    .isZero();
            run.judged().assertAll();
        }
    }

    private static void print(List<Row> rows, Duration took) {
        System.out.println("ATTACK | BY | REFUSED BY | MESSAGE | RECORDED | CONTROLS OFF");
        for (int n = 0; n < rows.size(); n++) {
            System.out.println((n + 1) + " " + rows.get(n));
        }
        System.out.printf(
                "%d attacks in %d s: %d refused, %d on the record (%d with their incident), %d succeeded; with the controls"
                        + " off %d of %d went through, %d have no switch%n",
                rows.size(),
                took.toSeconds(),
                count(rows, row -> row.refused().refused()),
                count(rows, row -> row.recorded() != Recorded.NOT),
                count(rows, row -> row.recorded() == Recorded.WITH_INCIDENT),
                count(rows, Row::succeeded),
                count(rows, row -> row.open() == Open.WENT_THROUGH),
                count(rows, row -> row.open() != Open.NO_SWITCH),
                count(rows, row -> row.open() == Open.NO_SWITCH));
    }

    private static long count(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }
}
