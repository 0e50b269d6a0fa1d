package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision tables, walked through every combination of what can come in; absent values included. */
class DecisionsTest {
    private static final DmnEngine ENGINE = new DefaultDmnEngineConfiguration().buildEngine();
    private static final DmnDecision RUNBOOK = table("choose-runbook");
    private static final DmnDecision REMEDY = table("next-remedy");
    private static final DmnDecision AUTONOMY = table("autonomy");
    private static final DmnDecision MEMORY_CAUSE = table("memory-cause");
    private static final DmnDecision CPU_LEVER = table("cpu-lever");

    @ParameterizedTest
    @CsvSource({
        "ServiceDown, true, service-down",
        "TargetDown, true, service-down",
        "KubePodCrashLooping, true, service-down",
        "KubeDeploymentReplicasMismatch, true, service-down",
        "KubeStatefulSetReplicasMismatch, true, service-down",
        "DisasterDeclared, true, disaster-recovery",
        "DisasterDeclared, false, disaster-recovery",
        "PolicyViolation, true, policy-violation",
        "PolicyViolation, false, policy-violation",
        "GatekeeperConstraintViolations, true, policy-violation",
        "GatekeeperViolations, false, policy-violation",
        "GatekeeperConstraintViolationsIncreasing, true, policy-violation",
        "CertificateExpiring, false, certificate-rotation",
        "CertificateExpiringSoon, true, certificate-rotation",
        "CertificateExpiry, false, certificate-rotation",
        "CertificateExpirySoon, true, certificate-rotation",
        "CertificateWillExpire, false, certificate-rotation",
        "CertificateExpired, true, certificate-rotation",
        "CertificateRenewalFailed, false, certificate-rotation",
        "CertManagerCertExpirySoon, true, certificate-rotation",
        "CertManagerCertExpiringSoon, false, certificate-rotation",
        "CertManagerCertificateExpiration, true, certificate-rotation",
        "CertManagerCertNotReady, false, certificate-rotation",
        "CertManagerCertificateNotReady, true, certificate-rotation",
        "BlackboxSslCertificateWillExpireSoon, false, certificate-rotation",
        "BlackboxSslCertificateExpired, true, certificate-rotation",
        "SSLCertExpiringSoon, false, certificate-rotation",
        "SSLCertificateExpiringSoon, true, certificate-rotation",
        "SSLCertExpired, false, certificate-rotation",
        "CertificateExpiring, true, certificate-rotation",
        "CertificateExpiring, , certificate-rotation",
        "KubeClientCertificateExpiration, true, unknown-alert",
        "KubeClientCertificateExpiration, false, unknown-alert",
        "CertManagerAbsent, false, unknown-alert",
        "KubePodNotReady, true, pod-stuck-pending",
        "KubePodNotScheduled, true, pod-stuck-pending",
        "KubeContainerWaiting, true, pod-stuck-pending",
        "KubeDaemonSetNotScheduled, true, pod-stuck-pending",
        "PodStuckPending, true, pod-stuck-pending",
        "PodPending, true, pod-stuck-pending",
        "PodPending, false, unknown-alert",
        "ServiceUnreachable, true, service-unreachable",
        "ProbeFailed, true, service-unreachable",
        "BlackboxProbeFailed, true, service-unreachable",
        "EndpointDown, true, service-unreachable",
        "EndpointDown, false, unknown-alert",
        "HighErrorRate, true, high-error-rate",
        "HighHttpErrorRate, true, high-error-rate",
        "ErrorBudgetBurn, true, high-error-rate",
        "NginxHighHttp5xxErrorRate, true, high-error-rate",
        "TraefikHighHttp5xxErrorRateService, true, high-error-rate",
        "IstioHigh5xxErrorRate, true, high-error-rate",
        "HighErrorRate, false, unknown-alert",
        "HighLatency, true, slow-response-times",
        "HighRequestLatency, true, slow-response-times",
        "SlowResponseTimes, true, slow-response-times",
        "BlackboxSlowProbe, true, slow-response-times",
        "BlackboxProbeSlowHttp, true, slow-response-times",
        "NginxLatencyHigh, true, slow-response-times",
        "IstioLatency99Percentile, true, slow-response-times",
        "HighLatency, false, unknown-alert",
        "SuspectedBreach, true, suspected-breach",
        "SuspectedBreach, false, unknown-alert",
        "FalcoCriticalRule, true, suspected-breach",
        "Terminal shell in container, true, suspected-breach",
        "ContainerMemoryUsageHigh, true, high-memory-usage",
        "HighMemoryUsage, true, high-memory-usage",
        "ContainerHighMemoryUsage, true, high-memory-usage",
        "PodMemoryUsageHigh, true, high-memory-usage",
        "KubeContainerOOMKilled, true, high-memory-usage",
        "ContainerOOMKilled, true, high-memory-usage",
        "KubernetesContainerOomKiller, true, high-memory-usage",
        "HighMemoryUsage, false, unknown-alert",
        "KubeMemoryOvercommit, true, unknown-alert",
        "HighCpuUsage, true, high-cpu-usage",
        "HighCPUUsage, true, high-cpu-usage",
        "ContainerCpuUsageHigh, true, high-cpu-usage",
        "ContainerHighCpuUtilization, true, high-cpu-usage",
        "PodCPUUsageHigh, true, high-cpu-usage",
        "CPUThrottlingHigh, true, high-cpu-usage",
        "KubeHpaMaxedOut, true, high-cpu-usage",
        "KubeHpaReplicasMismatch, true, high-cpu-usage",
        "MemoryLeak, true, memory-leak",
        "MemoryLeakSuspected, true, memory-leak",
        "ContainerMemoryLeak, true, memory-leak",
        "PossibleMemoryLeak, true, memory-leak",
        "ServiceDown, false, unknown-alert",
        "servicedown, true, unknown-alert",
        "KubeNodeNotReady, true, unknown-alert",
        "CommonCause, false, common-cause",
        "CommonCause, true, common-cause",
        "'', true, unknown-alert",
        ", true, unknown-alert",
        "ServiceDown, , unknown-alert",
    })
    void an_alert_goes_to_the_runbook_that_names_it_if_its_workload_is_there(
            String alertName, Boolean found, String runbook) {
        assertThat(decide(RUNBOOK, values("alertName", alertName, "found", found)))
                .isEqualTo(runbook);
    }

