package org.incidentorchestrator.step.verb;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.incidentorchestrator.probe.PreparedProbes;
import org.incidentorchestrator.probe.Prometheus;
import org.incidentorchestrator.probe.TlsHandshake;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RecordedChanges;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.support.TestClock;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** All verbs as the program has them. */
public final class Verbs {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    /** Where the cases' back-ups lie. */
    static final String BACKUPS = "target/backups-of-cases";

    /** Where the golden cases are written for another value than the default. */
    private static final List<String> SETTINGS = List.of(
            "rollout.deadline=10m",
            "recovery.hold=60s",
            "manifests.folder=src/test/resources/manifests",
            "manifests.kinds=applications.argoproj.io,configmaps,services",
            "backup.folder=" + BACKUPS);

    private static final String PROMETHEUS = "http://prometheus:9090";
    static final RecordedOnPaper RECORDED = new RecordedOnPaper();

    private static final Map<String, Step<?, ?>> ALL = with();

    private Verbs() {}

    public static Collection<Step<?, ?>> all() {
        return ALL.values();
    }

    /** @param name as in models: {@code restartWorkload}; null when there is none */
    public static Step<?, ?> named(String name) {
        return ALL.get(name);
    }

    /** Plans as the runner does, from an input bound by name. */
    public static Plan<?> plan(String name, Map<String, ?> input, StepContext context) {
        return plan(named(name), input, context);
    }

    @SuppressWarnings("unchecked")
    public static Plan<?> plan(Step<?, ?> step, Map<String, ?> input, StepContext context) {
        return ((Step<Record, ?>) step).plan(JSON.convertValue(input, step.input()), context);
    }

    /** The output, as the models get it. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> output(Plan<?> plan) {
        return JSON.convertValue(plan.output(), Map.class);
    }

    /** The same, with other settings. */
    public static Map<String, Step<?, ?>> with(String... settings) {
        return scan(RECORDED, settings);
    }

    /** The same, which know of what was changed before. */
    public static Map<String, Step<?, ?>> knowing(RecordedChanges changes) {
        return scan(changes);
    }

    private static Map<String, Step<?, ?>> scan(RecordedChanges changes, String... settings) {
        Map<String, Step<?, ?>> all = new TreeMap<>();
        try (var context = new AnnotationConfigApplicationContext()) {
            TestPropertyValues.of(SETTINGS)
                    .and(GoldenHost.settings().toArray(String[]::new))
                    .and(settings)
                    .applyTo(context);
            context.registerBean(Clock.class, () -> new TestClock());
            context.registerBean(Prometheus.class, () -> PreparedProbes.prometheus(PROMETHEUS));
            context.registerBean(TlsHandshake.class, PreparedProbes::tls);
            context.registerBean(RecordedChanges.class, () -> changes);
            context.register(Scan.class);
            context.refresh();
            context.getBeansOfType(Step.class).values().forEach(step -> all.put(step.name(), step));
        }
        return all;
    }

    @Configuration
    @ComponentScan({"org.incidentorchestrator.step.verb", "org.incidentorchestrator.host"})
    @ConfigurationPropertiesScan("org.incidentorchestrator")
    static class Scan {}
}
