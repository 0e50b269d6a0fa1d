package org.incidentorchestrator.console.api;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class OnCallApiTest {
    private final MockMvc api = MockMvcBuilders.standaloneSetup(new OnCallController(
                    OnCall.from(Path.of("src/deploy/on-call.yml"), (channel, to) -> Optional.empty()),
                    new TestClock(Instant.parse("2026-11-24T09:00:00Z"))))
            .setControllerAdvice(new ProblemAdvice())
            .setMessageConverters(new MappingJackson2HttpMessageConverter(Jackson2ObjectMapperBuilder.json()
                    .featuresToDisable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .serializationInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL)
                    .build()))
            .build();

    @Test
    void who_is_on_call_now_until_when_and_who_is_next() throws Exception {
        ask("", "l1")
                .andExpect(jsonPath("at").value("2026-11-24T09:00:00Z"))
                .andExpect(jsonPath("source").value("src/deploy/on-call.yml"))
                .andExpect(jsonPath("groups[2].group").value("l3"))
                .andExpect(jsonPath("groups[2].onCall[0].name").value("Platform lead"))
                .andExpect(jsonPath("groups[2].until").value("2026-11-30T08:00:00Z"))
                .andExpect(jsonPath("groups[2].next[0].name").value("On-call telephone"))
                .andExpect(jsonPath("groups[0].until").doesNotExist());
    }

    @Test
    void who_is_on_call_at_another_time() throws Exception {
        ask("?at=2026-12-24T08:00:00Z", "l1")
                .andExpect(jsonPath("groups[2].onCall[0].name").value("On-call telephone"));
        ask("?at=christmas", "l1", 400)
                .andExpect(jsonPath("detail").value(containsString("write it as 2026-11-24T03:00:00Z")));
    }

    @Test
    void addresses_are_whole_for_administrators_only() throws Exception {
        ask("", "l1").andExpect(jsonPath("groups[3].onCall[0].addresses[0].to").value("p…@company.com"));
        ask("", "auditor")
                .andExpect(jsonPath("groups[0].onCall[0].addresses[0].to").value("p…"));
        ask("", "camunda-admin")
                .andExpect(jsonPath("groups[3].onCall[0].addresses[0].to").value("platform-lead@company.com"));
    }

    private ResultActions ask(String query, String group) throws Exception {
        return ask(query, group, 200);
    }

    private ResultActions ask(String query, String group, int status) throws Exception {
        return api.perform(get("/api/on-call" + query).principal(new TestingAuthenticationToken("someone", "", group)))
                .andExpect(status().is(status));
    }
}
