package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class WebhookControllerTest {
    private static final int LIMIT = 1000;
    private static final String BODY = Fixture.message(Fixture.firing("f1", "ServiceDown", "mcp-gateway"));

    private final Rig rig = new Rig(Map.of("intake.max-body", LIMIT + "B"));
    private final ApplicationAvailabilityBean availability = new ApplicationAvailabilityBean();
    private final WebhookController controller =
            new WebhookController(List.of(rig.source), rig.writer, rig.settings, availability, rig.meters);
    private final MockMvc web = MockMvcBuilders.standaloneSetup(controller).build();

    @BeforeEach
    void ready() {
        become(ReadinessState.ACCEPTING_TRAFFIC);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_message_is_answered_with_its_id_once_it_is_stored_as_it_came() throws Exception {
        web.perform(proved(BODY))
                .andExpect(status().isAccepted())
                .andExpect(content().json("{\"ids\":[1]}"));

        assertThat(rig.jdbc
                        .sql("select body from inbox where id = 1")
                        .query(byte[].class)
                        .single())
                .isEqualTo(BODY.getBytes(StandardCharsets.UTF_8));
        assertThat(rig.row(1).sha256()).isEqualTo(Sha256.hex(BODY.getBytes(StandardCharsets.UTF_8)));
        assertThat(counted("accepted")).isEqualTo(1);
    }

    @Test
    void the_password_of_any_user_is_a_credential_too() throws Exception {
        String basic = Base64.getEncoder().encodeToString(("am:" + Rig.TOKEN).getBytes(StandardCharsets.UTF_8));

        web.perform(post("/webhooks/alertmanager")
                        .header("Authorization", "Basic " + basic)
                        .content(BODY))
                .andExpect(status().isAccepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic YTpi"})
    void without_its_credential_nothing_is_stored_and_the_answer_says_how(String authorization) throws Exception {
        web.perform(post("/webhooks/alertmanager")
                        .header("Authorization", authorization)
                        .content(BODY))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", containsString("Bearer")))
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.detail", containsString("token-file")));

        assertThat(stored()).isZero();
        assertThat(counted("unauthorized")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data", "no/such+type; x=y"})
    void whatever_type_it_says_it_has_an_authentic_message_is_stored(String type) throws Exception {
        web.perform(proved("").header("Content-Type", type).header("Accept", "text/html"))
                .andExpect(status().isAccepted());

        rig.workAll();
        assertThat(rig.row(1).state()).isEqualTo("PARKED");
    }

    @Test
    void a_body_at_the_limit_is_stored_and_one_byte_more_is_not() throws Exception {
        web.perform(proved("x".repeat(LIMIT))).andExpect(status().isAccepted());

        web.perform(proved("x".repeat(LIMIT + 1)))
                .andExpect(status().isPayloadTooLarge())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.detail", containsString("intake.max-body")));

        assertThat(stored()).isEqualTo(1);
        assertThat(counted("tooLarge")).isEqualTo(1);
    }

    @Test
    void who_is_not_known_does_not_learn_the_limit() throws Exception {
        web.perform(post("/webhooks/alertmanager").content("x".repeat(LIMIT + 1)))
                .andExpect(status().isUnauthorized());
    }

    @Test
    void of_a_body_in_chunks_no_more_than_the_limit_is_read() throws Exception {
        Endless endless = new Endless();

        var answer = controller.receive("alertmanager", endless);

        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.PAYLOAD_TOO_LARGE);
        assertThat(endless.read).isLessThanOrEqualTo(LIMIT + 1);
    }

    @Test
    void there_is_no_other_source() throws Exception {
        web.perform(post("/webhooks/pagertree").header("Authorization", "Bearer " + Rig.TOKEN))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType("application/problem+json"))
                .andExpect(jsonPath("$.detail", containsString("alertmanager")));
    }

    @Test
    void before_the_program_is_ready_and_when_it_stops_the_sender_has_to_come_again() throws Exception {
        become(ReadinessState.REFUSING_TRAFFIC);

        web.perform(proved(BODY))
                .andExpect(status().isServiceUnavailable())
                .andExpect(header().exists("Retry-After"))
                .andExpect(content().contentType("application/problem+json"));

        assertThat(stored()).isZero();
    }

    @Test
    void what_the_database_does_not_take_is_not_acknowledged() throws Exception {
        rig.databaseRefuses(1);

        web.perform(proved(BODY)).andExpect(status().isServiceUnavailable()).andExpect(header().exists("Retry-After"));
        web.perform(proved(BODY)).andExpect(status().isAccepted());

        assertThat(stored()).isEqualTo(1);
        assertThat(counted("notStored")).isEqualTo(1);
    }

    private static MockHttpServletRequestBuilder proved(String body) {
        return post("/webhooks/alertmanager")
                .header("Authorization", "Bearer " + Rig.TOKEN)
                .content(body);
    }

    private void become(ReadinessState state) {
        availability.onApplicationEvent(new AvailabilityChangeEvent<>(this, state));
    }

    private int stored() {
        return rig.jdbc.sql("select count(*) from inbox").query(Integer.class).single();
    }

    private double counted(String result) {
        return rig.meters
                .counter("incident.orchestrator.webhooks", "source", "alertmanager", "result", result)
                .count();
    }

    /** A sender that announces no length and never ends. */
    private static final class Endless extends MockHttpServletRequest {
        private long read;

        Endless() {
            addHeader("Authorization", "Bearer " + Rig.TOKEN);
        }

        @Override
        public long getContentLengthLong() {
            return -1;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ServletInputStream() {
                @Override
                public int read() {
                    read++;
                    return 'x';
                }

                @Override
                public int read(byte[] into, int from, int most) {
                    read += most;
                    Arrays.fill(into, from, from + most, (byte) 'x');
                    return most;
                }

                @Override
                public boolean isFinished() {
                    return false;
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    throw new UnsupportedOperationException("read synchronously");
                }
            };
        }
    }
}
