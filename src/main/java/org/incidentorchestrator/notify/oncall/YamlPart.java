package org.incidentorchestrator.notify.oncall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A part of a YAML file that is read by hand, so that each fault is told with its line and path, and all of them at
 * once. Nothing is constructed from it: a date stays the text that somebody wrote, and a tag has no effect.
 */
final class YamlPart {
    private static final int MOST_ITEMS = 1000;
    private static final int LONGEST_TEXT = 1000;

    private final Node node;
    private final String path;
    private final List<String> faults;

    YamlPart(Node node, String path, List<String> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /** @return nothing, so that a reader can fault and go on */
    <T> Optional<T> fault(String what) {
        int line = node.getStartMark().getLine() + 1;
        faults.add("line %d%s: %s".formatted(line, path.isEmpty() ? "" : ", " + path, what));
        return Optional.empty();
    }

    /** The parts under these keys; any other key is a fault. */
    Map<String, YamlPart> map(Set<String> known) {
        Map<String, YamlPart> parts = map();
        parts.forEach((key, part) -> {
            if (!known.contains(key)) {
                part.fault("is not known here; correct it to one of " + inWords(known) + ", or take it away");
            }
        });
        parts.keySet().retainAll(known);
        return parts;
    }

    /** The parts under any keys. */
    Map<String, YamlPart> map() {
        Map<String, YamlPart> parts = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            fault("has to be of the form 'key: value'");
            return parts;
        }
        for (NodeTuple entry : mapping.getValue()) {
            String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
            YamlPart part = new YamlPart(entry.getValueNode(), path.isEmpty() ? key : path + "." + key, faults);
            if (parts.putIfAbsent(key, part) != null) {
                part.fault("is there twice; take one away");
            }
        }
        return parts;
    }

    List<YamlPart> list() {
        if (!(node instanceof SequenceNode sequence)) {
            fault("has to be a list");
            return List.of();
        }
        List<Node> items = sequence.getValue();
        if (items.isEmpty() || items.size() > MOST_ITEMS) {
            fault("holds %d items, and has to hold 1 to %d".formatted(items.size(), MOST_ITEMS));
            return List.of();
        }
        return IntStream.range(0, items.size())
                .mapToObj(i -> new YamlPart(items.get(i), path + "[" + i + "]", faults))
                .toList();
    }

    Optional<String> text() {
        if (!(node instanceof ScalarNode scalar)) {
            return fault("has to be a text");
        }
        String text = scalar.getValue().strip();
        return text.isEmpty() || text.length() > LONGEST_TEXT
                ? fault("has to be a text of 1 to %d characters".formatted(LONGEST_TEXT))
                : Optional.of(text);
    }

    /** @param read throws a {@link RuntimeException} for what does not fit @param fit what would, with an example */
    <T> Optional<T> as(Function<String, T> read, String fit) {
        return text().flatMap(text -> {
            try {
                return Optional.of(read.apply(text));
            } catch (RuntimeException unfit) {
                return fault("'%s' is no %s".formatted(text, fit));
            }
        });
    }

    private static String inWords(Set<String> keys) {
        return String.join(", ", keys.stream().sorted().toList());
    }
}
