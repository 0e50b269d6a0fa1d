package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.security.Principal;
import org.incidentorchestrator.approval.paging.Responders;
import org.incidentorchestrator.approval.paging.ResponseRefused;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What responders do about an incident, as in Tasklist; each answers with the incident as it is then. What does not fit
 * is a 409 that says why.
 */
@RestController
@RequestMapping("/api/incidents/{incident}")
@Tag(name = "Responders", description = "Take an incident, give it back, bring others in")
final class ResponderController {
    private static final int LONGEST = 2000;

    private final Incidents incidents;
    private final Responders responders;
    private final IncidentController shown;

    ResponderController(Incidents incidents, Responders responders, IncidentController shown) {
        this.incidents = incidents;
        this.responders = responders;
        this.shown = shown;
    }

    record Reason(@NotBlank @Size(max = LONGEST) String reason) {}

    record Note(@NotBlank @Size(max = LONGEST) String note) {}

    /** @param note why; may be absent */
    record GivingBack(@Size(max = LONGEST) String note) {}

    /** @param to a user id */
    record HandOver(@NotBlank @Size(max = 64) String to, @NotBlank @Size(max = LONGEST) String note) {}

    /** @param person a user id, or @param group l1 to l4: one of the two */
    record Asked(
            @Size(max = 64) String person, @Size(max = 64) String group, @NotBlank @Size(max = LONGEST) String note) {}

    @PostMapping("/acknowledge")
    @Operation(summary = "Take it: the paging stops")
    IncidentDetail acknowledge(@PathVariable IncidentNumber incident, Principal caller) {
        return done(incident, () -> responders.take(incident, caller.getName()));
    }

    @PostMapping("/give-back")
    @Operation(summary = "Give it back: the level that was reached is paged again, and the ladder goes on")
    IncidentDetail giveBack(
            @PathVariable IncidentNumber incident,
            @Valid @RequestBody(required = false) GivingBack body,
            Principal caller) {
        String note = body == null || body.note() == null ? "" : body.note();
        return done(incident, () -> responders.giveBack(incident, caller.getName(), note));
    }

    @PostMapping("/escalate")
    @Operation(summary = "Page the next level at once; it has to take the incident")
    IncidentDetail escalate(@PathVariable IncidentNumber incident, @Valid @RequestBody Reason body, Principal caller) {
        return done(incident, () -> responders.escalate(incident, caller.getName(), body.reason()));
    }

    @PostMapping("/hand-over")
    @Operation(summary = "Give it to a named person, who is told and has to do something before long")
    IncidentDetail handOver(
            @PathVariable IncidentNumber incident, @Valid @RequestBody HandOver body, Principal caller) {
        return done(incident, () -> responders.handOver(incident, caller.getName(), body.to(), body.note()));
    }

    @PostMapping("/responders")
    @Operation(summary = "Ask a person, or a whole level, to work on it too")
    IncidentDetail ask(@PathVariable IncidentNumber incident, @Valid @RequestBody Asked body, Principal caller) {
        return done(incident, () -> {
            if ((body.person() == null) == (body.group() == null)) {
                throw Unfit.of("Name one to be asked: a person, or a group.");
            }
            if (body.group() == null) {
                responders.askPerson(incident, caller.getName(), body.person(), body.note());
            } else {
                responders.askGroup(incident, caller.getName(), body.group(), body.note());
            }
        });
    }

    @PostMapping("/work-anyway")
    @Operation(summary = "Let it wait no longer on the incident of a common cause: its own runbook goes on")
    IncidentDetail workAnyway(
            @PathVariable IncidentNumber incident, @Valid @RequestBody Reason body, Principal caller) {
        return done(incident, () -> responders.workAnyway(incident, caller.getName(), body.reason()));
    }

    @PostMapping("/notes")
    @Operation(summary = "Write a note on the record; approvers may, too")
    IncidentDetail note(@PathVariable IncidentNumber incident, @Valid @RequestBody Note body, Principal caller) {
        return done(incident, () -> responders.note(incident, caller.getName(), body.note()));
    }

    private IncidentDetail done(IncidentNumber incident, Runnable word) {
        incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        word.run();
        return shown.one(incident);
    }

    @ExceptionHandler
    ProblemDetail refused(ResponseRefused refused) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, refused.getMessage() + ".");
    }
}
