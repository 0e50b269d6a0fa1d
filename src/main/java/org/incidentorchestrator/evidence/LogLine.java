package org.incidentorchestrator.evidence;

import java.util.Locale;
import org.incidentorchestrator.incident.IncidentNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * An entry as one line of the program's log, for whoever follows it at night: number, what happened, who, and the
 * kubectl line that does the same: {@code INC-1 restarted Deployment a1-orchestrator/mcp-gateway — kubectl rollout …}.
 */
final class LogLine {
    private static final Logger LOG = LoggerFactory.getLogger("incident");

    private LogLine() {}

    /** Number, kind and actor are fields too, for a log that is kept as JSON. */
    static void write(Entry entry) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("incident.event", entry.kind().name().toLowerCase(Locale.ROOT))
                .addKeyValue("incident.actor", Text.line(entry.actor(), 255));
        entry.incident().ifPresent(number -> line.addKeyValue("incident.number", number.toString()));
        line.log(of(entry));
    }

    static String of(Entry entry) {
        String number = entry.incident().map(IncidentNumber::toString).orElse("-");
        return Text.line(number + " " + entry.summary() + who(entry) + kubectl(entry), 1000);
    }

    /** Our own name on each line would be noise, and so would a name that the summary has already said. */
    private static String who(Entry entry) {
        boolean said = entry.actor().equals(Entry.SELF) || entry.summary().contains(entry.actor());
        return said ? "" : " (" + entry.actor() + ")";
    }

    /** A look changes nothing, and an intent's line comes again with its result. */
    private static String kubectl(Entry entry) {
        boolean result = entry.kind() != Entry.Kind.STEP_LOOKED && entry.kind() != Entry.Kind.STEP_INTENT;
        String lines = Kubectl.line(entry.details());
        return !result || lines.isEmpty() || entry.summary().contains("kubectl ") ? "" : " — " + lines;
    }
}
