package org.incidentorchestrator.step;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.incidentorchestrator.incident.Incident.Abort;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.step.StepOutcome.Done;
import org.incidentorchestrator.step.StepOutcome.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person's word against a change, in the same moment: one of the two is first, and the other knows. */
class ByHandRaceTest {
    private static final Target GATEWAY = new Target("Deployment", Sandbox.NAMESPACE, "mcp-gateway");
    private static final int BLOCKED = 300;

    private final StepRig rig = new StepRig(new SetReplicas());
    private final StopSwitch stop = new StopSwitch(rig.database.jdbc());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        stop.makeRow();
    }

    @AfterEach
    void close() {
        release.countDown();
        threads.shutdownNow();
        rig.close();
    }

    @Test
    void an_abort_that_is_first_refuses_the_change_that_comes_behind_it() throws Exception {
        long proposal = accepted("job-1", 3);
        Future<?> abort = holdingOpen(this::abort);

        Future<StepOutcome> change = threads.submit(() -> act("job-2", proposal));
        assertBlocked(change);
        release.countDown();

        abort.get(10, SECONDS);
        assertThat(((Refused) change.get(10, SECONDS)).reason()).isEqualTo("runAborted");
        assertThat(rig.sandbox.writes()).isEmpty();
    }

    @Test
    void an_abort_behind_a_change_waits_for_its_intent_and_the_next_one_is_refused() throws Exception {
        long proposal = accepted("job-1", 3);
        takeTarget();
        Future<?> busy = holdingOpen(this::takeTarget);
        Future<StepOutcome> change = threads.submit(() -> act("job-2", proposal));
        assertBlocked(change);

        Future<?> abort = threads.submit(() -> rig.database.inTransaction(this::abort));
        assertBlocked(abort);
        release.countDown();

        busy.get(10, SECONDS);
        abort.get(10, SECONDS);
        assertThat(change.get(10, SECONDS)).isInstanceOf(Done.class);
        assertThat(rig.sandbox.writes()).hasSize(1);
        assertThat(((Refused) act("job-4", accepted("job-3", 4))).reason()).isEqualTo("runAborted");
    }

    @Test
    void a_stop_that_is_first_refuses_the_change_that_comes_behind_it() throws Exception {
        long proposal = accepted("job-1", 3);
        Future<?> stopped = holdingOpen(this::stop);

        Future<StepOutcome> change = threads.submit(() -> act("job-2", proposal));
        assertBlocked(change);
        release.countDown();

        stopped.get(10, SECONDS);
        assertThat(((Refused) change.get(10, SECONDS)).reason()).isEqualTo("globalStop");
        assertThat(rig.sandbox.writes()).isEmpty();
    }

    @Test
    void a_stop_behind_a_change_is_set_once_its_intent_is_on_the_record_and_the_next_one_is_refused() throws Exception {
        long proposal = accepted("job-1", 3);
        takeTarget();
        Future<?> busy = holdingOpen(this::takeTarget);
        Future<StepOutcome> change = threads.submit(() -> act("job-2", proposal));
        assertBlocked(change);

        Future<?> stopped = threads.submit(() -> rig.database.inTransaction(this::stop));
        assertBlocked(stopped);
        release.countDown();

        busy.get(10, SECONDS);
        stopped.get(10, SECONDS);
        assertThat(change.get(10, SECONDS)).isInstanceOf(Done.class);
        assertThat(rig.sandbox.writes()).hasSize(1);
        assertThat(((Refused) act("job-4", accepted("job-3", 4))).reason()).isEqualTo("globalStop");
    }

    @Test
    void of_two_who_stop_at_once_one_does_and_the_other_is_told() throws Exception {
        Future<Boolean> one = threads.submit(() -> set("ada"));
        Future<Boolean> other = threads.submit(() -> set("bob"));

        assertThat(one.get(10, SECONDS)).isNotEqualTo(other.get(10, SECONDS));
        assertThat(stop.now()).isPresent();
    }

    private boolean set(String person) {
        boolean[] first = new boolean[1];
        rig.database.inTransaction(() -> first[0] = stop.set(new Stop(person, "a move", rig.clock.instant())));
        return first[0];
    }

    private void abort() {
        assertThat(rig.incidents.abort(rig.incident.number(), new Abort("bob", "by hand", rig.clock.instant())))
                .isTrue();
    }

    private void stop() {
        assertThat(stop.set(new Stop("bob", "a move", rig.clock.instant()))).isTrue();
    }

    /** The run has the target already and touches it: an intent waits for that, with all else that it holds. */
    private void takeTarget() {
        new TargetLocks(rig.database.jdbc())
                .take(GATEWAY, "run-1", rig.incident.number(), rig.clock.instant(), java.time.Duration.ofMinutes(30));
    }

    private Future<?> holdingOpen(Runnable work) throws InterruptedException {
        Future<?> holding = threads.submit(() -> rig.database.inTransaction(() -> {
            work.run();
            held.countDown();
            await(release);
        }));
        assertThat(held.await(10, SECONDS)).isTrue();
        return holding;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertBlocked(Future<?> work) {
        assertThatThrownBy(() -> work.get(BLOCKED, MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    private long accepted(String job, int replicas) {
        StepOutcome proposed = rig.runner.propose(call(job, OptionalLong.empty(), replicas));
        long proposal = ((Proposed) ((Done) proposed).output()).proposalId();
        rig.proposals.decide(proposal, Proposal.Decision.ACCEPTED, "alice", rig.clock.instant());
        return proposal;
    }

    private StepOutcome act(String job, long proposal) {
        return rig.runner.run(call(job, OptionalLong.of(proposal), 0));
    }

    private StepCall call(String job, OptionalLong proposal, int replicas) {
        return new StepCall(
                "setReplicas",
                job,
                "serviceTask_scale",
                0,
                rig.incident.number(),
                "run-1",
                "run-1",
                Mode.EXECUTE,
                Map.of("target", GATEWAY.id(), "replicas", replicas),
                proposal,
                false);
    }
}
