package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.step.verb.capacity.KeyMetricsSettings;
import org.incidentorchestrator.step.verb.certificate.CertificateSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The rules that are given to Prometheus and the decisions say the same, number by number (runbook T01–T04). */
class PlatformAlertsTest {
    private static final Path RULES = Path.of("src/deploy/platform-rules.yml");
    private static final Path DECISION = Path.of("processes/decisions/alert-severity.dmn");
    private static final Pattern LIMIT = Pattern.compile("(>=|>|<) (\\d+)$");
    private static final Pattern ENTRY =
            Pattern.compile("id=\"rule_(\\d+)_(\\w+)\">\\s*<text>(.*?)</text>", Pattern.DOTALL);
    private static final DecisionTable SEVERITY = DecisionTable.of("alert-severity");
    private static final DecisionTable RUNBOOK = DecisionTable.of("choose-runbook");

    /** What a rule measures is an input of the table. */
    private static final Map<String, String> INPUTS = Map.of(
            "HighErrorRate", "errorPercent",
            "HighLatency", "p95Millis",
            "HighCpuUsage", "cpuPercent",
            "HighMemoryUsage", "memoryPercent");

    /** @param bound with its sign, as it stands at the end of the expression: {@code > 5} */
    private record Rule(String alert, String severity, String runbook, String expression, String bound, String since) {}

    @Test
    void each_threshold_of_a_rule_is_where_the_decision_becomes_that_severity() {
        List<Rule> measured = rules().stream()
                .filter(rule -> INPUTS.containsKey(rule.alert()))
                .toList();
        assertThat(measured).hasSize(6).allSatisfy(rule -> {
            String input = INPUTS.get(rule.alert());
            double limit = Double.parseDouble(rule.bound().replaceAll("\\D", ""));
            double inside = rule.bound().startsWith(">=") ? limit : Math.nextUp(limit);
            double outside = rule.bound().startsWith(">=") ? Math.nextDown(limit) : limit;
            assertThat(severity(input, inside)).as("%s at %s", rule, inside).isEqualTo(rule.severity());
            assertThat(severity(input, outside))
                    .as("%s at %s", rule, outside)
                    .isNotEqualTo(rule.severity())
                    .isNotEqualTo("critical");
        });
    }

