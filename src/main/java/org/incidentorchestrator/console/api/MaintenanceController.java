package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.incident.MaintenanceWindow;
import org.incidentorchestrator.runbook.MaintenanceCalendar;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** When somebody works on what: its alerts are kept, and page and run nothing before the window ends. */
@RestController
@RequestMapping("/api/maintenance-windows")
@Tag(name = "Maintenance windows", description = "What is kept from people while somebody works on it")
final class MaintenanceController {
    private final MaintenanceCalendar calendar;

    MaintenanceController(MaintenanceCalendar calendar) {
        this.calendar = calendar;
    }

    /** @param workload {@code *} for all of the namespace; that is also what it is without one */
    record Asked(Instant from, Instant until, String namespace, String workload, String reason) {
        MaintenanceWindow by(Principal person) {
            return new MaintenanceWindow(
                    0,
                    namespace == null ? "" : namespace.strip(),
                    workload == null || workload.isBlank() ? MaintenanceWindow.ALL : workload.strip(),
                    from,
                    until,
                    person.getName(),
                    reason == null ? "" : reason.strip(),
                    null);
        }
    }

    @GetMapping
    @Operation(summary = "Those that hold now or will, the first to end first")
    List<MaintenanceWindow> notOver() {
        return calendar.notOver();
    }

    @GetMapping("/{id}")
    @Operation(summary = "One window, over or not")
    MaintenanceWindow one(@PathVariable long id) {
        return calendar.find(id).orElseThrow(() -> NotThere.window(id));
    }

    @PostMapping
    @Operation(summary = "Declares one. For l2 to l4 and administrators")
    ResponseEntity<MaintenanceWindow> declare(@RequestBody Asked asked, Principal person) {
        MaintenanceWindow window = asked.by(person);
        List<String> faults = calendar.faults(window);
        if (!faults.isEmpty()) {
            throw Refused.wrong(faults);
        }
        MaintenanceWindow declared = calendar.declare(window);
        return ResponseEntity.created(URI.create("/api/maintenance-windows/" + declared.id()))
                .body(declared);
    }

    @DeleteMapping("/{id}")
    @Operation(summary = "Ends one now; what it kept from people pages at once if it still fires")
    MaintenanceWindow end(@PathVariable long id, Principal person) {
        MaintenanceWindow known = one(id);
        return calendar.end(id, person.getName())
                .orElseThrow(() -> Refused.conflict(
                        "Window %d is over since %s".formatted(id, known.ended().orElse(known.until()))));
    }
}
