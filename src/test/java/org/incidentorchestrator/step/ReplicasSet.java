package org.incidentorchestrator.step;

import static org.incidentorchestrator.step.Proposal.Decision.ACCEPTED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterGate;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.AfterEach;

/** A workload whose replicas are set by a proposal and an act, on a cluster that can be made to fail: the words of these tests. */
abstract class ReplicasSet {
    static final Target GATEWAY = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway");

    final CountReplicas count = new CountReplicas();
    final StepRig rig = new StepRig(new SetReplicas(), count);
    final TestClock clock = rig.clock;
    final Sandbox sandbox = rig.sandbox;
    final UnreliableWriter writer = rig.writer;
    final Incidents incidents = rig.incidents;
    final Proposals proposals = rig.proposals;
    final Ledger ledger = rig.ledger;
    final List<PersonNeeded> askedFor = rig.askedFor;
    final Set<String> liveJobs = rig.liveJobs;
    final ClusterGate gate = rig.gate;
    final StepRunner runner = rig.runner;
    final Sweep sweep = rig.sweep;
    final Incident incident = rig.incident;

    @AfterEach
    void close() {
        rig.close();
    }

    long accepted(int replicas) {
        long proposal = propose("job-1", replicas).proposalId();
        proposals.decide(proposal, ACCEPTED, "alice", clock.instant());
        return proposal;
    }

    Proposed propose(String job, int replicas) {
        return (Proposed)
                ((Done) runner.propose(callOf(incident, job, "run-1", OptionalLong.empty(), replicas))).output();
    }

    StepOutcome act(String job, long proposal) {
        return runner.run(call(job, "run-1", OptionalLong.of(proposal), Mode.EXECUTE, false));
    }

    StepCall callOf(Incident whose, String job, String run, OptionalLong proposal, int replicas) {
        return new StepCall(
                "setReplicas",
                job,
                "serviceTask_scale",
                0,
                whose.number(),
                run,
                run,
                Mode.EXECUTE,
                Map.of("target", GATEWAY.id(), "replicas", replicas),
                proposal,
                false);
    }

    StepCall call(String job, String run, OptionalLong proposal, Mode mode, boolean alone) {
        return new StepCall(
                "setReplicas",
                job,
                "serviceTask_scale",
                0,
                incident.number(),
                run,
                run,
                mode,
                Map.of("target", GATEWAY.id(), "replicas", 3),
                proposal,
                alone);
    }

    static String reason(StepOutcome outcome) {
        return ((Refused) outcome).reason();
    }

    LedgerEntry.State state(String job) {
        return ledger.of(new StepCall(
                        "setReplicas",
                        job,
                        "serviceTask_scale",
                        0,
                        incident.number(),
                        "run-1",
                        "run-1",
                        Mode.EXECUTE,
                        Map.of(),
                        OptionalLong.empty(),
                        false))
                .get(0)
                .state();
    }

    List<String> told(String kind) {
        return rig.database
                .jdbc()
                .sql("select summary from evidence where kind = :kind order by id")
                .param("kind", kind)
                .query(String.class)
                .list();
    }

    int replicas() {
        return gateway().number("/spec/replicas", 0);
    }

    KubernetesObject gateway() {
        return sandbox.reader()
                .get(ResourceType.DEPLOYMENTS, GATEWAY.namespace(), GATEWAY.name())
                .orElseThrow();
    }

    void somebodyScalesTo(int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        sandbox.patch(GATEWAY, body);
    }

    void somebodyAnnotates(String name, String value) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("metadata").putObject("annotations").put(name, value);
        sandbox.patch(GATEWAY, body);
    }
}
