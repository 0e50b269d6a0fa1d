package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.PersonNeeded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Once the program is ready: puts a rebuild on the record, and asks for a person when something was lost.
 */
@Component
final class DamageNews {
    private static final Logger LOG = LoggerFactory.getLogger(DamageNews.class);
    private static final int LONGEST = 3000;

    private final DatabaseGuard guard;
    private final EvidenceLog evidence;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DamageNews(DatabaseGuard guard, EvidenceLog evidence, ApplicationEventPublisher events, Clock clock) {
        this.guard = guard;
        this.evidence = evidence;
        this.events = events;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        guard.file().ifPresent(file -> {
            try {
                Optional<DamageReport> report = DamageReport.untold(file);
                if (report.isPresent()) {
                    tell(file, report.get());
                }
            } catch (IOException e) {
                LOG.warn(
                        "Files beside the database {} cannot be written: {}. Free its folder.",
                        file.path(),
                        e.toString());
            }
        });
    }

    private void tell(H2File file, DamageReport report) throws IOException {
        Path told = file.toldReport(clock.instant());
        evidence.append(new Entry(
                Entry.Kind.DATABASE_REBUILT,
                Optional.empty(),
                Entry.SELF,
                "",
                report.text(),
                Map.of("lossless", report.lossless())));
        if (!report.lossless()) {
            events.publishEvent(new PersonNeeded(
                    "The database was damaged when the program was killed, and not everything could be saved. All of it"
                            + " is written in " + told + ". Look at the incidents that are open: what an incident lost"
                            + " it cannot go on with. Complete those by hand, and see in the cluster what became of"
                            + " changes that were on their way. "
                            + shortened(report.text()),
                    Optional.empty(),
                    "database/" + told.getFileName()));
        }
        Files.move(file.report(), told, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }
}
