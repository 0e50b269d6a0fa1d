package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.incidentorchestrator.intake.IntakeSettings;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Foretells what alerts would do. Starts nothing and writes nothing. */
@RestController
@Tag(name = "Simulation", description = "What an alert would do")
final class SimulateController {
    private static final String SIMPLE =
            "{\"alertName\": \"ServiceDown\", \"namespace\": \"a1-orchestrator\", \"workload\": \"mcp-gateway\","
                    + " \"severity\": \"critical\"}";
    private static final String MESSAGE =
            "{\"version\": \"4\", \"alerts\": [{\"status\": \"firing\", \"startsAt\": \"2026-11-23T03:00:00Z\","
                    + " \"labels\": {\"alertname\": \"ServiceDown\", \"namespace\": \"a1-orchestrator\","
                    + " \"deployment\": \"mcp-gateway\", \"severity\": \"critical\"}}]}";

    private final Simulation simulation;
    private final IntakeSettings settings;

    SimulateController(Simulation simulation, IntakeSettings settings) {
        this.simulation = simulation;
        this.settings = settings;
    }

    @PostMapping("/api/simulate")
    @Operation(
            summary = "What alerts would do now: outcome, severity, target, runbook, who decides, who is paged when."
                    + " Starts nothing and writes nothing",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "The body of a paging system's webhook, or one alert in its simplest form",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(type = "object"),
                                            examples = {
                                                @ExampleObject(name = "simple", value = SIMPLE),
                                                @ExampleObject(name = "alertmanager", value = MESSAGE)
                                            })))
    @ApiResponse(responseCode = "200", description = "What each alert would do, in the order of the incidents' keys")
    @ApiResponse(
            responseCode = "400",
            description = "Nothing of it can be understood, or too much is asked at once",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                            schema = @Schema(implementation = org.springframework.http.ProblemDetail.class)))
    SimulationView simulate(HttpServletRequest request) throws IOException {
        SimulationView view = simulation.of(body(request));
        if (view.alerts().isEmpty()) {
            throw Refused.wrong(view.faults());
        }
        return view;
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        int most = Math.toIntExact(settings.maxBody().toBytes());
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw Refused.wrong(
                    List.of("The body is larger than %d bytes (intake.max-body), and a webhook like it would be refused"
                            .formatted(most)));
        }
        return body;
    }
}
