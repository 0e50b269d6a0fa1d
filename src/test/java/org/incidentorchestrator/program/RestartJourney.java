package org.incidentorchestrator.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.cluster.AuditLog;
import org.incidentorchestrator.cluster.TestNamespace;

/** Some services that crash until they are restarted, from the alert to the closing, on two programs at once. */
record RestartJourney(TwoPrograms programs, TestNamespace namespace, AuditLog audit, List<String> workloads) {
    /** The services are there and crash. */
    RestartJourney {
        workloads.parallelStream().forEach(namespace::crashesUntilRestarted);
    }

    void fire(Program program) {
        for (String workload : workloads) {
            String alert = PagerMessage.of("firing", "ServiceDown", namespace.name(), workload, Instant.now());
            try {
                assertThat(program.api().post(alert)).isEqualTo(202);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    boolean allProposed() {
        return decisions().size() == workloads.size();
    }

    private List<String> decisions() {
        return programs.jdbc
                .sql("select t.id_ from act_ru_task t join act_ru_execution e on e.id_ = t.proc_inst_id_"
                        + " join incident i on 'INC-' || i.number = e.business_key_"
                        + " where t.name_ = 'Decide on remedy' and i.workload in (:workloads)")
                .param("workloads", workloads)
                .query(String.class)
                .list();
    }

    void applyAll(Program program) {
        for (String task : decisions()) {
            program.api().post("responder", "/engine-rest/task/" + task + "/claim", Map.of("userId", "responder"));
            program.api()
                    .post(
                            "responder",
                            "/engine-rest/task/" + task + "/complete",
                            Map.of(
                                    "variables",
                                    Map.of(
                                            "decision", Map.of("value", "apply"),
                                            "decisionNote", Map.of("value", ""))));
        }
    }

    boolean allApplied() {
        return applied() == workloads.size();
    }

    private long applied() {
        return count("select count(*) from step_ledger l join incident i on i.number = l.incident"
                + " where l.effect is not null and l.state in ('APPLIED', 'APPLIED_RECOVERED')"
                + " and i.workload in (:workloads)");
    }

    boolean allClosed() {
        return count("select count(*) from incident where closed_at is not null and workload in (:workloads)")
                == workloads.size();
    }

    /** What the API server, the objects and our own record say; they have to say the same. */
    void eachWasChangedOnce() {
        for (String workload : workloads) {
            assertThat(answers(workload))
                    .as("answers to the changes of %s", workload)
                    .containsOnlyOnce(200);
            assertThat(namespace.deployment(workload).number("/metadata/generation", 0))
                    .isEqualTo(2);
        }
        assertThat(applied()).isEqualTo(workloads.size());
        assertThat(count("select count(*) from incident where workload in (:workloads)"))
                .isEqualTo(workloads.size());
    }

    /** How many late changes the API server has refused, because the object's version had moved. */
    long refusedLate() {
        return workloads.stream()
                .flatMap(workload -> answers(workload).stream())
                .filter(answer -> answer == 409)
                .count();
    }

    /** The API server's answers (200, 409 …) to what was sent to change this deployment. */
    private List<Integer> answers(String workload) {
        return audit.writes(namespace.name(), workload).stream()
                .filter(write -> !write.rehearsed() && write.what().equals("patch deployments/" + workload))
                .map(AuditLog.Write::status)
                .toList();
    }

    private long count(String sql) {
        return programs.jdbc
                .sql(sql)
                .param("workloads", workloads)
                .query(Long.class)
                .single();
    }
}
