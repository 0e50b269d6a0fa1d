package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an intruder may have read is rotated by people at its source, then fetched anew; long-lived tokens end. */
class RemediateBreachProcessTest extends BreachScenario {
    private static final String REMEDIATE = "remediate-breach";
    private static final Target EXTERNAL = new Target("ExternalSecret", Sandbox.NAMESPACE, "mcp-gateway-tls");
    private static final Target TOKEN = new Target("Secret", Sandbox.NAMESPACE, "token-of-old");
    private static final String FETCHED = "patch " + EXTERNAL.id();
    private static final String ENDED = "delete " + TOKEN.id();

    @AfterEach
    void asBefore() {
        volumes("{'name': 'tls', '$patch': 'delete'}");
        if (sandbox.reader()
                .get(ResourceType.SECRETS, TOKEN.namespace(), TOKEN.name())
                .isPresent()) {
            sandbox.delete(TOKEN);
        }
        passesUnseen(Duration.ofMinutes(5));
    }

    @Test
    void what_was_rotated_is_fetched_anew_and_tokens_end_behind_one_approval() {
        mountsItsCertificate();
        hasAToken();
        String run = asked();
        assertThat(changes()).isEmpty();
        approves();
        passes(Duration.ofMinutes(1));

        assertThat(changes()).containsExactly(FETCHED, ENDED);
        assertThat(path(run))
                .containsSubsequence("serviceTask_checkSecrets", "event_nextLookDue", "serviceTask_checkSecrets");
        assertThat(endOf(run)).isEqualTo("endEvent_remediated");
    }

    @Test
    void without_a_token_only_its_secrets_are_fetched() {
        mountsItsCertificate();
        String run = asked();
        approves();
        passes(Duration.ofMinutes(1));

        assertThat(changes()).containsExactly(FETCHED);
        assertThat(endOf(run)).isEqualTo("endEvent_remediated");
    }

    @Test
    void without_secrets_only_its_tokens_end() {
        hasAToken();
        String run = asked();
        approves();

        assertThat(changes()).containsExactly(ENDED);
        assertThat(endOf(run)).isEqualTo("endEvent_remediated");
    }

    @Test
    void whoever_approves_may_go_on_without_or_have_it_looked_at_again() {
        hasAToken();
        String run = asked();
        looksAgain();
        rotates();
        rejects("none");

        assertThat(changes()).isEmpty();
        assertThat(endOf(run)).isEqualTo("endEvent_remediated_without");
    }

    @Test
    void what_is_not_fetched_in_time_is_for_people_and_no_token_ends() {
        mountsItsCertificate();
        hasAToken();
        String run = asked();
        approves();
        somebodyChangesItAllTheTime(Duration.ofMinutes(3));

        assertThat(path(run)).contains("endEvent_notFetched");
        assertThat(endOf(run)).isEqualTo("endEvent_handedToHuman");
        assertThat(changes()).containsExactly(FETCHED);
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_rotating() {
        hasAToken();
        anIncident();
        String run = starts(REMEDIATE, DEPLOYMENT, Map.of());
        ends("alice", "continuedElsewhere");

        assertThat(endOf(run)).isEqualTo("endEvent_noLongerAsked_refs");
        assertThat(changes()).isEmpty();
    }

    @Test
    void a_person_who_ends_the_incident_ends_the_asking() {
        hasAToken();
        String run = asked();
        ends("responder", "continuedElsewhere");

        assertThat(endOf(run)).isEqualTo("endEvent_noLongerAsked_decision");
        assertThat(changes()).isEmpty();
    }

    private String asked() {
        anIncident();
        String run = starts(REMEDIATE, DEPLOYMENT, Map.of());
        rotates();
        assertThat(taskNames()).contains("Approve change");
        return run;
    }

    private void mountsItsCertificate() {
        volumes("{'name': 'tls', 'secret': {'secretName': 'mcp-gateway-tls'}}");
        passesUnseen(Duration.ofMinutes(2));
    }

    private void hasAToken() {
        ObjectNode token = (ObjectNode)
                json("{'apiVersion': 'v1', 'kind': 'Secret', 'type': 'kubernetes.io/service-account-token'}"
                        .replace('\'', '"'));
        token.withObject("/metadata").put("name", TOKEN.name()).put("namespace", TOKEN.namespace());
        token.withObject("/metadata/annotations").put("kubernetes.io/service-account.name", "default");
        sandbox.create(token);
    }

    /** External Secrets fetches once it is left alone for some seconds. */
    private void somebodyChangesItAllTheTime(Duration time) {
        for (Instant until = now().plus(time); now().isBefore(until); ) {
            String label = "{\"metadata\": {\"labels\": {\"changed\": \"%s\"}}}";
            sandbox.patch(EXTERNAL, json(label.formatted(now().getEpochSecond())));
            passes(Duration.ofSeconds(2));
        }
    }

    private void volumes(String volume) {
        sandbox.patch(
                DEPLOYMENT,
                json("{'spec': {'template': {'spec': {'volumes': [%s]}}}}"
                        .formatted(volume)
                        .replace('\'', '"')));
    }
}
