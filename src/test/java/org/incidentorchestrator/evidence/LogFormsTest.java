package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.logging.logback.WhitespaceThrowableProxyConverter;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** The log's two forms, as lines for people and as JSON: an event is one line, and no alert can write another. */
class LogFormsTest {
    private static final String FORGED = "2026-11-24T03:00:00Z INFO  INC-9 closed: resolved by the runbook";
    private static final JsonMapper JSON = new JsonMapper();

    private final LoggerContext context = new LoggerContext();
    private final Logger incident = (Logger) LoggerFactory.getLogger("incident");
    private final ListAppender<ILoggingEvent> seen = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.putObject(
                CoreConstants.PATTERN_RULE_REGISTRY, Map.of("wEx", WhitespaceThrowableProxyConverter.class.getName()));
        context.putObject(org.springframework.core.env.Environment.class.getName(), new MockEnvironment());
        seen.setContext(incident.getLoggerContext());
        seen.start();
        incident.setLevel(Level.INFO);
        incident.addAppender(seen);
    }

    @AfterEach
    void stopListening() {
        incident.detachAppender(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u000b", "\u001b[2K\r"})
    void an_alerts_text_is_one_line_for_people(String lineBreak) throws IOException {
        LogLine.write(entry("down" + lineBreak + FORGED));

        assertThat(lines(plain()))
                .singleElement()
                .asString()
                .matches("\\S+Z INFO  INC-1 down .*" + FORGED + " \\(alertmanager\\)")
                .doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "logstash"})
    void an_event_is_one_object_with_the_incidents_number_as_a_field(String format) throws IOException {
        LogLine.write(entry("down\n" + FORGED + "\"}\n{\"message\":\"forged"));

        List<String> lines = lines(json(format));
        assertThat(lines).hasSize(1);
        JsonNode line = JSON.readTree(lines.get(0));
        assertThat(field(line, "number")).isEqualTo("INC-1");
        assertThat(field(line, "event")).isEqualTo("incident_opened");
        assertThat(field(line, "actor")).isEqualTo("alertmanager");
        assertThat(line.path("message").asText()).startsWith("INC-1 down");
    }

    @Test
    void an_exceptions_text_begins_no_line_for_people() throws IOException {
        log("could not be stored\n" + FORGED, new IllegalStateException("no room for\n" + FORGED + "\u2028" + FORGED));

        List<String> lines = lines(plain());
        assertThat(lines.get(0)).endsWith(" ERROR could not be stored " + FORGED);
        assertThat(lines.subList(1, lines.size())).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(line)
                .matches("    .*|"));
        assertThat(String.join("\n", lines)).contains("IllegalStateException: no room for", "\tat ");
    }

    @Test
    void an_exceptions_text_begins_no_object() throws IOException {
        log("could not be stored", new IllegalStateException("no room for\n{\"message\":\"forged\"}"));

        assertThat(lines(json("ecs"))).singleElement().satisfies(line -> assertThat(
                        JSON.readTree(line).at("/error/message").asText())
                .contains("forged"));
    }

    private void log(String message, Throwable thrown) {
        incident.error(message, thrown);
    }

    private static Entry entry(String summary) {
        return Entry.of(Entry.Kind.INCIDENT_OPENED, new IncidentNumber(1), "alertmanager", summary);
    }

    private static String field(JsonNode line, String name) {
        return line.has("incident.number")
                ? line.path("incident." + name).asText()
                : line.path("incident").path(name).asText();
    }

    private Encoder<ILoggingEvent> plain() throws IOException {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern());
        encoder.start();
        return encoder;
    }

    private static String pattern() throws IOException {
        return new YamlPropertySourceLoader()
                .load("settings", new ClassPathResource("application.yml")).stream()
                        .map(settings -> settings.getProperty("logging.pattern.console"))
                        .map(String::valueOf)
                        .findFirst()
                        .orElseThrow();
    }

    private Encoder<ILoggingEvent> json(String format) {
        var encoder = new StructuredLogEncoder();
        encoder.setContext(context);
        encoder.setFormat(format);
        encoder.start();
        return encoder;
    }

    private List<String> lines(Encoder<ILoggingEvent> encoder) {
        List<String> lines = new ArrayList<>();
        for (ILoggingEvent event : seen.list) {
            new String(encoder.encode(event), StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        return lines;
    }
}
