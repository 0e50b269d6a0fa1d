package org.incidentorchestrator.step.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.step.guard.Situation.CLOCK;
import static org.incidentorchestrator.step.guard.Situation.GATEWAY;
import static org.incidentorchestrator.step.guard.Situation.NOW;
import static org.incidentorchestrator.step.guard.Situation.evicting;
import static org.incidentorchestrator.step.guard.Situation.isolating;
import static org.incidentorchestrator.step.guard.Situation.patching;
import static org.incidentorchestrator.step.guard.Situation.restarting;
import static org.incidentorchestrator.step.guard.Situation.running;
import static org.incidentorchestrator.step.guard.Situation.scaling;
import static org.incidentorchestrator.step.guard.Situation.scalingTo;
import static org.incidentorchestrator.step.guard.Situation.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.ObjectsCluster;
import org.incidentorchestrator.incident.Ending.Cause;
import org.incidentorchestrator.step.Mode;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.StepGuard;
import org.incidentorchestrator.step.StepGuard.Verdict;
import org.incidentorchestrator.step.verb.Verbs;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;

/** Each guard asked about changes that are about to be made, and what it answers. */
class GuardTest {
    private static final StepCatalogue VERBS = new StepCatalogue(List.copyOf(Verbs.all()));

    @ParameterizedTest
    @EnumSource
    void whoever_ended_the_incident_nothing_more_is_changed_for_it(Cause cause) {
        Verdict verdict = restarting(GATEWAY).endedBy(cause).judgedBy(new StillFiring(VERBS));
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(RefusalCode.ALERT_RESOLVED);
            assertThat(refused.message()).contains("INC-7", "ada");
        });
    }

    @ParameterizedTest
    @EnumSource
    void what_was_changed_for_it_may_still_be_taken_back(Cause cause) {
        assertThat(restarting(GATEWAY).by("undoChange").endedBy(cause).reasonOf(new StillFiring(VERBS)))
                .isEqualTo("allowed");
    }

    @Test
    void that_the_incident_has_ended_is_said_before_anything_else_and_the_global_stop_next() {
        var guards = new ArrayList<StepGuard>(List.of(
                new DisruptionBudget(),
                new MaxReplicas(settings()),
                new GlobalStop(null),
                new FreezeWindow(settings(), CLOCK),
                new StillFiring(VERBS)));
        AnnotationAwareOrderComparator.sort(guards);
        assertThat(guards)
                .extracting(guard -> guard.getClass().getSimpleName())
                .containsExactly("StillFiring", "GlobalStop", "FreezeWindow", "MaxReplicas", "DisruptionBudget");
    }

    @Test
    void while_the_alert_fires_changes_are_allowed() {
        assertThat(restarting(GATEWAY).reasonOf(new StillFiring(VERBS))).isEqualTo("allowed");
    }

    @Test
    void a_script_is_judged_without_the_cluster_which_may_be_what_it_installs() {
        Situation situation = running("k3s-install");
        Stream.of(
                        namespaces(),
                        new AutoscalerOwnership(),
                        new ArgoCdOwnership(new ArgoCdSettings("argocd")),
                        new DisruptionBudget(),
                        new MaxReplicas(settings()))
                .forEach(guard -> assertThat(situation.reasonOf(guard)).isEqualTo("allowed"));
        assertThat(situation.cluster().asked()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"a1-orchestrator, allowed", "kube-system, namespaceNotAllowed"})
    void only_named_namespaces_are_changed(String namespace, String answer) {
        assertThat(restarting(GATEWAY.replace("a1-orchestrator", namespace)).reasonOf(namespaces()))
                .isEqualTo(answer);
    }

    private static StepGuard namespaces() {
        return new AllowedNamespace(
                new ClusterSettings(
                        "",
                        false,
                        "",
                        Map.of(),
                        Map.of(),
                        Duration.ofSeconds(10),
                        10,
                        List.of("a1-orchestrator"),
                        Duration.ofSeconds(15)),
                new ArgoCdSettings("argocd"));
    }

    @ParameterizedTest(name = "{0} replicas: {1}")
    @CsvSource({"3, allowed", "10, allowed", "11, tooManyReplicas"})
    void a_workload_gets_ten_replicas_at_most(int replicas, String answer) {
        assertThat(scalingTo(replicas).reasonOf(new MaxReplicas(settings()))).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    HorizontalPodAutoscaler | {minReplicas: 10}                    | allowed
                    HorizontalPodAutoscaler | {maxReplicas: 11}                    | tooManyReplicas
                    HorizontalPodAutoscaler | {minReplicas: 11, maxReplicas: 9}    | tooManyReplicas
                    ScaledObject            | {minReplicaCount: 11}                | tooManyReplicas
                    ScaledObject            | {minReplicaCount: 2}                 | allowed
                    """)
    void nor_does_who_scales_it_get_leave_for_more(String kind, String spec, String answer) {
        String object = "{kind: %s, metadata: {name: x, namespace: a1-orchestrator, uid: u, resourceVersion: '1'}}"
                .formatted(kind);
        assertThat(patching(object, "spec: " + spec).reasonOf(new MaxReplicas(settings())))
                .isEqualTo(answer);
    }

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "2026-11-24T11:00:00Z, 2026-11-24T13:00:00Z, frozen",
        "2026-11-24T12:00:00Z, 2026-11-24T13:00:00Z, frozen",
        "2026-11-24T11:00:00Z, 2026-11-24T12:00:00Z, allowed",
        "2026-11-24T12:00:01Z, 2026-11-24T13:00:00Z, allowed"
    })
    void nothing_is_changed_during_a_freeze(Instant from, Instant to, String answer) {
        var guard = new FreezeWindow(settings(new GuardSettings.Freeze(from, to, "year end")), CLOCK);
        assertThat(restarting(GATEWAY).reasonOf(guard)).isEqualTo(answer);
    }

    @Test
    void a_freeze_that_never_begins_is_said_at_once() {
        assertThatThrownBy(() -> new GuardSettings.Freeze(NOW, NOW, "none"))
                .hasMessageContaining("step.freeze")
                .hasMessageContaining("earlier time first");
    }

    @Nested
    class Autoscalers {
        private final AutoscalerOwnership guard = new AutoscalerOwnership();

        @ParameterizedTest(name = "one that scales {0} {1}: {2}")
        @CsvSource({
            "Deployment, mcp-gateway, ownedByAutoscaler",
            "Deployment, mcp-config, allowed",
            "StatefulSet, mcp-gateway, allowed"
        })
        void the_autoscaler_of_this_very_workload_forbids_scaling(String kind, String name, String answer) {
            assertThat(scalingTo(3).where(autoscaler(kind, name, "")).reasonOf(guard))
                    .isEqualTo(answer);
        }

        @Test
        void a_restart_leaves_the_replicas_alone() {
            assertThat(restarting(GATEWAY)
                            .where(autoscaler("Deployment", "mcp-gateway", ""))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void the_message_names_the_autoscaler_its_bounds_and_what_to_raise() {
            assertThat(scalingTo(3)
                            .where(autoscaler("Deployment", "mcp-gateway", ""))
                            .messageOf(guard))
                    .contains("gateway-hpa", "between 2 and 6", "spec.minReplicas");
        }

        @Test
        void one_that_keda_made_says_so() {
            String owner = "ownerReferences: [{kind: ScaledObject, name: gateway-queue, controller: true}]";
            assertThat(scalingTo(3)
                            .where(autoscaler("Deployment", "mcp-gateway", owner))
                            .messageOf(guard))
                    .contains("KEDA's ScaledObject gateway-queue", "minReplicaCount");
        }

        @ParameterizedTest(name = "{0} replicas: {1}")
        @CsvSource({"3, allowed", "6, allowed", "7, ownedByAutoscaler", "1, ownedByAutoscaler", "0, allowed"})
        void one_that_cannot_measure_keeps_only_its_bounds(int replicas, String answer) {
            String broken = autoscaler("Deployment", "mcp-gateway", "")
                    + "status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetResourceMetric}]}\n";
            assertThat(scalingTo(replicas).where(broken).reasonOf(guard)).isEqualTo(answer);
        }

        @Test
        void none_of_kubernetes_scales_up_from_zero_but_keda_does() {
            String keda = "{kind: ScaledObject, metadata: {name: gateway-queue, namespace: a1-orchestrator},"
                    + " spec: {scaleTargetRef: {name: mcp-gateway}}}";
            assertThat(scalingTo(0)
                            .where(autoscaler("Deployment", "mcp-gateway", ""))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
            assertThat(scalingTo(0).where(keda).messageOf(guard))
                    .contains("ScaledObject gateway-queue", "autoscaling.keda.sh/paused-replicas");
        }

        @Test
        void keda_that_nobody_may_read_is_not_absent() {
            Situation situation = scalingTo(3).where(ObjectsCluster.of().failing("ScaledObject", Kind.FORBIDDEN));
            assertThatThrownBy(() -> situation.judgedBy(guard)).isInstanceOf(ClusterFailure.class);
        }

        @Test
        void a_cluster_without_autoscalers_has_none() {
            assertThat(scalingTo(3)
                            .where(ObjectsCluster.of().failing("HorizontalPodAutoscaler", Kind.NOT_INSTALLED))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void a_cluster_that_does_not_answer_is_no_answer() {
            Situation situation =
                    scalingTo(3).where(ObjectsCluster.of().failing("HorizontalPodAutoscaler", Kind.UNREACHABLE));
            assertThatThrownBy(() -> situation.judgedBy(guard)).isInstanceOf(ClusterFailure.class);
        }

        private static String autoscaler(String kind, String name, String owner) {
            return """
                    kind: HorizontalPodAutoscaler
                    metadata:
                      name: gateway-hpa
                      namespace: a1-orchestrator
                      %s
                    spec: {minReplicas: 2, maxReplicas: 6, scaleTargetRef: {kind: %s, name: %s}}
                    """
                    .formatted(owner, kind, name);
        }
    }

    @Nested
    class ArgoCd {
        private static final String HEALS = "syncPolicy: {automated: {selfHeal: true}}";
        private static final String BY_LABEL = "labels: {argocd.argoproj.io/instance: platform}";
        private static final String BY_ID =
                "annotations: {argocd.argoproj.io/tracking-id: 'platform:apps/Deployment:a1-orchestrator/mcp-gateway'}";
        private static final String COPIED =
                "annotations: {argocd.argoproj.io/tracking-id: 'platform:apps/Deployment:a1-orchestrator/other'}";
        private static final String NOTHING = "labels: {app: mcp-gateway}";

        private final ArgoCdOwnership guard = new ArgoCdOwnership(new ArgoCdSettings("argocd"));

        @Test
        void what_an_application_heals_by_itself_is_not_scaled() {
            assertThat(scaling(tracked(BY_LABEL), 3).where(app(HEALS)).reasonOf(guard))
                    .isEqualTo("ownedByArgoCd");
            assertThat(scaling(tracked(BY_ID), 3).where(app(HEALS)).reasonOf(guard))
                    .isEqualTo("ownedByArgoCd");
        }

        /** Its pause is approved with it. */
        @Test
        void an_isolation_is_proposed_and_rehearsed_before_the_pause_and_not_made() {
            Situation isolating = isolating(tracked(BY_LABEL)).where(app(HEALS));
            assertThat(isolating.reasonOf(guard)).isEqualTo("allowed");
            assertThat(isolating.in(Mode.REHEARSE).reasonWhenMade(guard)).isEqualTo("allowed");
            assertThat(isolating.reasonWhenMade(guard)).isEqualTo("ownedByArgoCd");
        }

        @Test
        void a_tracking_id_of_another_object_was_copied() {
            assertThat(scaling(tracked(COPIED), 3).where(app(HEALS)).reasonOf(guard))
                    .isEqualTo("allowed");
            assertThat(scaling(tracked(NOTHING), 3).where(app(HEALS)).reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void an_application_that_does_not_heal_or_ignores_replicas_takes_nothing_back() {
            String ignores = HEALS + ", ignoreDifferences: [{kind: Deployment, jsonPointers: [/spec/replicas]}]";
            assertThat(scaling(tracked(BY_LABEL), 3)
                            .where(app("syncPolicy: {automated: {}}"))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
            assertThat(scaling(tracked(BY_LABEL), 3).where(app(ignores)).reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void an_application_that_manages_other_things_only_is_not_the_owner() {
            String others = app(HEALS) + "status: {resources: [{kind: Deployment, namespace: x, name: y}]}\n";
            assertThat(scaling(tracked(BY_LABEL), 3).where(others).reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void a_restart_is_not_what_it_heals() {
            assertThat(restarting(tracked(BY_LABEL)).where(app(HEALS)).reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @Test
        void a_limit_and_an_autoscalers_bound_are_healed_like_replicas() {
            String limit = "spec: {template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}}";
            assertThat(patching(tracked(BY_LABEL), limit).where(app(HEALS)).messageOf(guard))
                    .contains("application platform", "containers[app].resources.limits.memory", "Pause self-healing");
            String autoscaler = tracked(BY_LABEL).replace("kind: Deployment", "kind: HorizontalPodAutoscaler");
            assertThat(patching(autoscaler, "spec: {minReplicas: 3}")
                            .where(app(HEALS))
                            .reasonOf(guard))
                    .isEqualTo("ownedByArgoCd");
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        managedFields: [{manager: argocd-controller, fieldsV1: {'f:spec': {'f:template': {}}}}]     | allowed
                        managedFields: [{manager: argocd-controller, fieldsV1: {'f:spec': {'f:replicas': {}}}}]     | ownedByArgoCd
                        managedFields: [{manager: kubectl-edit, fieldsV1: {'f:spec': {'f:replicas': {}}}}]          | ownedByArgoCd
                        annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"template": {}}}'} | allowed
                        annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"replicas": 2}}'}  | ownedByArgoCd
                        annotations: {kubectl.kubernetes.io/last-applied-configuration: 'not JSON'}                   | ownedByArgoCd
                        """)
        void what_git_does_not_have_is_not_healed(String evidence, String answer) {
            String workload = tracked(BY_LABEL + ", " + evidence);
            assertThat(scaling(workload, 3).where(workload, app(HEALS)).reasonOf(guard))
                    .isEqualTo(answer);
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        kind: Deployment, jqPathExpressions: [.spec.replicas]              | allowed
                        kind: Deployment, jqPathExpressions: ['.spec.replicas?']           | ownedByArgoCd
                        kind: Deployment, managedFieldsManagers: [incident-orchestrator]   | allowed
                        kind: Deployment, managedFieldsManagers: [kubectl]                 | ownedByArgoCd
                        kind: Deployment, name: other, jsonPointers: [/spec/replicas]      | ownedByArgoCd
                        kind: Deployment, namespace: other, jsonPointers: [/spec/replicas] | ownedByArgoCd
                        kind: Deployment, jsonPointers: [/spec]                            | allowed
                        kind: Deployment, jsonPointers: [/spec/replica]                    | ownedByArgoCd
                        """)
        void what_it_is_told_to_ignore_it_leaves_alone(String rule, String answer) {
            String ignores = HEALS + ", ignoreDifferences: [{" + rule + "}]";
            assertThat(scaling(tracked(BY_LABEL), 3).where(app(ignores)).reasonOf(guard))
                    .isEqualTo(answer);
        }

        @Test
        void automation_that_is_switched_off_heals_nothing() {
            assertThat(scaling(tracked(BY_LABEL), 3)
                            .where(app("syncPolicy: {automated: {selfHeal: true, enabled: false}}"))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
        }

        @ParameterizedTest
        @EnumSource(
                value = Kind.class,
                names = {"NOT_INSTALLED", "FORBIDDEN"})
        void without_applications_to_read_nobody_knows_and_it_is_allowed(Kind kind) {
            assertThat(scaling(tracked(BY_LABEL), 3)
                            .where(ObjectsCluster.of().failing("Application", kind))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
        }

        private static String tracked(String mark) {
            return GATEWAY.replace("resourceVersion: \"1\"", "resourceVersion: \"1\", " + mark);
        }

        private static String app(String spec) {
            return "kind: Application\nmetadata: {name: platform, namespace: argocd}\nspec: {" + spec + "}\n";
        }
    }

    @Nested
    class Budgets {
        private static final String POD =
                """
                kind: Pod
                metadata: {name: gateway-x, namespace: a1-orchestrator, uid: u2, labels: {app: mcp-gateway}}
                status: {phase: %s, conditions: [{type: Ready, status: "%s"}]}
                """;

        private final DisruptionBudget guard = new DisruptionBudget();

        @ParameterizedTest(name = "{0} pod, ready {1}, {2}: {3}")
        @CsvSource(
                delimiter = '|',
                textBlock =
                        """
                        Running | False | disruptionsAllowed: 1, currentHealthy: 1, desiredHealthy: 2 | allowed
                        Running | False | disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2 | blockedByBudget
                        Running | False | disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2 | allowed
                        Running | True  | disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2 | blockedByBudget
                        Running | False | disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0 | blockedByBudget
                        Pending | False | disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2 | allowed
                        Failed  | False | disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 2 | allowed
                        Running | True  | disruptionsAllowed: 3, observedGeneration: 0               | blockedByBudget
                        """)
        void a_budget_lets_go_what_the_api_server_would(String phase, String ready, String status, String answer) {
            String pod = POD.formatted(phase, ready);
            assertThat(evicting(pod)
                            .where(pod, budget("", "app: mcp-gateway", status))
                            .reasonOf(guard))
                    .isEqualTo(answer);
        }

        @Test
        void always_allow_lets_an_unready_pod_go_whatever_is_left() {
            String pod = POD.formatted("Running", "False");
            String budget =
                    budget("unhealthyPodEvictionPolicy: AlwaysAllow,", "app: mcp-gateway", "disruptionsAllowed: 0");
            assertThat(evicting(pod).where(pod, budget).reasonOf(guard)).isEqualTo("allowed");
        }

        @Test
        void a_budget_of_other_pods_does_not_matter_and_it_is_named_when_it_does() {
            String pod = POD.formatted("Running", "True");
            String none = "disruptionsAllowed: 0";
            assertThat(evicting(pod).where(pod, budget("", "app: other", none)).reasonOf(guard))
                    .isEqualTo("allowed");
            assertThat(evicting(pod)
                            .where(pod, budget("", "app: mcp-gateway", none))
                            .messageOf(guard))
                    .contains("PodDisruptionBudget gateway-pdb", "gateway-x", "allows 0");
        }

        @Test
        void two_budgets_for_one_pod_are_an_error_of_the_cluster() {
            String pod = POD.formatted("Running", "False");
            String one = budget("", "app: mcp-gateway", "disruptionsAllowed: 1");
            String two = budget("", "", "disruptionsAllowed: 1").replace("gateway-pdb", "all-pdb");
            assertThat(evicting(pod).where(pod, one, two).messageOf(guard)).contains("all-pdb, gateway-pdb");
        }

        @Test
        void a_budget_has_no_say_in_a_restart() {
            assertThat(restarting(GATEWAY)
                            .where(budget("", "", "disruptionsAllowed: 0"))
                            .reasonOf(guard))
                    .isEqualTo("allowed");
        }

        private static String budget(String policy, String labels, String status) {
            return """
                    kind: PodDisruptionBudget
                    metadata: {name: gateway-pdb, namespace: a1-orchestrator, generation: 1}
                    spec: {%s selector: {matchLabels: {%s}}}
                    status: {%s}
                    """
                    .formatted(
                            policy, labels, status.contains("observed") ? status : "observedGeneration: 1, " + status);
        }
    }
}