    @Test
    void each_number_of_the_decision_above_info_is_in_a_rule() throws IOException {
        Set<String> decided = new TreeSet<>();
        String table = Files.readString(DECISION);
        Map<String, String> words = outputs(table);
        Matcher entries = ENTRY.matcher(table);
        while (entries.find()) {
            Set<String> pages = Set.of("\"critical\"", "\"warning\"");
            if (INPUTS.containsValue(entries.group(2)) && pages.contains(words.get(entries.group(1)))) {
                Matcher number = Pattern.compile("\\d+").matcher(entries.group(3));
                while (number.find()) {
                    decided.add(entries.group(2) + " " + number.group());
                }
            }
        }
        assertThat(rules().stream()
                        .filter(rule -> INPUTS.containsKey(rule.alert()))
                        .map(rule ->
                                INPUTS.get(rule.alert()) + " " + rule.bound().replaceAll("\\D", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(decided);
    }

    @Test
    void a_service_that_is_down_is_critical_to_both() {
        assertThat(rules())
                .filteredOn(rule -> rule.alert().equals("ServiceDown"))
                .extracting(Rule::severity)
                .containsExactly("critical");
        assertThat(severity("down", true)).isEqualTo("critical");
    }

    @Test
    void deployments_and_scalings_are_info_to_both() {
        assertThat(rules())
                .filteredOn(rule -> rule.severity().equals("info"))
                .extracting(Rule::alert)
                .containsExactly("DeploymentChanged", "DeploymentScaled");
        assertThat(severity("event", "deployment")).isEqualTo("info");
        assertThat(severity("event", "scaling")).isEqualTo("info");
    }

    /** The settings of the verb that reads the key metrics call normal what the table does. */
    @Test
    void what_is_normal_by_the_settings_is_normal_by_the_decision() {
        KeyMetricsSettings settings = bind("key-metrics", KeyMetricsSettings.class);
        Map<String, Double> less = Map.of(
                "errorPercent", settings.normalErrorPercent(),
                "p95Millis", settings.normalP95Millis(),
                "cpuPercent", settings.normalCpuPercent(),
                "memoryPercent", settings.normalMemoryPercent());
        less.forEach((input, limit) -> {
            assertThat(severity(input, Math.nextDown(limit))).as(input).isEqualTo("normal");
            assertThat(severity(input, limit)).as(input).isNotEqualTo("normal");
        });
        double rate = settings.normalRequestRate();
        assertThat(severity("requestRate", Math.nextUp(rate))).isEqualTo("normal");
        assertThat(severity("requestRate", rate)).isNotEqualTo("normal");
    }

    @Test
    void a_certificate_expires_soon_to_both_after_the_same_number_of_days() {
        Duration warning = bind("certificate", CertificateSettings.class).expiryWarning();

        assertThat(rules())
                .filteredOn(rule -> rule.alert().equals("CertificateExpiring"))
                .extracting(Rule::bound)
                .containsExactly("< " + warning.toDays());
    }

    /** A rule whose procedure has a model sends its incidents there; a procedure without one is a line of the runbook. */
    @Test
    void a_rule_names_the_model_that_its_alert_is_sent_to() {
        Set<String> procedures = ObligationLines.read().stream()
                .map(ObligationLines.Line::procedure)
                .collect(Collectors.toSet());
        assertThat(rules())
                .filteredOn(rule -> !rule.runbook().isEmpty())
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(procedures).as("%s", rule).contains(rule.runbook());
                    if (Files.exists(Path.of("processes/runbooks/" + rule.runbook() + ".bpmn"))) {
                        assertThat(RUNBOOK.<String>decide(
                                        DecisionTable.inputs("alertName", rule.alert(), "found", true)))
                                .as("%s, by choose-runbook.dmn", rule.alert())
                                .isEqualTo(rule.runbook());
                    }
                });
    }

    @Test
    void whatever_pages_names_its_runbook_and_waits_until_it_is_no_hiccup() {
        assertThat(rules()).filteredOn(rule -> !rule.severity().equals("info")).allSatisfy(rule -> {
            assertThat(rule.runbook()).as("%s", rule).isNotBlank();
            assertThat(rule.since()).as("%s", rule).matches("\\d+[mh]");
        });
    }

    private static String severity(String input, Object value) {
        Map<String, Object> well = new HashMap<>(Map.of(
                "down", false,
                "errorPercent", 0.1,
                "p95Millis", 120.0,
                "cpuPercent", 40.0,
                "memoryPercent", 50.0,
                "requestRate", 250.0));
        well.put("event", null);
        well.put(input, value);
        return SEVERITY.decide(well);
    }

    private static Map<String, String> outputs(String table) {
        return ENTRY.matcher(table)
                .results()
                .filter(entry -> entry.group(2).equals("severity"))
                .collect(Collectors.toMap(entry -> entry.group(1), entry -> entry.group(3)));
    }

    private static <T> T bind(String prefix, Class<T> settings) {
        return new Binder(new MapConfigurationPropertySource()).bindOrCreate(prefix, settings);
    }

    private static List<Rule> rules() {
        try {
            JsonNode groups =
                    new ObjectMapper(new YAMLFactory()).readTree(RULES.toFile()).path("groups");
            return Stream.iterate(0, n -> n < groups.size(), n -> n + 1)
                    .flatMap(n -> stream(groups.get(n).path("rules")))
                    .filter(rule -> rule.has("alert"))
                    .map(PlatformAlertsTest::rule)
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return Stream.iterate(0, n -> n < array.size(), n -> n + 1).map(array::get);
    }

    private static Rule rule(JsonNode node) {
        String expression = node.path("expr").asText();
        Matcher bound = LIMIT.matcher(expression);
        return new Rule(
                node.path("alert").asText(),
                node.path("labels").path("severity").asText(),
                node.path("annotations").path("runbook").asText(),
                expression,
                bound.find() ? bound.group() : "",
                node.path("for").asText());
    }
}
