package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.incident.Ending;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.support.TestIncident;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentReportTest {
    private static final Instant OPENED = Instant.parse("2026-01-02T03:04:05Z");
    private static final String RESTART = "kubectl --context=prod -n shop rollout restart deployment/cart";

    @Test
    void a_closed_incident_reads_from_top_to_bottom() {
        var log = new Artefacts.Kept(7, 3, OPENED, "cart.log", "text/plain", "kubectl logs cart", "00", 5);
        String report = IncidentReport.of(
                closed("ServiceDown", "cart is down"),
                List.of(
                        entry(1, 0, Kind.INCIDENT_OPENED, "alertmanager", "opened", Map.of()),
                        entry(2, 185, Kind.ACKNOWLEDGED, "alice", "took the incident", Map.of()),
                        entry(3, 190, Kind.STEP_LOOKED, Entry.SELF, "1 of 2 pods crashes", Map.of())
                                .with(List.of(log)),
                        entry(4, 200, Kind.STEP_INTENT, Entry.SELF, "about to restart", Map.of("kubectl", RESTART)),
                        entry(
                                5,
                                201,
                                Kind.STEP_APPLIED,
                                Entry.SELF,
                                "restarted cart",
                                Map.of("kubectl", List.of(RESTART))),
                        entry(6, 3700, Kind.INCIDENT_CLOSED, Entry.SELF, "closed", Map.of())),
                List.of());

        assertThat(report)
                .isEqualTo(
                        """
                        # INC-1: ServiceDown on shop/cart

                        |  |  |
                        | --- | --- |
                        | Alert | cart is down |
                        | Severity | critical |
                        | About | Deployment shop/cart |
                        | Runbook | service-down |
                        | Opened | 2026-01-02 03:04:05 UTC |
                        | Time to acknowledge | +0:03:05, by alice |
                        | Time to resolve | +1:01:40, resolved by runbook |
                        | Ended by | alertmanager: pager resolved |

                        ## What was found

                        | Time (UTC) | After | Who | What |
                        | --- | --- | --- | --- |
                        | 03:07:15 | +0:03:10 | incident-orchestrator | 1 of 2 pods crashes [cart.log](/api/incidents/INC-1/evidence/7) |

                        ## What was decided

                        | Time (UTC) | After | Who | What |
                        | --- | --- | --- | --- |
                        | 03:07:10 | +0:03:05 | alice | took the incident |

                        ## What was done

                        ```sh
                        # 03:07:26 applied: restarted cart
                        kubectl --context=prod -n shop rollout restart deployment/cart
                        ```

                        ## Timeline

                        | Time (UTC) | After | Who | What |
                        | --- | --- | --- | --- |
                        | 03:04:05 | +0:00:00 | alertmanager | opened |
                        | 03:07:10 | +0:03:05 | alice | took the incident |
                        | 03:07:15 | +0:03:10 | incident-orchestrator | 1 of 2 pods crashes [cart.log](/api/incidents/INC-1/evidence/7) |
                        | 03:07:25 | +0:03:20 | incident-orchestrator | about to restart |
                        | 03:07:26 | +0:03:21 | incident-orchestrator | restarted cart |
                        | 04:05:45 | +1:01:40 | incident-orchestrator | closed |

                        """);
    }

    @Test
    void an_open_incident_without_entries_says_so() {
        assertThat(IncidentReport.of(open(), List.of(), List.of()))
                .contains("nobody acknowledged it", "still open", "not found in the cluster", "Nothing was changed.");
    }

    @Test
    void a_reopened_incident_is_timed_from_its_last_opening() {
        assertThat(IncidentReport.of(
                        open(),
                        List.of(
                                entry(1, 5, Kind.ACKNOWLEDGED, "alice", "took it", Map.of()),
                                entry(2, 600, Kind.INCIDENT_REOPENED, "alertmanager", "fires again", Map.of()),
                                entry(3, 660, Kind.ACKNOWLEDGED, "bob", "took it", Map.of())),
                        List.of()))
                .contains("| Time to acknowledge | +0:01:00, by bob |");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "[click](javascript:alert(1))",
                "![x](http://evil.example/pixel)",
                "http://evil.example",
                "a | b | c",
                "`code` *bold* _it_ ~~no~~ $x$",
                "&lt;script&gt;",
                "one\r\n# two\n- three\n\n    four\u2028five\u202esix",
                "```\nrm -rf /",
            })
    void text_of_an_alert_is_only_text(String hostile) {
        String report = IncidentReport.of(
                closed(hostile, hostile),
                List.of(entry(1, 0, Kind.STEP_APPLIED, hostile, hostile, Map.of("kubectl", "x " + hostile))),
                List.of());
        String outside = report.replaceAll("(?s)\n(````*)sh\n.*?\n\\1\n", "");

        assertThat(outside)
                .doesNotContain("<", "://")
                .doesNotContainPattern("(?<!\\\\)\\]\\((?!/api/)")
                .doesNotContainPattern("(?m)^\\s*(# two|- three|four)")
                .doesNotContainPattern("(?<!\\\\)[`*~$]");
        assertThat(outside.lines().filter(line -> line.startsWith("|")))
                .allSatisfy(
                        line -> assertThat(line.split("(?<!\\\\)\\|").length).isIn(3, 5));
        assertThat(report).doesNotContain("\r", "\u2028", "\u202e");
    }

    private static Recorded entry(
            long id, int seconds, Kind kind, String who, String what, Map<String, Object> details) {
        return new Recorded(id, OPENED.plusSeconds(seconds), kind, who, "", what, details, true, List.of());
    }

    private static Incident closed(String alert, String summary) {
        return TestIncident.opened(1, new IncidentKey(alert, "shop", "cart"), OPENED)
                .saying(summary)
                .sentTo("service-down", new Target("Deployment", "shop", "cart"))
                .takenBy("alice", OPENED.plusSeconds(185))
                .ended(new Ending(Ending.Cause.PAGER_RESOLVED, "alertmanager", "", OPENED.plusSeconds(3600)))
                .closed(Incident.Outcome.RESOLVED_BY_RUNBOOK, OPENED.plusSeconds(3700))
                .row();
    }

    private static Incident open() {
        return TestIncident.opened(1, new IncidentKey("ServiceDown", "shop", "cart"), OPENED)
                .reopened(1)
                .row();
    }
}
