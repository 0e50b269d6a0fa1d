package org.incidentorchestrator.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.CustomKinds;
import org.incidentorchestrator.cluster.Deployed;
import org.incidentorchestrator.cluster.Deployed.Verdict;
import org.incidentorchestrator.cluster.TestNamespace;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the accounts may change and what not, whatever code uses them: each change is sent as a dry run past all of ours.
 * That what the verbs change is let through shows RightsApiServerIT.
 */
@EnabledIfEnvironmentVariable(
        named = "TEST_KUBECONFIG",
        matches = ".+",
        disabledReason = "the admission policies of src/deploy; set TEST_KUBECONFIG to the kubeconfig of a disposable"
                + " cluster whose kubelets are played by kwok, such as '.ci/kube-cluster up FOLDER' starts")
class AdmissionPolicyApiServerIT {
    private static final String TEMPLATE =
            """
            selector: { matchLabels: { app: it } }, template: { metadata: { labels: { app: it } }, spec: { containers: [
             { name: app, image: "example.invalid/app:1", resources: { limits: { memory: 256Mi, cpu: 1 } } },
             { name: sidecar, image: "example.invalid/sidecar:1" } ] } }""";

    private static final String[] OBJECTS = {
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: it, namespace: %1$s}, spec: {replicas: 1, %2$s}}",
        "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: it, namespace: %1$s}, spec: {serviceName: it, %2$s}}",
        "{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: it, namespace: %1$s}, spec: {%2$s}}",
        "{apiVersion: v1, kind: Pod, metadata: {name: it, namespace: %1$s, labels: {app: other}}, spec: {containers: [{name: app, image: 'example.invalid/app:1'}]}}",
        "{apiVersion: v1, kind: Pod, metadata: {name: quarantined, namespace: %1$s, labels: {incident-orchestrator/quarantine: INC-7}}, spec: {containers: [{name: app, image: 'example.invalid/app:1'}]}}",
        "{apiVersion: v1, kind: Secret, metadata: {name: it, namespace: %1$s}, stringData: {password: x}}",
        "{apiVersion: v1, kind: Secret, metadata: {name: token, namespace: %1$s, annotations: {kubernetes.io/service-account.name: default}}, type: kubernetes.io/service-account-token}",
        "{apiVersion: batch/v1, kind: CronJob, metadata: {name: it, namespace: %1$s}, spec: {schedule: '0 0 1 1 *', jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: 'example.invalid/job:1'}]}}}}}}",
        "{apiVersion: batch/v1, kind: Job, metadata: {name: it, namespace: %1$s}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: job, image: 'example.invalid/job:1'}]}}}}",
        "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: it, namespace: %1$s}, spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: it}, minReplicas: 2, maxReplicas: 20}}",
        "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: it, namespace: %1$s}, spec: {scaleTargetRef: {name: it}, minReplicaCount: 1, maxReplicaCount: 4, triggers: [{type: cron, metadata: {}}]}}",
        "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: it, namespace: %1$s}, spec: {project: default, source: {repoURL: 'https://git.example/a', path: a}, destination: {namespace: a}, syncPolicy: {automated: {selfHeal: true}}}}",
        "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: it, namespace: %1$s}, spec: {refreshInterval: 1h, secretStoreRef: {name: store, kind: SecretStore}, target: {name: it}, data: []}}",
    };

    private static TestNamespace cluster;
    private static Deployed deployed;

    @BeforeAll
    static void deployed() {
        CustomKinds.installed(System.getenv("TEST_KUBECONFIG"));
        cluster = TestNamespace.on(System.getenv("TEST_KUBECONFIG"));
        deployed = Deployed.on(System.getenv("TEST_KUBECONFIG"))
                .ours(cluster.name())
                .argoCd(cluster.name());
        Arrays.stream(OBJECTS).forEach(yaml -> cluster.makes(yaml.formatted(cluster.name(), TEMPLATE)));
    }

    @AfterAll
    static void gone() {
        cluster.close();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        CHANGE  | Deployment/it              | {spec: {replicas: 10}}
        CHANGE  | Deployment/it              | {metadata: {annotations: {incident-orchestrator/step: x, kubernetes.io/change-cause: INC-7}}}
        CHANGE  | Deployment/it              | {spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}}
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: app, resources: {limits: {memory: 1Gi}}}]}}}}
        CHANGE  | StatefulSet/it             | {spec: {replicas: 3}}
        CHANGE  | DaemonSet/it               | {spec: {template: {spec: {containers: [{name: sidecar, resources: {limits: {memory: 1Gi}}}]}}}}
        CHANGE  | CronJob/it                 | {spec: {suspend: true}}
        CHANGE  | HorizontalPodAutoscaler/it | {spec: {minReplicas: 3, maxReplicas: 12}}
        CHANGE  | ScaledObject/it            | {spec: {minReplicaCount: 2}}
        CHANGE  | Application/it             | {spec: {syncPolicy: {automated: {selfHeal: false}}}}
        CHANGE  | Application/it             | {operation: {sync: {revision: main}}}
        CHANGE  | ExternalSecret/it          | {metadata: {annotations: {force-sync: now}}}
        ISOLATE | Deployment/it              | {spec: {replicas: 0}}
        ISOLATE | DaemonSet/it               | {spec: {template: {spec: {nodeSelector: {incident-orchestrator/isolated: 'true'}}}}}
        ISOLATE | Job/it                     | {spec: {suspend: true}}
        ISOLATE | ScaledObject/it            | {metadata: {annotations: {autoscaling.keda.sh/paused-replicas: '0'}}}
        ISOLATE | Pod/it                     | {metadata: {labels: {app: null, incident-orchestrator/quarantine: INC-7}}}
        """)
    void lets_through(Identity identity, String target, String patch) {
        assertThat(patched(identity, target, patch)).matches(Verdict::taken);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        CHANGE  | Deployment/it              | {spec: {replicas: 11}}                                                                    | step.max-replicas
        CHANGE  | StatefulSet/it             | {spec: {replicas: 11}}                                                                    | step.max-replicas
        CHANGE  | Deployment/it              | {metadata: {labels: {app: x}}}                                                            | in metadata
        CHANGE  | Deployment/it              | {metadata: {annotations: {other: x}}}                                                     | in metadata.annotations
        CHANGE  | Deployment/it              | {metadata: {ownerReferences: [{apiVersion: v1, kind: Pod, name: a, uid: b}]}}             | in metadata
        CHANGE  | Deployment/it              | {spec: {paused: true}}                                                                    | in spec
        CHANGE  | Deployment/it              | {spec: {template: {metadata: {annotations: {other: x}}}}}                                 | in spec.template.metadata.annotations
        CHANGE  | Deployment/it              | {spec: {template: {spec: {serviceAccountName: admin}}}}                                   | in spec.template.spec
        CHANGE  | Deployment/it              | {spec: {template: {spec: {hostNetwork: true}}}}                                           | in spec.template.spec
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: app, image: other}]}}}}                     | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: app, env: [{name: A, value: b}]}]}}}}       | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: new, image: other}]}}}}                     | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: sidecar, $patch: delete}]}}}}               | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: app, resources: {limits: {cpu: 4}}}]}}}}    | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {containers: [{name: app, resources: {requests: {cpu: 1}}}]}}}}  | in spec.template.spec.containers
        CHANGE  | Deployment/it              | {spec: {template: {spec: {initContainers: [{name: new, image: other}]}}}}                 | in spec.template.spec
        CHANGE  | CronJob/it                 | {spec: {schedule: '* * * * *'}}                                                           | in spec
        CHANGE  | HorizontalPodAutoscaler/it | {spec: {maxReplicas: 30}}                                                                 | step.max-replicas
        CHANGE  | HorizontalPodAutoscaler/it | {spec: {scaleTargetRef: {name: other}}}                                                   | in spec
        CHANGE  | ScaledObject/it            | {spec: {triggers: []}}                                                                    | in spec
        CHANGE  | ScaledObject/it            | {metadata: {annotations: {autoscaling.keda.sh/paused-replicas: '0'}}}                     | in metadata.annotations
        CHANGE  | Application/it             | {spec: {source: {repoURL: 'https://git.example/other'}}}                                  | in spec
        CHANGE  | Application/it             | {spec: {syncPolicy: {automated: {prune: true}}}}                                          | in spec.syncPolicy.automated
        CHANGE  | ExternalSecret/it          | {spec: {target: {name: other}}}                                                           | in the object
        ISOLATE | Deployment/it              | {spec: {template: {metadata: {annotations: {kubectl.kubernetes.io/restartedAt: now}}}}}   | in spec
        ISOLATE | DaemonSet/it               | {spec: {template: {spec: {nodeSelector: {disk: ssd}}}}}                                   | in spec.template.spec.nodeSelector
        ISOLATE | Job/it                     | {spec: {parallelism: 4}}                                                                  | in spec
        ISOLATE | Pod/it                     | {spec: {containers: [{name: app, image: other}]}}                                         | in the object
        """)
    void refuses(Identity identity, String target, String patch, String why) {
        Verdict verdict = patched(identity, target, patch);
        assertThat(verdict.status()).as(verdict.message()).isEqualTo(422);
        assertThat(verdict.message()).contains("ValidatingAdmissionPolicy", Accounts.name(identity), why);
    }

    @ParameterizedTest
    @CsvSource({"Pod/quarantined, true", "Pod/it, false", "Secret/token, true", "Secret/it, false"})
    void only_what_is_marked_is_deleted(String target, boolean taken) {
        assertThat(tries(Identity.ISOLATE, "DELETE", target, "{}").taken()).isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingress: [{}]", "egress: [{}]", "podSelector: {matchLabels: {app: it}}"})
    void a_policy_that_lets_something_through_or_selects_others_is_not_made(String more) {
        String policy =
                """
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: quarantine-it, labels: {
                 incident-orchestrator/quarantine: INC-7}}, spec: {policyTypes: [Ingress, Egress], podSelector: {
                 matchLabels: {incident-orchestrator/quarantine: INC-7}}%s}}""";
        assertThat(tries(Identity.ISOLATE, "POST", "NetworkPolicy/quarantine-it", policy.formatted("")))
                .matches(Verdict::taken);
        String other = more.startsWith("podSelector")
                ? policy.formatted("").replaceAll("podSelector: \\{\\s*matchLabels: \\{[^}]*}}", more)
                : policy.formatted(", " + more);
        assertThat(tries(Identity.ISOLATE, "POST", "NetworkPolicy/quarantine-it", other)
                        .message())
                .contains("ValidatingAdmissionPolicy", "in spec");
    }

    @Test
    void every_kind_that_an_account_may_change_has_a_policy() {
        Set<String> changed = DeployFiles.rights().all().stream()
                .filter(right -> Set.of(Identity.CHANGE, Identity.ISOLATE).contains(right.identity()))
                .filter(right -> !right.resource().contains("/"))
                .map(right -> Accounts.name(right.identity()) + "-" + right.resource())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Yaml.read(DeployFiles.FOLDER.resolve("base/policies.yaml")).stream()
                        .filter(policy -> policy.path("kind").asText().equals("ValidatingAdmissionPolicy"))
                        .map(policy -> policy.at("/metadata/name").asText()))
                .containsExactlyInAnyOrderElementsOf(changed);
    }

    private static Verdict patched(Identity identity, String target, String patch) {
        return tries(identity, "PATCH", target, patch);
    }

    private static Verdict tries(Identity identity, String method, String target, String body) {
        String[] parts = target.split("/");
        return deployed.tries(identity, method, new Target(parts[0], cluster.name(), parts[1]), body);
    }
}
