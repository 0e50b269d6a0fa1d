package org.incidentorchestrator.notify.oncall;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a roster from a YAML file: who can be reached how, and who of them is on call for which group. The whole file is
 * read and every fault told, and it is taken as a whole or not at all.
 */
final class RosterFile {
    private static final int LARGEST = 256 * 1024;

    private final Path file;
    private final BiFunction<String, String, Optional<String>> refusal;

    RosterFile(Path file, BiFunction<String, String, Optional<String>> refusal) {
        this.file = file;
        this.refusal = refusal;
    }

    /** What is in the file, byte for byte. @throws RosterRefused it cannot be read, or is too large */
    String text() {
        try {
            if (Files.size(file) > LARGEST) {
                throw refused(List.of("it is larger than 256 KiB; take out what is no contact, group or rotation"));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw refused(List.of("it is no UTF-8 text; write it anew"));
        } catch (IOException e) {
            throw refused(List.of("it cannot be read (%s); see that it is there and readable for this program"
                    .formatted(e.getClass().getSimpleName())));
        }
    }

    /** @throws RosterRefused with every fault */
    Roster read(String text) {
        List<String> faults = new ArrayList<>();
        Optional<Node> root = root(text, faults);
        Map<String, Assignment> groups =
                root.map(node -> groups(new YamlPart(node, "", faults))).orElseGet(Map::of);
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        return new Roster(file.toString(), groups);
    }

    private Map<String, Assignment> groups(YamlPart root) {
        Map<String, YamlPart> parts = root.map(Set.of("contacts", "groups"));
        Contacts contacts = Contacts.read(Optional.ofNullable(parts.get("contacts")), refusal);
        Map<String, Assignment> groups = new LinkedHashMap<>();
        Map<String, YamlPart> named = Optional.ofNullable(parts.get("groups"))
                .map(part -> part.map(Set.copyOf(Roster.GROUPS)))
                .orElseGet(Map::of);
        for (String group : Roster.GROUPS) {
            Optional.ofNullable(named.get(group))
                    .flatMap(part -> new AssignmentReader(contacts).read(part))
                    .or(() -> named.containsKey(group)
                            ? Optional.empty()
                            : root.fault("groups.%s is not there: nobody would be told of its pages; name its contacts"
                                    .formatted(group)))
                    .ifPresent(assignment -> groups.put(group, assignment));
        }
        return groups;
    }

    private static Optional<Node> root(String text, List<String> faults) {
        LoaderOptions bounds = new LoaderOptions();
        bounds.setCodePointLimit(LARGEST);
        bounds.setNestingDepthLimit(10);
        try {
            Node root = new Yaml(bounds).compose(new StringReader(text));
            if (root == null) {
                faults.add("it is empty; write contacts and groups");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            faults.add("line %d: is no YAML: %s".formatted(e.getProblemMark().getLine() + 1, e.getProblem()));
        } catch (YAMLException e) {
            faults.add("is no YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
        return Optional.empty();
    }

    private RosterRefused refused(List<String> faults) {
        return new RosterRefused(file, faults);
    }
}
