package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Hidden;
import org.incidentorchestrator.approval.paging.Responders;
import org.incidentorchestrator.console.access.WorkingAccounts;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.notify.AcknowledgeLinks;
import org.incidentorchestrator.notify.AcknowledgeLinks.State;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where the link in a mail or a chat message leads. Looking at it changes nothing, since programs that scan mail and
 * chat follow every link; its button takes the incident, once, as the account that the message went to.
 */
@RestController
@Hidden
final class AcknowledgeController {
    private final AcknowledgeLinks links;
    private final Responders responders;
    private final Incidents incidents;
    private final WorkingAccounts accounts;

    AcknowledgeController(
            AcknowledgeLinks links, Responders responders, Incidents incidents, WorkingAccounts accounts) {
        this.links = links;
        this.responders = responders;
        this.incidents = incidents;
        this.accounts = accounts;
    }

    @GetMapping("/acknowledge/{token}")
    ResponseEntity<String> look(@PathVariable String token) {
        return AcknowledgePage.of(links.look(token));
    }

    @PostMapping("/acknowledge/{token}")
    ResponseEntity<String> take(@PathVariable String token) {
        State state = links.look(token);
        if (!(state instanceof State.Ready ready)) {
            return AcknowledgePage.of(state);
        }
        if (!accounts.include(ready.person())) {
            return AcknowledgePage.noAccount(ready);
        }
        var number = ready.incident().number();
        responders.acknowledgeOnce(number, ready.person(), () -> links.use(token));
        Incident now = incidents.get(number);
        return AcknowledgePage.taken(now, ready.person(), links.task(now));
    }
}
