package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.incidentorchestrator.console.access.Administrators;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.notify.ContactTrial;
import org.incidentorchestrator.notify.Told;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Who was told what, and whether somebody can be told. */
@RestController
@Tag(name = "Notifications", description = "Who was told what outside of Tasklist, and what failed")
final class NotificationController {
    private final Told told;
    private final ContactTrial trial;
    private final OnCall onCall;
    private final Incidents incidents;

    NotificationController(Told told, ContactTrial trial, OnCall onCall, Incidents incidents) {
        this.told = told;
        this.trial = trial;
        this.onCall = onCall;
        this.incidents = incidents;
    }

    /** @param contact its name, as GET /api/on-call has it */
    record Trial(@NotBlank @Size(max = 255) String contact) {}

    /** @param contact whom a test was sent to @param results of each of its addresses */
    record TrialView(String contact, List<ResultView> results) {}

    /** @param sent whether it was taken @param why it was not */
    record ResultView(String channel, String to, boolean sent, String why) {}

    @GetMapping("/api/incidents/{incident}/notifications")
    @Operation(summary = "Who was told what of an incident, when and how, and what failed; oldest first")
    List<NotificationView> of(@PathVariable IncidentNumber incident, Authentication caller) {
        incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        boolean whole = Administrators.include(caller);
        return told.of(incident).stream()
                .map(one -> NotificationView.of(one, whole))
                .toList();
    }

    @PostMapping("/api/notifications/test")
    @Operation(summary = "Sends a test to each address of a contact and says what came of it; for administrators")
    TrialView test(@Valid @RequestBody Trial wanted, Authentication caller) {
        var contact = onCall.everybody().stream()
                .filter(known -> known.name().equals(wanted.contact()))
                .findFirst()
                .orElseThrow(() -> NotThere.contact(wanted.contact()));
        return new TrialView(
                contact.name(),
                trial.of(contact, caller.getName()).stream()
                        .map(result -> new ResultView(
                                result.address().channel(),
                                result.address().to(),
                                result.refused().isEmpty(),
                                result.refused().orElse(null)))
                        .toList());
    }
}
