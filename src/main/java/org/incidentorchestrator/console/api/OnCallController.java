package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import org.incidentorchestrator.console.access.Administrators;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who is on call, until when, and who is next. */
@RestController
@RequestMapping("/api/on-call")
@Tag(name = "On call", description = "Who is told of a page")
final class OnCallController {
    private final OnCall onCall;
    private final Clock clock;

    OnCallController(OnCall onCall, Clock clock) {
        this.onCall = onCall;
        this.clock = clock;
    }

    @GetMapping
    @Operation(
            summary = "Who is on call for each group at a time, now by default; addresses are whole for administrators")
    OnCallView at(@RequestParam(required = false) Instant at, Authentication caller) {
        return OnCallView.of(onCall, at == null ? clock.instant() : at, Administrators.include(caller));
    }
}
