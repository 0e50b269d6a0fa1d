package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class InboxControllerTest {
    private final Rig rig = new Rig();
    private final MockMvc web = MockMvcBuilders.standaloneSetup(
                    new InboxController(rig.inbox, rig.signal, rig.evidence, rig.transactions, rig.clock))
            .build();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void what_is_parked_is_shown_with_its_reason_and_its_beginning() throws Exception {
        rig.work(Fixture.firing("f1", "ServiceDown", "w"));
        long id = rig.send("<script>alert(1)</script>\r\nX-Injected: 1");
        rig.workAll();

        web.perform(get("/api/inbox?state=parked"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.length()").value(1))
                .andExpect(jsonPath("$[0].id").value(id))
                .andExpect(jsonPath("$[0].outcome", containsString("not JSON")))
                .andExpect(jsonPath("$[0].beginning").value("<script>alert(1)</script>  X-Injected: 1"));
        web.perform(get("/api/inbox?state=done"))
                .andExpect(jsonPath("$.length()").value(1));
    }

    @Test
    void what_is_parked_is_sent_through_again_and_who_did_it_is_on_the_record() throws Exception {
        long id = rig.send("not json");
        rig.workAll();

        web.perform(post("/api/inbox/" + id + "/replay").principal(() -> "alice"))
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.state").value("RECEIVED"));

        assertThat(rig.jdbc
                        .sql("select actor from evidence where kind = 'DECIDED'")
                        .query(String.class)
                        .single())
                .isEqualTo("alice");
        rig.workAll();
        assertThat(rig.row(id).state()).isEqualTo("PARKED");
    }

    @Test
    void what_is_not_parked_or_not_there_is_not_sent_again() throws Exception {
        long id = rig.work(Fixture.firing("f1", "ServiceDown", "w"));

        web.perform(post("/api/inbox/" + id + "/replay"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.detail", containsString("not parked")));
        web.perform(post("/api/inbox/4711/replay")).andExpect(status().isNotFound());
    }

    @Test
    void a_state_that_there_is_not_is_named_with_those_that_there_are() throws Exception {
        web.perform(get("/api/inbox?state=lost"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail", containsString("parked")));
        web.perform(get("/api/inbox?limit=0")).andExpect(status().isBadRequest());
    }
}
