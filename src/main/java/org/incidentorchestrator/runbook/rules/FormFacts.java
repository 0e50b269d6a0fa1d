package org.incidentorchestrator.runbook.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a model has to know of a form. @param keys what is asked; @param shows the variables that it shows */
public record FormFacts(String id, Set<String> keys, Set<String> shows) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern SHOWN = Pattern.compile("\\{\\{(.*?)}}");
    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");
    private static final Pattern VARIABLE = Pattern.compile("(?<![.\\w])([a-z]\\w*)(?![\\w(])");

    /** @throws IOException when it is no JSON */
    static FormFacts read(String text) throws IOException {
        JsonNode form = JSON.readTree(text);
        Set<String> shows = Stream.concat(
                        form.findValuesAsText("content").stream().flatMap(FormFacts::templates),
                        form.findValuesAsText("hide").stream().map(condition -> condition.substring(1)))
                .flatMap(FormFacts::variables)
                .collect(Collectors.toSet());
        return new FormFacts(form.path("id").asText(), Set.copyOf(form.findValuesAsText("key")), shows);
    }

    private static Stream<String> templates(String content) {
        return SHOWN.matcher(content).results().map(found -> found.group(1));
    }

    private static Stream<String> variables(String feel) {
        return VARIABLE.matcher(TEXT.matcher(feel).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .filter(word -> !word.matches("null|or|and|if|then|else"));
    }
}
