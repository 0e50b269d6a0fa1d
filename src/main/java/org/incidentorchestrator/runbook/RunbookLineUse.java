package org.incidentorchestrator.runbook;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Carriers;
import org.incidentorchestrator.runbook.rules.Carriers.Element;
import org.incidentorchestrator.runbook.rules.Carriers.Line;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which lines of the written runbook were ever worked: how often the elements that carry each out were passed, as far as the
 * engine's history reaches. That is one query over all of it, so it is asked now and then only.
 */
@Component
public class RunbookLineUse {
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final ModelFiles models;
    private final Clock clock;
    private Kept kept = new Kept(Instant.MIN, List.of());
    private Map<Line, List<Element>> carriers;

    RunbookLineUse(JdbcClient jdbc, ModelFiles models, Clock clock) {
        this.jdbc = jdbc;
        this.models = models;
        this.clock = clock;
    }

    /** @param elements how many carry it out @param uses how often they were passed */
    public record Use(String line, String text, int elements, long uses, Optional<Instant> lastUsedAt) {}

    private record Kept(Instant at, List<Use> uses) {}

    private record Passed(long times, Instant last) {}

    /** In the order of the runbook; as of ten minutes ago at most. */
    public synchronized List<Use> list() {
        Instant now = clock.instant();
        if (carriers == null) {
            carriers = Carriers.of(models);
        }
        if (kept.at.isBefore(now.minus(KEPT_FOR))) {
            Map<Element, Passed> passed = passed();
            kept = new Kept(
                    now,
                    carriers.entrySet().stream()
                            .map(line -> use(line.getKey(), line.getValue(), passed))
                            .toList());
        }
        return kept.uses;
    }

    private Map<Element, Passed> passed() {
        Map<Element, Passed> passed = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select proc_def_key_, act_id_, count(*) as times, max(start_time_) as last from act_hi_actinst
                        group by proc_def_key_, act_id_""")
                .query(row -> {
                    passed.put(
                            new Element(row.getString("proc_def_key_"), row.getString("act_id_")),
                            new Passed(
                                    row.getLong("times"),
                                    row.getTimestamp("last").toInstant()));
                });
        return passed;
    }

    private static Use use(Line line, List<Element> elements, Map<Element, Passed> passed) {
        List<Passed> found = new ArrayList<>();
        elements.forEach(element -> Stream.ofNullable(passed.get(element)).forEach(found::add));
        return new Use(
                line.id(),
                line.text(),
                elements.size(),
                found.stream().mapToLong(Passed::times).sum(),
                found.stream().map(Passed::last).max(Instant::compareTo));
    }
}
