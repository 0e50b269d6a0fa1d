package org.incidentorchestrator.runbook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.spin.plugin.variable.SpinValues;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.stereotype.Component;

/**
 * What a diagnosis has found: its cause ({@code cause}), what to do about it ({@code advice}) and the facts that it was
 * told from, on the record and as a table for a form ({@code findings}). The input {@code facts} has a line for each, {@code Label: variable}; what was not seen,
 * or could not be told, is unknown, unless the line says what no value means: {@code Label: variable, else words}.
 */
@Component
class Findings {
    private static final Pattern OUTCOME = Pattern.compile("[a-z]+([A-Z][a-z]+)+");
    private static final String UNKNOWN = "unknown";
    private static final Pattern FACT =
            Pattern.compile("\\s*(?<label>[^:]+?)\\s*:\\s*(?<variable>\\w+)(, else (?<otherwise>.+?))?\\s*");

    private final EvidenceLog evidence;
    private final Clock clock;

    Findings(EvidenceLog evidence, Clock clock) {
        this.evidence = evidence;
        this.clock = clock;
    }

    void note(DelegateExecution execution) {
        Map<String, String> facts = facts(execution);
        String cause = String.valueOf(execution.getVariable("cause"));
        execution.setVariableLocal(
                "findings", SpinValues.jsonValue(table(facts).toString()).create());
        String seen = facts.entrySet().stream()
                .map(fact -> fact.getKey() + ": " + fact.getValue())
                .collect(Collectors.joining("; "));
        evidence.append(Entry.of(
                        Entry.Kind.NOTE,
                        IncidentNumber.parse(execution.getProcessBusinessKey()),
                        Entry.SELF,
                        "cause " + cause + ": " + execution.getVariable("advice") + " Seen: " + seen)
                .at(execution.getCurrentActivityId())
                .with(Map.of("cause", cause)));
    }

    private static Map<String, String> facts(DelegateExecution execution) {
        Map<String, String> facts = new LinkedHashMap<>();
        String.valueOf(execution.getVariableLocal("facts")).lines().forEach(line -> {
            Matcher fact = FACT.matcher(line);
            if (!fact.matches()) {
                throw new IllegalArgumentException(
                        "'%s' is no line of the input 'facts' of %s; write Label: variable, or Label: variable, else words"
                                .formatted(line, execution.getCurrentActivityId()));
            }
            String otherwise = fact.group("otherwise") == null ? UNKNOWN : fact.group("otherwise");
            facts.put(fact.group("label"), word(execution.getVariable(fact.group("variable")), otherwise));
        });
        return facts;
    }

    /** Steps say -1 of a number that is not known, and nothing of a text that there is no need for. */
    private static String word(Object value, String otherwise) {
        if (value == null || value instanceof Number number && number.doubleValue() < 0) {
            return otherwise;
        }
        if (value instanceof Boolean is) {
            return is ? "yes" : "no";
        }
        String text = value.toString();
        return text.isEmpty() ? "nothing" : inWords(text);
    }

    /** An outcome that steps and tables tell each other, {@code noRecipients}, as people read it. */
    private static String inWords(String text) {
        return OUTCOME.matcher(text).matches()
                ? text.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT)
                : text;
    }

    private ObjectNode table(Map<String, String> facts) {
        ObjectNode table = JsonNodeFactory.instance.objectNode();
        table.put("asOf", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        ArrayNode rows = table.putArray("facts");
        facts.forEach((what, seen) -> rows.addObject().put("what", what).put("seen", seen));
        return table;
    }
}
