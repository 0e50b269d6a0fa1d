package org.incidentorchestrator.approval.paging;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.runbook.Timers;
import org.springframework.stereotype.Component;

/** Who is paged when, in words: {@code L2 Senior Platform Engineer at 03:15:00 UTC, …} (runbook K01–K04). */
@Component
class PagingSchedule {
    static final int EVERYBODY = 5;

    private static final List<String> TITLES = List.of(
            "L1 Platform Engineer", "L2 Senior Platform Engineer", "L3 Platform Architect", "L4 CTO", "everybody");
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Timers timers;

    PagingSchedule(Timers timers) {
        this.timers = timers;
    }

    static String title(int level) {
        return TITLES.get(level - 1);
    }

    /** Of the levels above the one that was paged last, as if nobody took it. */
    String of(Incident incident) {
        String armedAt = incident.ladderArmedAt().toString();
        String levels = IntStream.rangeClosed(Math.min(incident.level() + 1, EVERYBODY), EVERYBODY)
                .mapToObj(level -> title(level) + " at "
                        + CLOCK.format(Instant.parse(timers.escalateAt(armedAt, level, incident.level()))))
                .collect(Collectors.joining(", "));
        return levels + ", again and again";
    }
}
