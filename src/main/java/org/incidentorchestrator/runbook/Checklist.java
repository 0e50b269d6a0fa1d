package org.incidentorchestrator.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has become of the items of a maintenance (runbook W01–W04, N01–N04), in their order; a small Json variable. */
record Checklist(List<Item> items) {
    static final Checklist NOTHING = new Checklist(List.of());

    /** In characters, of the reason that the process carries on: the whole of it is on the record. */
    private static final int LONGEST_WHY = 160;

    private static final JsonMapper JSON = new JsonMapper();

    Checklist {
        items = List.copyOf(items);
    }

    enum State {
        DONE("done"),
        /** By a person, or by the procedure that should have done it, with a reason. */
        SKIPPED("skipped"),
        /** The window closed or a person ended the work before anybody had answered. */
        CUT_OFF("skipped"),
        HALF_DONE("left half done");

        private final String words;

        State(String words) {
            this.words = words;
        }
    }

    /** @param item {@code W01 Security updates}; @param why empty for what is simply done */
    record Item(String item, State state, String why) {
        /** For people: {@code W03 Log rotation: skipped: window closed}. */
        String inWords() {
            return item + ": " + state.words + (why.isEmpty() ? "" : ": " + why);
        }
    }

    /** @param variable as the engine gives it; null before the first item */
    static Checklist of(Object variable) {
        if (variable == null) {
            return NOTHING;
        }
        try {
            List<Item> items = new ArrayList<>();
            for (JsonNode item : JSON.readTree(variable.toString())) {
                items.add(new Item(
                        item.path("item").asText(),
                        State.valueOf(item.path("state").asText()),
                        item.path("why").asText()));
            }
            return new Checklist(items);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("The variable 'checklist' is no checklist: " + variable, broken);
        }
    }

    Checklist plus(Item item) {
        return new Checklist(Stream.concat(items.stream(), Stream.of(item)).toList());
    }

    String json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> all.addObject()
                .put("item", item.item)
                .put("state", item.state.name())
                .put("why", item.why.substring(0, Math.min(item.why.length(), LONGEST_WHY))));
        return all.toString();
    }

    boolean has(State state) {
        return items.stream().anyMatch(item -> item.state == state);
    }

    /** The items that are not done, in words; empty when all are. */
    String left() {
        return inWords(items.stream().filter(item -> item.state != State.DONE));
    }

    String inWords() {
        return inWords(items.stream());
    }

    private static String inWords(Stream<Item> items) {
        return items.map(Item::inWords).collect(Collectors.joining("; "));
    }
}
