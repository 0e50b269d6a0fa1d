package org.incidentorchestrator.sandbox;

import java.util.Arrays;
import java.util.List;
import org.incidentorchestrator.cluster.ConditionalOnSandbox;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What may be played in the sandbox, and how its world is. There only where the sandbox is the cluster. */
@RestController
@ConditionalOnSandbox
@RequestMapping("/sandbox")
class SandboxController {
    private final Sandbox sandbox;
    private final AlertWatch watch;

    SandboxController(Sandbox sandbox, AlertWatch watch) {
        this.sandbox = sandbox;
        this.watch = watch;
    }

    /**
     * @param scenario a word of {@link Scenario}
     * @param workload the deployment's name; may be null for what concerns the API server, or for all
     * @param alert whether the sandbox also posts the alert ServiceDown about it
     */
    record Wish(String scenario, String workload, boolean alert) {}

    record Scenarios(List<Scenario> known, List<WorldView.Playing> playing) {}

    @PostMapping("/scenarios")
    Scenarios play(@RequestBody Wish wish) {
        Scenario scenario = Scenario.named(wish.scenario());
        String workload = wish.workload() == null ? "" : wish.workload();
        if (wish.alert()) {
            sandbox.playWithAlert(scenario, workload);
            watch.wake();
        } else {
            sandbox.play(scenario, workload);
        }
        return scenarios();
    }

    @GetMapping("/scenarios")
    Scenarios scenarios() {
        return new Scenarios(Arrays.asList(Scenario.values()), sandbox.view().playing());
    }

    @GetMapping("/world")
    WorldView world() {
        return sandbox.view();
    }

    @ExceptionHandler(IllegalArgumentException.class)
    ProblemDetail badWish(IllegalArgumentException wrong) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, wrong.getMessage());
    }
}
