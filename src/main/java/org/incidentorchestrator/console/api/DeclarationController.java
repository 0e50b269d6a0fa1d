package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Declaration;
import org.incidentorchestrator.runbook.Declarations;
import org.incidentorchestrator.runbook.Declared.Conflict;
import org.incidentorchestrator.runbook.Declared.Invalid;
import org.incidentorchestrator.runbook.Declared.Opened;
import org.incidentorchestrator.runbook.RunAbort;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people begin and abort by hand. */
@RestController
@RequestMapping("/api/incidents")
@Tag(name = "Incidents", description = "What is open, what happened, what happens next")
final class DeclarationController {
    private final Declarations declarations;
    private final RunAbort aborts;
    private final Incidents incidents;

    DeclarationController(Declarations declarations, RunAbort aborts, Incidents incidents) {
        this.declarations = declarations;
        this.aborts = aborts;
        this.incidents = incidents;
    }

    @PostMapping
    @Operation(
            summary =
                    "Declares an incident, a breach or a disaster, or begins a deployment or another procedure; with exercise: true it is only played, and nobody is told outside: 201, or 200 when this Idempotency-Key has declared it already, or 409 with the one that is open")
    ResponseEntity<IncidentView> declare(
            @RequestBody Declaration declaration,
            @RequestHeader(name = "Idempotency-Key", required = false) String idempotencyKey,
            Principal person) {
        var declared = declarations.declare(declaration, person.getName(), key(idempotencyKey));
        if (declared instanceof Invalid invalid) {
            throw Refused.wrong(invalid.faults());
        }
        if (declared instanceof Conflict conflict) {
            throw Refused.conflict(
                    conflict.why() + ": /api/incidents/" + conflict.incident().number());
        }
        var opened = (Opened) declared;
        URI location = URI.create("/api/incidents/" + opened.incident().number());
        var response = opened.before() ? ResponseEntity.ok().location(location) : ResponseEntity.created(location);
        return response.body(IncidentView.of(opened.incident()));
    }

    private static Optional<String> key(String header) {
        if (header != null && !header.matches("[\\x21-\\x7e]{1," + Declarations.LONGEST_KEY + "}")) {
            throw Refused.wrong(
                    List.of("Idempotency-Key has to be 1 to %d visible characters, without spaces; a UUID is good"
                            .formatted(Declarations.LONGEST_KEY)));
        }
        return Optional.ofNullable(header);
    }

    @PostMapping("/{incident}/abort")
    @Operation(summary = "Aborts the run: it changes nothing more; the incident stays open, with its people")
    IncidentView abort(@PathVariable IncidentNumber incident, @RequestBody Reason reason, Principal person) {
        Incident known = incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        aborts.abort(known.number(), person.getName(), reason.checked()).ifPresent(why -> {
            throw Refused.conflict(why);
        });
        return IncidentView.of(incidents.get(incident));
    }
}
