package org.incidentorchestrator.approval.gate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.incidentorchestrator.approval.gate.access.ConfiguredMembers;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.host.ScriptHost;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.Permits;
import org.incidentorchestrator.step.StepCall;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepOutcome;
import org.incidentorchestrator.step.StepRig;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestEngine;

/** The gate and the step behind it, on one database, with the engine's identity service; a test plays the people. */
final class GateRig implements AutoCloseable {
    static final String TARGET = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway").id();

    final List<Object> events = new ArrayList<>();
    final StepRig steps;
    final ProcessEngine engine;
    private final ApprovalSettings settings;

    private ApprovalRequests requests;
    private ApprovalDecisions decisions;
    private Permits permit;

    GateRig(Path folder) {
        this.settings = new ApprovalSettings(
                Duration.ofMinutes(15), folder.resolve("approval.key").toString(), Set.of("l3"));
        this.steps = new StepRig(
                new ScriptHost(Path.of("target", "no-scripts")),
                List.of(Verbs.named("isolateWorkload")),
                rig -> (proposal, call, row) -> permit.consume(proposal, call, row));
        this.engine = TestEngine.on(steps.database);
        restart();
    }

    /** All that is in memory is gone; the key comes from its file. */
    void restart() {
        var jdbc = steps.database.jdbc();
        var seal = new ApprovalSeal(new ApprovalKey(settings));
        var approvals = new Approvals(jdbc, seal);
        var evidence = steps.database.evidence(steps.clock);
        var timeline = new Timeline(jdbc);
        var fourEyes = new FourEyes(
                new Membership(engine, new ConfiguredMembers(Map.of())),
                settings,
                steps.incidents,
                steps.proposals,
                timeline);
        var alarm = new GateAlarm(evidence, events::add, steps.database.transactions());
        requests = new ApprovalRequests(
                approvals,
                steps.proposals,
                steps.incidents,
                new StepCatalogue(List.of(Verbs.named("isolateWorkload"))),
                settings,
                evidence,
                events::add,
                steps.clock);
        decisions = new ApprovalDecisions(
                approvals,
                steps.proposals,
                new AnswerGuard(seal, fourEyes, new StopSwitch(jdbc), alarm, steps.clock),
                evidence,
                events::add,
                steps.clock);
        permit = new ApprovalPermit(approvals, seal, fourEyes, alarm, steps.clock);
    }

    void joins(String person, String group) {
        leaves(person, group);
        steps.database
                .jdbc()
                .sql("merge into ACT_ID_USER (ID_, REV_) key (ID_) values (:id, 1)")
                .param("id", person)
                .update();
        steps.database
                .jdbc()
                .sql("insert into ACT_ID_MEMBERSHIP (USER_ID_, GROUP_ID_) values (:id, :group)")
                .param("id", person)
                .param("group", group)
                .update();
    }

    void leaves(String person, String group) {
        steps.database
                .jdbc()
                .sql("delete from ACT_ID_MEMBERSHIP where USER_ID_ = :id and GROUP_ID_ = :group")
                .param("id", person)
                .param("group", group)
                .update();
    }

    void group(String group) {
        sql("merge into ACT_ID_GROUP (ID_, REV_) key (ID_) values ('" + group + "', 1)");
    }

    int sql(String statement) {
        return steps.database.jdbc().sql(statement).update();
    }

    /** Proposes to isolate the workload. @return the proposal's id; none when there is nothing to propose */
    OptionalLong proposes(Incident incident, String run, String job) {
        StepOutcome outcome = steps.runner.propose(call(incident, run, job, OptionalLong.empty()));
        return outcome instanceof StepOutcome.Done
                ? OptionalLong.of(steps.database
                        .jdbc()
                        .sql("select max(id) from proposal")
                        .query(Long.class)
                        .single())
                : OptionalLong.empty();
    }

    void asks(Incident incident, String run, long proposal, String request) {
        steps.database.inTransaction(() -> requests.ask(new ApprovalRequests.Question(
                request,
                incident.number(),
                run,
                "EXECUTE",
                Long.toString(proposal),
                "May it be isolated?",
                "watch=Watch it")));
    }

    /** @return why it was refused; "taken" when it was not */
    String says(String person, String answer, String reason, String request) {
        try {
            steps.database.inTransaction(() -> decisions.decide(
                    request, person, ApprovalAnswer.of(answer, reason, answer.equals("reject") ? "watch" : "")));
            return "taken";
        } catch (ApprovalRefused refused) {
            return refused.reason();
        }
    }

    StepOutcome acts(Incident incident, String run, String job, long proposal) {
        return steps.runner.run(call(incident, run, job, OptionalLong.of(proposal)));
    }

    private static StepCall call(Incident incident, String run, String job, OptionalLong proposal) {
        return new StepCall(
                "isolateWorkload",
                job,
                "serviceTask_isolateWorkload",
                0,
                incident.number(),
                run,
                run,
                Mode.EXECUTE,
                Map.of("target", TARGET),
                proposal,
                true);
    }

    @Override
    public void close() {
        engine.close();
        steps.close();
    }
}
