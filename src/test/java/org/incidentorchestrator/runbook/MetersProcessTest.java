package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.incidentorchestrator.sandbox.Scenario.CRASH_UNTIL_RESTARTED;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.incidentorchestrator.step.StepCatalogue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What can be watched, after an incident has gone its whole way. */
class MetersProcessTest extends RunbookScenario {
    private static final String OURS = "incident.orchestrator.";
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(incident_orchestrator_\\w+)` \\|");
    private static final Pattern USED = Pattern.compile("incident_orchestrator_\\w+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_]{1,30}|[1-5]");
    /** Only with {@code intake.sources.alertmanager.url}, which nobody answers to here. */
    private static final Set<String> WHEN_SET = Set.of("incident_orchestrator_reconcile_age_seconds");

    private static final int MOST_VALUES = 40;

    @Autowired
    MeterRegistry meters;

    @Autowired
    StepCatalogue steps;

    @BeforeEach
    void anIncidentGoesItsWay() {
        breaks(CRASH_UNTIL_RESTARTED);
        passes(Duration.ofMinutes(16));
        decides("alice", "apply");
        passes(Duration.ofMinutes(10));
        assertThat(incident().open()).isFalse();
    }

    @Test
    void no_label_holds_what_alerts_pods_or_incidents_are_called() {
        assertThat(ours())
                .flatExtracting(Meter.Id::getTags)
                .extracting(Tag::getValue)
                .allSatisfy(value -> assertThat(value)
                        .matches(WORD)
                        .doesNotContainIgnoringCase("INC-")
                        .doesNotContain(GATEWAY, "a1-orchestrator", "ServiceDown", "alice"));
    }

    @Test
    void no_label_has_endless_values() {
        Map<String, Set<String>> values = new TreeMap<>();
        ours().forEach(id -> id.getTags()
                .forEach(tag -> values.computeIfAbsent(id.getName() + " " + tag.getKey(), none -> new TreeSet<>())
                        .add(tag.getValue())));
        assertThat(values.remove(OURS + "steps step")).isNotEmpty().isSubsetOf(steps.names());
        assertThat(values)
                .isNotEmpty()
                .allSatisfy((label, seen) -> assertThat(seen).as(label).hasSizeLessThan(MOST_VALUES));
    }

    @Test
    void every_meter_is_documented_and_every_documented_one_is_there() throws IOException {
        assertThat(in(Path.of("src/docs/metrics.md"), DOCUMENTED, 1)).isEqualTo(names());
    }

    @Test
    void the_alert_rules_ask_for_meters_that_are_there() throws IOException {
        Set<String> asked = in(Path.of("src/deploy/alert-rules.yml"), USED, 0).stream()
                .map(name -> name.replaceAll("_(bucket|count)$", ""))
                .collect(Collectors.toSet());
        assertThat(names()).containsAll(asked);
    }

    @Test
    void what_happened_was_counted() {
        assertThat(meters.get(OURS + "alerts")
                        .tag("outcome", "opened")
                        .counter()
                        .count())
                .isPositive();
        assertThat(meters.get(OURS + "steps")
                        .tag("step", "restartWorkload")
                        .tag("outcome", "done")
                        .timer()
                        .count())
                .isPositive();
        assertThat(meters.get(OURS + "incidents.open")
                        .tag("severity", "critical")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get(OURS + "jobs.failed").gauge().value()).isZero();
    }

    @Test
    void a_page_is_as_late_as_its_timer_fires() {
        Timer second =
                meters.get(OURS + "escalation.lateness").tag("level", "2").timer();
        double before = second.totalTime(java.util.concurrent.TimeUnit.SECONDS);
        startsAnew();
        breaks(CRASH_UNTIL_RESTARTED);
        work();
        passesUnseen(Duration.ofMinutes(16));
        assertThat(meters.get(OURS + "timers.overdue").gauge().value()).isPositive();
        assertThat(meters.get(OURS + "timers.overdue.age").gauge().value()).isBetween(59.0, 61.0);
        assertThat(meters.get(OURS + "incidents.unacknowledged")
                        .tag("severity", "critical")
                        .gauge()
                        .value())
                .isEqualTo(1);

        work();

        assertThat(second.totalTime(java.util.concurrent.TimeUnit.SECONDS) - before)
                .isBetween(59.0, 61.0);
    }

    /** Without a histogram's buckets, which this registry keeps as gauges. */
    private Set<Meter.Id> ours() {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().startsWith(OURS) && id.getTag("le") == null)
                .collect(Collectors.toSet());
    }

    private Set<String> names() {
        var convention = new PrometheusNamingConvention();
        return ours().stream()
                .map(id -> id.getConventionName(convention) + (id.getType() == Meter.Type.COUNTER ? "_total" : ""))
                .collect(Collectors.toCollection(() -> new TreeSet<>(WHEN_SET)));
    }

    private static Set<String> in(Path file, Pattern pattern, int group) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
