package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.runbook.StopProcess;
import org.incidentorchestrator.step.Stop;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The global stop: while it holds, no step changes anything for any incident; paging goes on. */
@RestController
@RequestMapping("/api/stop")
@Tag(name = "Global stop", description = "Stops every change of every incident, and lifts the stop")
final class StopController {
    private final StopProcess stop;

    StopController(StopProcess stop) {
        this.stop = stop;
    }

    /** @param by who set it; left out, like the rest, while nothing is stopped */
    record StopView(boolean stopped, String by, String reason, Instant at) {
        static StopView of(Optional<Stop> held) {
            return held.map(stop -> new StopView(true, stop.by(), stop.reason(), stop.at()))
                    .orElse(new StopView(false, null, null, null));
        }
    }

    @GetMapping
    @Operation(summary = "Whether every change is stopped, by whom, since when and why")
    StopView now() {
        return StopView.of(stop.now());
    }

    @PutMapping
    @Operation(summary = "Stops every change; answered once nothing new can be sent. For l2 to l4 and administrators")
    StopView set(@RequestBody Reason reason) {
        Optional<Stop> set = stop.set(reason.checked());
        if (set.isEmpty()) {
            throw Refused.conflict(stop.now()
                    .map(held -> "It holds already: " + held.inWords())
                    .orElse("Somebody has set and lifted it just now: look again"));
        }
        return StopView.of(set);
    }

    @DeleteMapping
    @Operation(summary = "Lifts the stop. For l3, l4 and administrators")
    StopView lift(@RequestBody Reason reason, Principal person) {
        if (stop.lift(person.getName(), reason.checked()).isEmpty()) {
            throw NotThere.stop();
        }
        return StopView.of(Optional.empty());
    }
}
