package org.incidentorchestrator.sandbox;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.time.Duration;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class SandboxControllerTest {
    private final Operator operator = new Operator("mcp-gateway");
    private final OneThread thread = new OneThread(operator.clock);
    private final Webhook webhook = new Webhook();
    private final MockMvc http = MockMvcBuilders.standaloneSetup(controller()).build();

    SandboxControllerTest() throws IOException {}

    @AfterEach
    void close() {
        thread.close();
        webhook.close();
    }

    @Test
    void a_scenario_is_played_and_listed() throws Exception {
        play("{\"scenario\": \"crash-until-scaled\", \"workload\": \"mcp-gateway\"}")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.playing[0].scenario").value("crash-until-scaled"));
        http.perform(get("/sandbox/scenarios"))
                .andExpect(jsonPath("$.known").value(hasItem("api-unreachable")))
                .andExpect(jsonPath("$.playing[0].workload").value("mcp-gateway"));

        play("{\"scenario\": \"healthy-again\"}")
                .andExpect(jsonPath("$.playing").isEmpty());
    }

    @Test
    void an_alert_is_posted_with_it_when_that_is_wished() throws Exception {
        play("{\"scenario\": \"never-healthy\", \"workload\": \"mcp-config\", \"alert\": true}")
                .andExpect(status().isOk());

        Assertions.assertThat(webhook.next().at("/alerts/0/labels/deployment").asText())
                .isEqualTo("mcp-config");
    }

    @Test
    void a_wish_that_cannot_be_met_is_answered_with_what_can() throws Exception {
        play("{\"scenario\": \"earthquake\"}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value(containsString("crash-until-restarted")));
        play("{\"scenario\": \"one-bad-pod\", \"workload\": \"../x\"}").andExpect(status().isBadRequest());
        play("{\"scenario\": \"one-bad-pod\", \"workload\": \"nobody\"}")
                .andExpect(jsonPath("$.detail").value(containsString("nobody")));
        play("{}").andExpect(status().isBadRequest());
        play("{").andExpect(status().isBadRequest());
    }

    @Test
    void the_world_shows_workloads_pods_and_changes() throws Exception {
        operator.scale(3);
        operator.waits(5);

        http.perform(get("/sandbox/world"))
                .andExpect(jsonPath("$.workloads.length()").value(5))
                .andExpect(jsonPath("$.workloads[1].name").value("mcp-gateway"))
                .andExpect(jsonPath("$.workloads[1].ready").value(3))
                .andExpect(jsonPath("$.workloads[1].mayGo").value(2))
                .andExpect(jsonPath("$.workloads[1].pods[0].status").value("Running"))
                .andExpect(jsonPath("$.changes").value(1))
                .andExpect(jsonPath("$.latest[0].target").value("Deployment/a1-orchestrator/mcp-gateway"));
    }

    private SandboxController controller() {
        SandboxSettings settings =
                new SandboxSettings("", false, Duration.ZERO, true, Duration.ofMinutes(2), Duration.ofHours(1));
        return new SandboxController(
                operator.sandbox,
                new AlertWatch(operator.sandbox, new AlertmanagerPost(webhook), settings, thread, operator.clock));
    }

    private ResultActions play(String body) throws Exception {
        return http.perform(post("/sandbox/scenarios")
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }
}