    @ParameterizedTest
    @CsvSource({
        "crashLoop, restart, scale, replace, none",
        "notReady, restart, scale, replace, none",
        "none, restart, scale, replace, none",
        "neverHeardOf, restart, scale, replace, none",
        ", restart, scale, replace, none",
        "oomKilled, restart, scale, none, none",
        "imagePull, none, none, none, none",
        "configError, none, none, none, none",
        "pending, none, none, none, none",
    })
    void a_cause_has_its_ladder_and_every_ladder_ends(
            String cause, String first, String afterRestart, String afterScale, String afterReplace) {
        assertThat(remedy(cause, null)).isEqualTo(first);
        assertThat(remedy(cause, "restart")).isEqualTo(afterRestart);
        assertThat(remedy(cause, "scale")).isEqualTo(afterScale);
        assertThat(remedy(cause, "replace")).isEqualTo(afterReplace);
        assertThat(remedy(cause, "none")).isEqualTo("none");
    }

    /** Each row, the two sides of 85 %, and what is not known. */
    @ParameterizedTest
    @CsvSource({
        "oomKilled, 96, growing, 0, killed",
        "oomKilled, 12, steady, 0, killed",
        "oomKilled, -1, unknown, 0, killed",
        "oomKilled, , , , killed",
        "none, 86, growing, 0, leaking",
        "none, 86, growing, 1, leaking",
        "none, 86, steady, 0, load",
        "crashLoop, 100, falling, 0, load",
        "none, 86, unknown, 0, unknown",
        "none, 86, , 0, unknown",
        "none, 86, neverHeardOf, 0, unknown",
        "none, -1, unknown, 1, noLimit",
        "none, 85, growing, 1, noLimit",
        "none, 85, growing, 0, none",
        "none, 0, steady, 0, none",
        "none, -1, growing, 0, unknown",
        ", , , , unknown",
    })
    void memory_is_full_for_a_cause_that_is_named_and_unknown_is_no_cause(
            String cause, Integer percent, String trend, Integer unlimited, String memoryCause) {
        assertThat(decide(
                        MEMORY_CAUSE,
                        values(
                                "cause",
                                cause,
                                "memoryPercent",
                                percent,
                                "trend",
                                trend,
                                "withoutMemoryLimit",
                                unlimited)))
                .isEqualTo(memoryCause);
    }

