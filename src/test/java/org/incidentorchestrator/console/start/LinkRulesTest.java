package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class LinkRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "notify.mail.host",
                "notify.slack.webhook-files.ops",
                "notify.pagerduty.integration-key-files.platform"
            })
    void whoever_is_sent_links_has_to_be_told_where_they_lead(String channel) {
        var environment = new MockEnvironment().withProperty(channel, "something");

        assertThat(LinkRules.fault(environment))
                .hasValueSatisfying(fault -> assertThat(fault).contains("notify.base-url is not set"));
        assertThat(LinkRules.fault(environment.withProperty("notify.base-url", "https://incidents.example.org")))
                .isEmpty();
    }

    @Test
    void without_a_channel_no_link_is_sent() {
        assertThat(LinkRules.fault(new MockEnvironment())).isEmpty();
    }
}
