package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class RedactionTest {
    /** What must never be found again; has the letters, digits and signs that real ones have. */
    private static final String SENTINEL = "S3nt1nel+/x9Qw,7&k";

    private static final String WORD = "S3nt1nelx9Qw7kAbCdEfGhIjKlMnOp";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJTM250MW5lbCJ9.S3nt1nelS1gnature_-abc";
    private static final String KEY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj" + WORD;

    private final Redaction redaction = new Redaction(EvidenceSettings.defaults());

    static List<String> secrets() {
        String base64 = Base64.getEncoder().encodeToString(("admin:" + WORD).getBytes(StandardCharsets.UTF_8));
        String encoded = URLEncoder.encode(WORD + "!", StandardCharsets.UTF_8);
        return List.of(
                "password=" + SENTINEL,
                "2026-01-02 ERROR login failed user=bob password=" + SENTINEL + " host=db",
                "PASSWORD: " + SENTINEL + " and more " + SENTINEL,
                "db.password = " + SENTINEL,
                "{\"user\":\"bob\",\"password\":\"" + SENTINEL + "\",\"n\":1}",
                "{\"api_key\": \"" + SENTINEL + " with blanks\"}",
                "{\n  \"clientSecret\" :\n    \"" + SENTINEL + "\"\n}",
                "{\"log\":\"{\\\"token\\\":\\\"" + WORD + "\\\\\\\"" + WORD + "\\\",\\\"n\\\":1}\"}",
                "{\"password\":\"a\\\"" + WORD + "\"}",
                "passwd: 'it''s " + SENTINEL + "'",
                "  secret: |\n    " + SENTINEL + "\n\n    " + SENTINEL + "\n  next: 1",
                "- name: DB_PASSWORD\n  value: " + SENTINEL + " two words " + SENTINEL,
                "{\"name\":\"DB_PASSWORD\",\"value\":\"" + SENTINEL + "\"}",
                "      DB_PASSWORD:  " + SENTINEL + "\n      OTHER: x",
                "tool --password " + SENTINEL + " --verbose",
                "args: [\"--token\",\"" + SENTINEL + "\"]",
                "- --token\n- " + SENTINEL,
                "<password>" + SENTINEL + "</password>",
                "GET /x?user=a&access_token=" + WORD + "&n=1",
                "GET /x%3Ftoken%3D" + encoded,
                "Authorization: Basic " + base64,
                "curl -H \"Authorization: Bearer " + WORD + "\" https://x",
                "sent Bearer " + WORD + " to x",
                "sent basic " + base64,
                "Cookie: a=" + WORD + "; b=" + WORD,
                "token=Bearer " + WORD,
                "read " + JWT + " from file",
                "x=" + JWT + ".",
                "postgres://bob:" + WORD + "@db:5432/x",
                "postgres://bob:p@" + WORD + "@db:5432/x",
                "redis://:" + WORD + "@cache",
                "jdbc:postgresql://db/x?user=a&password=" + WORD,
                "url=postgres%3A%2F%2Fbob%3A" + WORD + "%40db%2Fx",
                "Server=db;Uid=bob;Pwd=" + SENTINEL + ";Pooling=true",
                "AccountName=x;AccountKey=" + SENTINEL + "==;EndpointSuffix=y",
                "AKIAS3NT1NELX9QW7K00",
                "aws_secret_access_key = " + SENTINEL,
                "ghp_" + WORD,
                "gho_" + WORD,
                "xoxb-123456789012-" + WORD,
                "https://hooks.slack.com/services/T0/B0/" + WORD,
                "-----BEGIN RSA PRIVATE KEY-----\n" + KEY + "\n" + KEY + "\n-----END RSA PRIVATE KEY-----\nafter",
                "  tls.key: |\n    -----BEGIN PRIVATE KEY-----\n    " + KEY
                        + "\n    -----END PRIVATE KEY-----\nafter: 1",
                "\"private_key\": \"-----BEGIN PRIVATE KEY-----\\n" + KEY + "\\n-----END PRIVATE KEY-----\\n\"",
                "x -----BEGIN PRIVATE KEY-----\n" + KEY + "\n" + KEY.substring(5) + "\nS3nt1nel",
                "password: -----BEGIN PRIVATE KEY-----\n" + KEY + "\n-----END PRIVATE KEY-----",
                "tls.key: "
                        + Base64.getEncoder()
                                .encodeToString(
                                        ("-----BEGIN PRIVATE KEY-----\n" + KEY).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_secret_is_not_kept(String text) {
        String redacted = redaction.apply(text);

        assertThat(redacted).doesNotContainIgnoringCase("S3nt1nel").contains("[redacted ");
        assertThat(redacted.lines().count()).isEqualTo(text.lines().count());
        assertThat(redaction.apply(redacted)).isEqualTo(redacted);
        // "S3nt1nel" at the three places that it can have in Base64's groups.
        assertThat(redacted).doesNotContain("UzNudDFuZW", "MzbnQxbmVs", "TM250MW5lb");
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void a_secret_among_other_lines_leaves_them_as_they_are(String text) {
        assertThat(redaction.apply("first line\n" + text + "\nlast: line"))
                .startsWith("first line\n")
                .endsWith("\nlast: line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secretName: mcp-gateway-tls",
                "automountServiceAccountToken: true",
                "DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false",
                "imagePullSecrets:\n- name: registry",
                "kubectl get secret mcp-gateway -n a1-orchestrator -o yaml",
                "kubectl --context=prod -n a1-orchestrator rollout restart deployment/mcp-gateway",
                "secretKeyRef:\n  name: db\n  key: password\nimage: x",
                "basic authentication is off",
                "the bearer token-based way",
                "GET http://mcp-gateway:8080/health?email=a@b.example",
                "ssh://git@example.org/x",
                "mcp-gateway-7d9f8b6c5d-x2x1z on disk-pressure-eviction-manager-node",
                "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.10.0",
                "deployment.apps/mcp-gateway restarted",
                "token: null",
                "-----END OF REPORT-----",
            })
    void what_is_no_secret_stays(String text) {
        assertThat(redaction.apply(text)).isEqualTo(text);
    }

    @Test
    void what_stands_around_a_secret_stays() {
        assertThat(redaction.apply("user=bob password=hunter2, host=db"))
                .isEqualTo("user=bob password=[redacted password], host=db");
        assertThat(redaction.apply("{\"token\":\"a\",\"n\":1}")).isEqualTo("{\"token\":\"[redacted token]\",\"n\":1}");
        assertThat(redaction.apply("postgres://bob:x@db/y")).isEqualTo("postgres://bob:[redacted password]@db/y");
        assertThat(redaction.apply("a: 1\n  secret: >-\n    x\n    y\n  b: 2"))
                .isEqualTo("a: 1\n  secret: >-\n    [redacted secret]\n    [redacted secret]\n  b: 2");
    }

    @Test
    void an_entry_is_redacted_in_summary_and_details() {
        var entry = Entry.of(Entry.Kind.DECIDED, new IncidentNumber(1), "bob", "tried password=" + WORD)
                .with(Map.of("apiToken", WORD, "list", List.of("Bearer " + WORD), "map", Map.of("pwd", WORD), "n", 3));

        var redacted = redaction.apply(entry);

        assertThat(redacted.toString()).doesNotContain("S3nt1nel");
        assertThat(redacted.details()).containsEntry("n", 3).containsEntry("apiToken", "[redacted token]");
    }

    @Test
    void the_settings_own_forms_are_redacted_too() {
        var own = new Redaction(settings("CUST-[0-9]{6}"));

        assertThat(own.apply("order of CUST-123456 failed")).isEqualTo("order of [redacted text] failed");
    }

    @Test
    void a_setting_that_cannot_be_used_says_what_to_do() {
        assertThatThrownBy(() -> settings("("))
                .hasMessageContaining("evidence.redact: '('")
                .hasMessageContaining("correct it");
        assertThatThrownBy(() -> settings("x*")).hasMessageContaining("matches the empty text");
    }

    private static EvidenceSettings settings(String regex) {
        return new EvidenceSettings(
                List.of(regex), DataSize.ofMegabytes(1), Duration.ofMillis(500), Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN X-----\n",
                "-----BEGIN ",
                "-----BEGIN X-----AAAAAAAAAAAAAAAAAAAA",
                "eyJ",
                "eyJa.",
                "a.",
                "a",
                "://",
                "://a:",
                "://a:b@",
                ":b@",
                "%3a%2f%2f%3a",
                "password",
                "password=",
                "password: ",
                "password:\"",
                "password=[",
                "--password ",
                "password|\n",
                "token: |\n",
                " token:\t",
                "name: token value",
                "Bearer ",
                "Bearer a",
                "\\",
                "\"",
                " ",
                "\n",
                ",",
                ",a=",
                "ghp_",
                "sk-",
                "xoxb-",
                "LS0tLS1CRUdJTi",
                "[redacted token]",
            })
    void a_mebibyte_of_anything_is_read_in_seconds(String piece) {
        String text = piece.repeat(1 + (1 << 20) / piece.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> redaction.apply(text));
    }

    @Test
    void a_key_that_a_token_hid_is_seen_once_the_token_is_gone() {
        String hidden = "ghp_" + "a1B2".repeat(9) + "--token  hunter2hunter2";

        assertThat(redaction.apply(hidden)).doesNotContain("hunter2");
    }

    @Property(tries = 3000)
    void redacting_never_fails_keeps_the_lines_and_changes_nothing_the_second_time(@ForAll("hostile") String text) {
        String once = redaction.apply(text);

        assertThat(once.lines().count()).isEqualTo(text.lines().count());
        assertThat(redaction.apply(once)).isEqualTo(once);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> telling = Arbitraries.of(
                "password",
                "token",
                "api_key",
                "authorization",
                "--token",
                "name",
                "value",
                "Bearer ",
                "Basic ",
                "=",
                ":",
                ": ",
                "\"",
                "'",
                "\\",
                "|\n",
                "\n",
                "\r\n",
                "  ",
                "- ",
                "-----BEGIN X-----",
                "-----END X-----",
                "://",
                "@",
                "eyJabcdefgh",
                ".",
                "%3A%2F%2F",
                "%40",
                "%3A",
                "[",
                "]",
                "{",
                "}",
                ",",
                ";",
                "&",
                "<",
                ">",
                "true",
                "[redacted token]",
                "ghp_0123456789abcdefghijABCD",
                "AKIA0123456789ABCDEF",
                "abcdefghijklmnopqrstuvwx");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(8);
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, telling), net.jqwik.api.Tuple.of(1, any))
                .list()
                .ofMaxSize(24)
                .map(parts -> String.join("", parts));
    }
}
