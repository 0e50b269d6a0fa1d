package org.incidentorchestrator.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.incidentorchestrator.intake.Letter.Delivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Works on what is due in the inbox, once. What fails is tried again later, ever more slowly, and parked in the end. Work
 * that is done twice changes nothing the second time: a message whose other keys are done can be tried again whole.
 */
@Component
final class InboxPass {
    private static final Logger LOG = LoggerFactory.getLogger(InboxPass.class);
    private static final int MESSAGES = 1_000;

    private final Map<String, AlertSource> sources;
    private final Inbox inbox;
    private final DeliveryWork work;
    private final Parking parking;
    private final ApplicationEventPublisher events;
    private final IntakeSettings settings;
    private final Clock clock;

    InboxPass(
            List<AlertSource> sources,
            Inbox inbox,
            DeliveryWork work,
            Parking parking,
            ApplicationEventPublisher events,
            IntakeSettings settings,
            Clock clock) {
        this.sources = sources.stream().collect(Collectors.toMap(AlertSource::name, source -> source));
        this.inbox = inbox;
        this.work = work;
        this.parking = parking;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    /** @return how many messages were due. When the database cannot be reached it throws, and nothing counts as tried */
    int run() {
        List<Letter> letters = inbox.due(clock.instant(), MESSAGES).stream()
                .map(row -> new Letter(row, read(row)))
                .toList();
        letters.stream()
                .filter(Letter::isUnintelligible)
                .forEach(letter -> parking.park(letter.row(), letter.faults()));
        shared(letters).forEach(work::work);
        letters.forEach(letter -> letter.failure().ifPresent(failure -> postpone(letter.row(), failure)));
        letters.stream()
                .filter(Letter::isTruncated)
                .map(letter -> letter.row().source())
                .distinct()
                .forEach(source -> events.publishEvent(new AlertsLeftOut(source)));
        return letters.size();
    }

    private Message read(Inbox.Row row) {
        AlertSource source = sources.get(row.source());
        if (source == null) {
            return Message.unintelligible("The program has no source " + row.source() + " any more");
        }
        try {
            return source.read(row.body());
        } catch (RuntimeException bug) {
            LOG.error("inbox/{} could not be read; this is a fault of the program", row.id(), bug);
            return Message.unintelligible("It could not be read: " + bug);
        }
    }

    /** What shares a transaction: some keys with all their alerts. */
    private List<List<Delivery>> shared(List<Letter> letters) {
        List<List<Delivery>> shared = new ArrayList<>();
        int keys = 0;
        for (List<Delivery> ofKey : Delivery.byKey(
                letters.stream().flatMap(letter -> letter.deliveries().stream()).toList())) {
            if (keys++ % settings.incidentsPerTransaction() == 0) {
                shared.add(new ArrayList<>());
            }
            shared.get(shared.size() - 1).addAll(ofKey);
        }
        return shared;
    }

    private void postpone(Inbox.Row row, RuntimeException failure) {
        int attempts = row.attempts() + 1;
        String why = "attempt " + attempts + " of " + settings.attempts() + " failed: " + failure;
        LOG.warn("inbox/{}: {}", row.id(), why, failure);
        if (attempts >= settings.attempts()) {
            parking.park(row, why);
        } else {
            inbox.postpone(row.id(), attempts, clock.instant().plus(settings.retryAfter(attempts)), why);
        }
    }
}
