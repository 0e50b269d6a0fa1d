package org.incidentorchestrator.sandbox;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.incidentorchestrator.cluster.ConditionalOnSandbox;
import org.incidentorchestrator.incident.Exercises;
import org.incidentorchestrator.incident.Incident;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Plays a scenario and works its alert as an exercise, in one. There only where the sandbox is the cluster. */
@RestController
@ConditionalOnSandbox
@Tag(name = "Game day", description = "Exercises on the sandbox")
class GameDayController {
    private final Sandbox sandbox;
    private final Exercises exercises;

    GameDayController(Sandbox sandbox, Exercises exercises) {
        this.sandbox = sandbox;
        this.exercises = exercises;
    }

    /** @param incident the exercise's number @param alertName the alert that it begins with @param href where it is read */
    record Begun(boolean exercise, String incident, String alertName, String scenario, String workload, String href) {}

    @PostMapping("/api/game-days")
    @Operation(
            summary = "Plays a scenario of the sandbox and works its alert as an exercise: nobody is paged. 201, or 409"
                    + " with the exercise that is open")
    ResponseEntity<Begun> begin(@RequestBody GameDay day, Principal person) {
        List<String> faults = day.faults();
        if (!faults.isEmpty()) {
            throw problem(HttpStatus.BAD_REQUEST, String.join(". ", faults) + ".");
        }
        exercises.open(day.key()).ifPresent(GameDayController::refuse);
        play(day);
        try {
            return begun(day, exercises.begin(day.key(), day.severityOf(), day.told(), person.getName()));
        } catch (DuplicateKeyException another) {
            exercises.open(day.key()).ifPresent(GameDayController::refuse);
            throw another;
        }
    }

    private void play(GameDay day) {
        try {
            sandbox.play(day.played(), day.about());
        } catch (IllegalArgumentException unfit) {
            throw problem(HttpStatus.BAD_REQUEST, unfit.getMessage());
        }
    }

    private static ResponseEntity<Begun> begun(GameDay day, Incident opened) {
        String href = "/api/incidents/" + opened.number();
        return ResponseEntity.created(URI.create(href))
                .body(new Begun(
                        true,
                        opened.number().toString(),
                        opened.key().alertName(),
                        day.scenario(),
                        day.workload(),
                        href));
    }

    private static void refuse(Incident open) {
        throw problem(
                HttpStatus.CONFLICT,
                "The exercise %s of %s is open: end it first, or take another workload: /api/incidents/%1$s"
                        .formatted(open.number(), open.key()));
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }
}
