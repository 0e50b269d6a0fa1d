package org.incidentorchestrator.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MrkdwnTest {
    /** What a chat would do something with, as Slack's mrkdwn, Mattermost's and Rocket.Chat's Markdown, or HTML. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<!here|here>",
                "<!subteam^S123>",
                "<@U024BE7LH>",
                "<#C024BE7LR>",
                "<https://evil.example|Acknowledge>",
                "<mailto:x@evil.example|mail>",
                "@channel",
                "@here @all",
                "#general",
                ":rotating_light:",
                "http://evil.example/x",
                "https://evil.example/x",
                "javascript:alert(1)",
                "www.evil.example",
                "mail x@evil.example",
                "[Acknowledge](https://evil.example)",
                "![picture](https://evil.example/pixel.png)",
                "*bold* _italic_ ~struck~ `code`",
                "**bold** __bold__ ~~struck~~",
                "```code block```",
                "| a | table |",
                "> a quote",
                "&lt;!channel&gt;",
                "&#60;!channel&#62;",
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>"
            })
    void what_stands_in_an_alert_is_read_as_text(String hostile) {
        String written = Mrkdwn.text(hostile);

        assertThat(written)
                .doesNotContain("<", ">", "://", "www.", "](", "![", "**", "__", "~~", "``")
                .doesNotContainPattern("@\\w")
                .doesNotContainPattern("#\\w")
                .doesNotContainPattern(":\\w+:")
                .doesNotContainPattern("&(?!(amp|lt|gt);)");
        // What people see is what was written.
        assertThat(written.replace("\u200b", "")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .isEqualTo(hostile);
    }

    @Test
    void a_link_of_ours_is_one() {
        assertThat(Mrkdwn.link(URI.create("https://incidents.example.org/x?a=1&b=2"), "Open"))
                .isEqualTo("<https://incidents.example.org/x?a=1&amp;b=2|Open>");
    }
}
