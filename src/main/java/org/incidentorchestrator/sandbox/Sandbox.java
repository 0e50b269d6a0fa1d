package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.incident.Target;

/**
 * An embedded cluster that behaves. It has no threads: the world lives on, by the clock, when somebody looks at it or
 * changes it. Whatever is changed is in the world file before it is answered.
 */
public final class Sandbox {
    /** The namespace that the world comes with. */
    public static final String NAMESPACE = "a1-orchestrator";

    /** How much longer each request takes while {@link Scenario#API_SLOW} is played. */
    static final Duration SLOW = Duration.ofSeconds(2);

    private static final String KUBECTL = "kubectl";
    private static final String KUBELET = "kubelet";

    private final Clock clock;
    private final WorldFile file;
    private final Wire wire;
    private World world;

    Sandbox(Clock clock, WorldFile file, Wire wire) {
        this.clock = clock;
        this.file = file;
        this.wire = wire;
        this.world = file.load().orElseGet(this::begin);
    }

    private World begin() {
        World first = Seed.world(file.newSeed(), clock.instant());
        file.save(first);
        return first;
    }

    /** One that is forgotten with the object: for tests. */
    public static Sandbox inMemory(Clock clock) {
        return new Sandbox(clock, WorldFile.NONE, Wire.real());
    }

    /** One whose world lies in a file, and is found there again. */
    static Sandbox in(Path file, Clock clock) {
        return new Sandbox(clock, WorldFile.at(file), Wire.real());
    }

    public ClusterReader reader() {
        return new SandboxReader(this);
    }

    public ClusterWriter writer() {
        return new SandboxWriter(this);
    }

    /**
     * @param workload a deployment of {@link #NAMESPACE}, or {@code namespace/name}; empty for what concerns the API
     *     server, and for {@link Scenario#HEALTHY_AGAIN} of everything
     * @throws IllegalArgumentException when there is no such deployment
     */
    public void play(Scenario scenario, String workload) {
        Optional<Target> target = target(workload);
        change((next, now) -> {
            Scenarios.play(next, scenario, target, now);
            return null;
        });
    }

    /** Plays a scenario and notes that an alert about it is firing, both or none. */
    void playWithAlert(Scenario scenario, String workload) {
        Target target = target(workload).orElseThrow(Scenarios::nameless);
        change((next, now) -> {
            Scenarios.play(next, scenario, Optional.of(target), now);
            next.alerts().removeIf(alert -> alert.about(target));
            next.alerts().add(new FiringAlert(target.namespace(), target.name(), now, false));
            return null;
        });
    }

    private static Optional<Target> target(String workload) {
        int slash = workload.indexOf('/');
        String namespace = slash < 0 ? NAMESPACE : workload.substring(0, slash);
        return workload.isEmpty()
                ? Optional.empty()
                : Optional.of(new Target("Deployment", namespace, workload.substring(slash + 1)));
    }

    /** The alerts of its own that are firing. */
    List<FiringAlert> alerts() {
        return look(now -> List.copyOf(world.alerts()));
    }

    void taken(FiringAlert alert) {
        change((next, now) -> {
            next.alerts().replaceAll(each -> each.equals(alert) ? alert.taken() : each);
            return null;
        });
    }

    void resolved(FiringAlert alert) {
        change((next, now) -> next.alerts().remove(alert));
    }

    /** Since when a deployment has as many ready pods as it wants; empty while it has not. */
    Optional<Instant> healthySince(String namespace, String workload) {
        return look(now -> world.find(new Key("Deployment", namespace, workload))
                .flatMap(deployment -> RolloutStatus.healthySince(world, deployment)));
    }

    WorldView view() {
        return look(now -> WorldView.of(world, now));
    }

    /** The next change is made, and its answer gets lost on the way: it fails as UNREACHABLE. */
    public void loseNextAnswer() {
        wire.loseNextAnswer();
    }

    /** The next change, also a rehearsed one, is not made and fails so. */
    public void failNextChange(ClusterFailure.Kind kind) {
        wire.failNextChange(kind);
    }

    /**
     * From now on no right is there to look so.
     *
     * @param words that the look begins with, such as {@code list pods}; empty: every right is there again
     */
    public void forbid(String words) {
        wire.forbid(words);
    }

    /** What {@link #writer()} has changed, oldest first: the latest thousand. */
    public List<EffectiveWrite> writes() {
        return look(now -> world.writes());
    }

    /** Makes an object, as somebody with kubectl would. */
    public KubernetesObject create(JsonNode manifest) {
        return KubernetesObject.of(
                change((next, now) -> new ApiServer(next, KUBECTL, now).create((ObjectNode) manifest)));
    }

    /** Patches an object, as somebody with kubectl would: not among {@link #writes()}. */
    public KubernetesObject patch(Target target, JsonNode body) {
        return KubernetesObject.of(
                change((next, now) -> new ApiServer(next, KUBECTL, now).patch(Key.of(target), "", "", body)));
    }

    /** Says what an object's status is, as its kubelet would: the fields that are given, the others stay. */
    public KubernetesObject report(Target target, JsonNode status) {
        return KubernetesObject.of(
                change((next, now) -> new ApiServer(next, KUBELET, now).report(Key.of(target), status)));
    }

    /** Deletes an object and what it owns, as somebody with kubectl would. */
    public void delete(Target target) {
        change((next, now) -> {
            new ApiServer(next, KUBECTL, now).delete(Key.of(target));
            Scenarios.replaced(next, Key.of(target));
            return null;
        });
    }

    interface Deed<T> {
        T on(World next, Instant now);
    }

    /** Reads the world as of now. */
    synchronized <T> T look(Function<Instant, T> question) {
        Instant now = now();
        return question.apply(now);
    }

    /** Lets the world live until now; a clock that was set back does not take it back. */
    private Instant now() {
        Instant second = Json.second(clock.instant());
        Instant now = second.isBefore(world.asOf()) ? world.asOf() : second;
        Controllers.advance(world, now);
        return now;
    }

    Wire wire() {
        return wire;
    }

    World world() {
        return world;
    }

    /** Does something to a copy of the world, which takes the world's place once it is kept; or leaves all as it was. */
    synchronized <T> T change(Deed<T> deed) {
        Instant now = now();
        World next = world.copy();
        T result = deed.on(next, now);
        Controllers.settle(next, now);
        file.save(next);
        world = next;
        return result;
    }

    /** Does something to a copy of the world, and forgets it. */
    synchronized <T> T rehearse(Deed<T> deed) {
        Instant now = now();
        return deed.on(world.copy(), now);
    }

    /** What an API server that is down or slow does to a request. */
    void ask(String what) {
        boolean slow = look(now -> {
            Scenarios.failWhenUnreachable(world, what);
            return Scenarios.playing(world, Scenario.API_SLOW);
        });
        wire.admit(what);
        if (slow) {
            wire.delay(SLOW);
        }
    }
}