    /** Each row, the two sides of each bound, and what is not known. */
    @ParameterizedTest
    @CsvSource({
        "80, none, 2, 0, none",
        "0, atMaximum, 10, 10, none",
        "-1, none, 2, 0, unknown",
        ", none, 2, 0, unknown",
        "81, responding, 2, 6, wait",
        "81, responding, 10, 10, wait",
        "81, atMaximum, 6, 6, raise",
        "81, atMaximum, 7, 7, raise",
        "81, atMaximum, 8, 8, raiseToTen",
        "81, atMaximum, 9, 9, raiseToTen",
        "81, atMaximum, 10, 10, atMaximum",
        "81, atMaximum, 12, 12, atMaximum",
        "81, none, 2, 0, scale",
        "81, none, 7, 0, scale",
        "81, none, 8, 0, raiseToTen",
        "81, none, 9, 0, raiseToTen",
        "81, none, 10, 0, atMaximum",
        "81, notResponding, 2, 6, scale",
        "81, notResponding, 8, 8, raiseToTen",
        "81, notResponding, 10, 10, atMaximum",
        "81, disabled, 0, 6, unknown",
        "81, unknown, 2, 6, unknown",
        "81, , , , unknown",
        "81, none, , , unknown",
    })
    void what_has_too_little_cpu_gets_more_by_the_lever_that_holds_and_ten_at_most(
            Integer percent, String verdict, Integer replicas, Integer most, String lever) {
        assertThat(decide(
                        CPU_LEVER,
                        values("cpuPercent", percent, "verdict", verdict, "replicas", replicas, "maxReplicas", most)))
                .isEqualTo(lever);
    }

    /** An action is the verb's first word: {@code deletePod} is {@code delete}. */
    @Test
    void the_table_asks_for_approval_of_exactly_what_the_step_refuses_without_one() {
        for (Step<?, ?> step : Verbs.all().stream().filter(Step::changes).toList()) {
            String action = step.name().replaceAll("[A-Z].*", "");
            Object decider =
                    decide(AUTONOMY, values("action", action, "severity", "critical", "pods", 2, "unattended", true));
            assertThat("approval".equals(decider))
                    .as("%s, which the table gives to %s", step.name(), decider)
                    .isEqualTo(step.needsApproval());
        }
    }

    @Test
    void only_the_restart_of_a_critical_service_with_two_pods_runs_alone_and_only_where_that_is_allowed() {
        Set<Object> remedies = Set.of("restart", "scale", "replace");
        for (Map<String, Object> values : changes().toList()) {
            boolean alone = "restart".equals(values.get("action"))
                    && "critical".equals(values.get("severity"))
                    && Integer.valueOf(2).equals(values.get("pods"))
                    && Boolean.TRUE.equals(values.get("unattended"));
            boolean remedy = remedies.contains(String.valueOf(values.get("action")));
            assertThat(decide(AUTONOMY, values))
                    .as("%s", values)
                    .isEqualTo(alone ? "alone" : remedy ? "responder" : "approval");
        }
    }

    private static Stream<Map<String, Object>> changes() {
        return Stream.of("restart", "scale", "replace", "isolate", null).flatMap(action -> Stream.of(
                        "critical", "warning", null)
                .flatMap(severity -> Stream.of(1, 2, null).flatMap(pods -> Stream.of(true, false, null)
                        .map(unattended -> values(
                                "action", action, "severity", severity, "pods", pods, "unattended", unattended)))));
    }

    private static String remedy(String cause, String lastRemedy) {
        return decide(REMEDY, values("cause", cause, "lastRemedy", lastRemedy));
    }

    private static String decide(DmnDecision table, Map<String, Object> values) {
        return ENGINE.evaluateDecisionTable(table, values).getSingleResult().getSingleEntry();
    }

    private static Map<String, Object> values(Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int n = 0; n < pairs.length; n += 2) {
            values.put((String) pairs[n], pairs[n + 1]);
        }
        return values;
    }

    private static DmnDecision table(String key) {
        return ENGINE.parseDecision(
                key, DecisionsTest.class.getResourceAsStream("/processes/decisions/" + key + ".dmn"));
    }
}
