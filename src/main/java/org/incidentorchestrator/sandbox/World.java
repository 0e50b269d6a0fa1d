package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * All that there is: the stored objects, the pods' lives, what is being played, what was written. Names and uids come
 * from the seed and a counter, so that the same history gives the same world, before and after a restart.
 */
final class World {
    private static final int KEPT_WRITES = 1000;
    /** Comes after a word and before whatever is longer than it. */
    private static final char AFTER = '\0';

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final String seed;
    private final NavigableMap<Key, ObjectNode> objects = new TreeMap<>();
    private final Map<String, Life> lives = new TreeMap<>();
    private final List<Play> plays = new ArrayList<>();
    private final List<FiringAlert> alerts = new ArrayList<>();
    private final List<EffectiveWrite> writes = new ArrayList<>();
    private Instant asOf;
    private Optional<Instant> next;
    private long version;
    private long serial;
    private long effectiveWrites;

    World(String seed, Instant asOf) {
        this.seed = seed;
        this.asOf = Json.second(asOf);
    }

    /** As it lies in the file. */
    record Snapshot(
            String seed,
            Instant asOf,
            long version,
            long serial,
            long effectiveWrites,
            List<EffectiveWrite> writes,
            List<Play> plays,
            List<FiringAlert> alerts,
            Map<String, Life> lives,
            List<ObjectNode> objects) {}

    static World of(Snapshot snapshot) {
        World world = new World(snapshot.seed, snapshot.asOf);
        world.version = snapshot.version;
        world.serial = snapshot.serial;
        world.effectiveWrites = snapshot.effectiveWrites;
        world.writes.addAll(snapshot.writes);
        world.plays.addAll(snapshot.plays);
        world.alerts.addAll(snapshot.alerts);
        world.lives.putAll(snapshot.lives);
        snapshot.objects.forEach(object -> world.objects.put(Key.of(object), object.deepCopy()));
        return world;
    }

    Snapshot snapshot() {
        return new Snapshot(
                seed,
                asOf,
                version,
                serial,
                effectiveWrites,
                List.copyOf(writes),
                List.copyOf(plays),
                List.copyOf(alerts),
                Map.copyOf(lives),
                List.copyOf(objects.values()));
    }

    World copy() {
        return of(snapshot());
    }

    Instant asOf() {
        return asOf;
    }

    void reach(Instant moment) {
        next = null;
        asOf = moment;
    }

    /** Asked again only after something was done: most looks find that nothing has happened. */
    Optional<Instant> next(Supplier<Optional<Instant>> asked) {
        next = next == null ? asked.get() : next;
        return next;
    }

    Optional<ObjectNode> find(Key key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Of one kind, sorted; the objects themselves, not copies. */
    List<ObjectNode> all(String kind) {
        return between(new Key(kind, "", ""), new Key(kind + AFTER, "", ""));
    }

    List<ObjectNode> all(String kind, String namespace) {
        return between(new Key(kind, namespace, ""), new Key(kind, namespace + AFTER, ""));
    }

    private List<ObjectNode> between(Key from, Key to) {
        return List.copyOf(objects.subMap(from, to).values());
    }

    /** Keeps an object under a new resource version. */
    void store(ObjectNode object) {
        next = null;
        ((ObjectNode) object.path("metadata")).put("resourceVersion", Long.toString(++version));
        objects.put(Key.of(object), object);
    }

    void remove(Key key) {
        next = null;
        ObjectNode gone = objects.remove(key);
        if (gone != null) {
            version++;
            lives.remove(gone.at("/metadata/uid").asText());
        }
    }

    /** Moves by one with each stored change. */
    long version() {
        return version;
    }

    Optional<Life> life(String uid) {
        return Optional.ofNullable(lives.get(uid));
    }

    void live(String uid, Life life) {
        next = null;
        lives.put(uid, life);
    }

    List<Play> plays() {
        return plays;
    }

    List<FiringAlert> alerts() {
        return alerts;
    }

    void written(EffectiveWrite write) {
        effectiveWrites++;
        writes.add(write);
        if (writes.size() > KEPT_WRITES) {
            writes.remove(0);
        }
    }

    List<EffectiveWrite> writes() {
        return List.copyOf(writes);
    }

    /** Since the world was made, also those that are no longer kept. */
    long effectiveWrites() {
        return effectiveWrites;
    }

    String newUid() {
        return UUID.nameUUIDFromBytes((seed + "/" + ++serial).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Five letters as Kubernetes hangs them on a generated name. */
    String newSuffix() {
        return letters((seed + "/" + ++serial).hashCode() * 0x9E3779B97F4A7C15L, 5);
    }

    static String letters(long number, int length) {
        StringBuilder word = new StringBuilder();
        for (long rest = number; word.length() < length; rest = rest / LETTERS.length() + 7) {
            word.append(LETTERS.charAt((int) Math.floorMod(rest, (long) LETTERS.length())));
        }
        return word.toString();
    }
}
