package org.incidentorchestrator.approval.gate.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.incident.IncidentNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What was refused to whom, on the record, each in a transaction of its own: the refused one is rolled back. The first
 * that a person was told of an operation and an incident is an entry at once; what follows within a minute is counted,
 * and the count is one further entry: somebody who tries in a loop fills no disk.
 */
@Component
public class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration TOGETHER = Duration.ofMinutes(1);
    private static final int MOST_AT_ONCE = 200;
    private static final String TOO_MANY =
            "Refused: many operations. So many different ones were refused within a minute that these are only counted.";

    private final EvidenceLog evidence;
    private final TransactionTemplate own;
    private final Clock clock;
    private final Map<Key, Tally> tallies = new ConcurrentHashMap<>();

    Refusals(EvidenceLog evidence, PlatformTransactionManager transactions, Clock clock) {
        this.evidence = evidence;
        this.own = new TransactionTemplate(transactions);
        this.own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.clock = clock;
    }

    /**
     * @param person a user id
     * @param operation what was asked for, in few words and of few values: no ids
     * @param why what the person was told
     */
    public void record(String person, String operation, Optional<IncidentNumber> incident, String why) {
        Instant now = clock.instant();
        Key key = new Key(person, operation, incident, why);
        if (tallies.size() >= MOST_AT_ONCE && !tallies.containsKey(key)) {
            key = new Key(person, "many operations", Optional.empty(), TOO_MANY);
        }
        Tally tally = tallies.computeIfAbsent(key, fresh -> new Tally(now));
        if (tally.count() == 1) {
            write(key, key.why, 1);
        }
    }

    /** Writes down how many followed; a minute's tally that had only its first is done with. */
    @Scheduled(fixedDelay = 5_000)
    void settle() {
        Instant due = clock.instant().minus(TOGETHER);
        tallies.forEach((key, tally) -> {
            if (!tally.since.isAfter(due) && tallies.remove(key, tally)) {
                int more = tally.further();
                if (more > 0) {
                    write(key, key.why + " (and so " + more + " more times within a minute)", more);
                }
            }
        });
    }

    private void write(Key key, String why, int times) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("operation", key.operation);
        facts.put("times", times);
        try {
            own.executeWithoutResult(status ->
                    evidence.append(new Entry(Entry.Kind.ACCESS_REFUSED, key.incident, key.person, "", why, facts)));
        } catch (TransactionException | DataAccessException databaseAway) {
            LOG.warn("A refusal could not be recorded ({}): {}: {}", databaseAway.getMessage(), key.person, why);
        }
    }

    private record Key(String person, String operation, Optional<IncidentNumber> incident, String why) {}

    private static final class Tally {
        private final Instant since;
        private int times;

        private Tally(Instant since) {
            this.since = since;
        }

        private synchronized int count() {
            return ++times;
        }

        private synchronized int further() {
            return times - 1;
        }
    }
}
