package org.incidentorchestrator.step.verb.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** The objects that a file of manifests says, in its order: YAML 1.1 as kubectl reads it, where {@code yes} is true. */
final class ManifestText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OBJECTS = 50;

    private ManifestText() {}

    /** @throws StepFailure manifestUnreadable, or manifestUnfit */
    static List<ObjectNode> objects(String text, String name) {
        List<ObjectNode> objects = new ArrayList<>();
        try {
            for (Object document : yaml().loadAll(text)) {
                collect(JSON.valueToTree(document), objects, name);
            }
        } catch (YAMLException broken) {
            throw StepFailure.refused(
                    "manifestUnreadable",
                    "Manifest '%s' is not YAML: %s".formatted(name, Line.of(broken.getMessage(), 300)),
                    "Correct it in git.");
        }
        if (objects.isEmpty() || objects.size() > MOST_OBJECTS) {
            throw unfit(name, "holds " + objects.size() + " objects, and has to hold 1 to " + MOST_OBJECTS);
        }
        return objects;
    }

    static StepFailure unfit(String name, String what) {
        return StepFailure.refused(
                "manifestUnfit", "Manifest '%s' was not applied: it %s.".formatted(name, what), "Correct it in git.");
    }

    private static void collect(JsonNode document, List<ObjectNode> objects, String name) {
        if (document.isNull() || document.isMissingNode()) {
            return;
        }
        if (!(document instanceof ObjectNode object)) {
            throw unfit(name, "holds something that is no object");
        }
        if (object.path("kind").asText().equals("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> collect(item, objects, name));
        } else {
            objects.add(object);
        }
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(unused), unused, options, new Plain());
    }

    /** Kubernetes has no dates: what looks like one is text. */
    private static final class Plain extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, Pattern form, String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, form, first, limit);
            }
        }
    }
}
