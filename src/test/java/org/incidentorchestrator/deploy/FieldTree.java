package org.incidentorchestrator.deploy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Fields that may be changed, as a tree: whatever stands at a leaf may, and of the rest nothing. {@code *} is each item of
 * a list that is told by its name; as a leaf it is whatever there is; at the end of a name, the rest of the name.
 */
final class FieldTree {
    private final SortedMap<String, FieldTree> children = new TreeMap<>();

    /** @param pointers such as {@code /spec/template/spec/containers/*\/resources} */
    static FieldTree of(Collection<String> pointers) {
        FieldTree root = new FieldTree();
        for (String pointer : pointers) {
            FieldTree node = root;
            for (String key : pointer.substring(1).split("/")) {
                node = node.children.computeIfAbsent(
                        key.replace("~1", "/").replace("~0", "~"), none -> new FieldTree());
            }
        }
        return root;
    }

    /** @param path {@code spec.template}; empty for the object @param expression in CEL, true when nothing else is changed */
    record Rule(String path, String expression) {}

    /** One rule for each level, the object's own first; of a list there is one for all of its items. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        collect("", "", rules);
        return rules;
    }

    private void collect(String path, String steps, List<Rule> rules) {
        rules.add(new Rule(path, unchanged("variables.now" + or(steps, "{}"), "variables.was" + or(steps, "{}"))));
        children.forEach((key, child) -> {
            String below = steps + "[?'" + key + "']";
            String name = path.isEmpty() ? key : path + "." + key;
            if (child.items() != null) {
                rules.add(new Rule(
                        name,
                        child.items().each("variables.now" + or(below, "[]"), "variables.was" + or(below, "[]"))));
            } else if (!child.leaf()) {
                child.collect(name, below, rules);
            }
        });
    }

    private static String or(String steps, String none) {
        return steps.isEmpty() ? "" : steps + ".orValue(" + none + ")";
    }

    /** Of what the items of a list are made of; null where this is no list. */
    private FieldTree items() {
        FieldTree items = children.get("*");
        return items == null || items.children.isEmpty() ? null : items;
    }

    private boolean leaf() {
        return children.isEmpty() || children.containsKey("*") && items() == null;
    }

    /** Each item that is there was there before, and is as it was but for what may be changed. */
    private String each(String now, String was) {
        return "size(%1$s) == size(%2$s) &&\n%1$s.all(n, %2$s.exists(w, w.name == n.name &&\n  %3$s))"
                .formatted(now, was, whole("n", "w", "").replace("\n", "\n  "));
    }

    /** In one expression, with all that is below. */
    private String whole(String now, String was, String steps) {
        String here = unchanged(now + or(steps, "{}"), was + or(steps, "{}"));
        return children.entrySet().stream()
                .filter(child -> !child.getValue().leaf())
                .map(child -> child.getValue().whole(now, was, steps + "[?'" + child.getKey() + "']"))
                .reduce(here, (above, below) -> above + " &&\n" + below);
    }

    private String unchanged(String now, String was) {
        String may = may();
        return "%1$s.all(k, %3$s(k in %2$s && %2$s[k] == %1$s[k])) &&\n%2$s.all(k, %3$sk in %1$s)"
                .formatted(now, was, may);
    }

    private String may() {
        String exact = children.keySet().stream()
                .filter(key -> !key.endsWith("*"))
                .map(key -> "'" + key + "'")
                .collect(Collectors.joining(", "));
        String begins = children.keySet().stream()
                .filter(key -> key.endsWith("*"))
                .map(key -> "k.startsWith('" + key.substring(0, key.length() - 1) + "') || ")
                .collect(Collectors.joining());
        return (exact.isEmpty() ? "" : "k in [" + exact + "] || ") + begins;
    }
}
