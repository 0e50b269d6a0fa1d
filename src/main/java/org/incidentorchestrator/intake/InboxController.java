package org.incidentorchestrator.intake;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what paging systems sent, and sends what was parked through again. */
@RestController
@RequestMapping("/api/inbox")
@Tag(name = "Inbox", description = "What paging systems sent, as they sent it")
final class InboxController {
    private static final int MOST = 500;

    private final Inbox inbox;
    private final InboxSignal signal;
    private final EvidenceLog evidence;
    private final TransactionTemplate transaction;
    private final Clock clock;

    InboxController(
            Inbox inbox,
            InboxSignal signal,
            EvidenceLog evidence,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.inbox = inbox;
        this.signal = signal;
        this.evidence = evidence;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @GetMapping
    @Operation(summary = "Lists messages by state (received, done, parked), newest first")
    ResponseEntity<Object> list(
            @RequestParam(defaultValue = "parked") String state, @RequestParam(defaultValue = "100") int limit) {
        Optional<Inbox.State> known = List.of(Inbox.State.values()).stream()
                .filter(one -> one.name().equals(state.toUpperCase(Locale.ROOT)))
                .findFirst();
        if (known.isEmpty() || limit < 1 || limit > MOST) {
            return Problem.of(
                    HttpStatus.BAD_REQUEST,
                    "The state is one of received, done and parked, and the limit a number from 1 to " + MOST);
        }
        return ResponseEntity.ok(inbox.list(known.get(), limit));
    }

    @PostMapping("/{id}/replay")
    @Operation(summary = "Sends a parked message through intake again")
    ResponseEntity<Object> replay(@PathVariable long id, Principal person) {
        Optional<InboxView> row = inbox.find(id);
        if (row.isEmpty()) {
            return Problem.of(HttpStatus.NOT_FOUND, "There is no inbox/" + id + ": GET /api/inbox lists what there is");
        }
        String who = person == null ? "anonymous" : person.getName();
        if (!Boolean.TRUE.equals(transaction.execute(status -> replay(id, who)))) {
            return Problem.of(
                    HttpStatus.CONFLICT,
                    "inbox/" + id + " is not parked: only what is parked can be sent through again");
        }
        signal.wake();
        return ResponseEntity.accepted().body(inbox.find(id).orElseThrow());
    }

    private boolean replay(long id, String who) {
        boolean replayed = inbox.replay(id, clock.instant());
        if (replayed) {
            evidence.append(new Entry(
                    Entry.Kind.DECIDED,
                    Optional.empty(),
                    who,
                    "",
                    "sent inbox/" + id + " through intake again",
                    Map.of("inbox", id)));
        }
        return replayed;
    }
}
