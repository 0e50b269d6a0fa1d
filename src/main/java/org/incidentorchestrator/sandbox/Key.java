package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import org.incidentorchestrator.incident.Target;

/** Where an object lies in the store; sorted as lists are answered: by kind, namespace, name. */
record Key(String kind, String namespace, String name) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
            Comparator.comparing(Key::kind).thenComparing(Key::namespace).thenComparing(Key::name);

    static Key of(JsonNode object) {
        return new Key(
                object.path("kind").asText(),
                object.at("/metadata/namespace").asText(""),
                object.at("/metadata/name").asText());
    }

    static Key of(Target target) {
        return new Key(target.kind(), target.namespace(), target.name());
    }

    Target target() {
        return new Target(kind, namespace, name);
    }

    @Override
    public int compareTo(Key other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
