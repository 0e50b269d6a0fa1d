package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubernetesObject;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.sandbox.Sandbox;
import org.incidentorchestrator.sandbox.Scenario;
import org.junit.jupiter.api.Test;

/** A service that is not reached, one test for each cause that the sandbox can have. */
class ServiceUnreachableProcessTest extends DiagnosisScenario {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final Target SERVICE = new Target("Service", Sandbox.NAMESPACE, GATEWAY);

    @Override
    String runbook() {
        return "service-unreachable";
    }

    @Override
    String alert() {
        return "ServiceUnreachable";
    }

    @Override
    String causeOfCrashes() {
        return "podsNotReady";
    }

    @Test
    void a_selector_that_fits_no_pod_is_the_cause_where_there_are_pods() {
        breaksWithItsAlert(Scenario.SELECTOR_MISSES);
        assertThat(cause()).isEqualTo("selectorMisses");
        assertThat(facts().get("Behind the service")).contains("no pod has these labels");
        assertThat(suggested()).isEqualTo("none");
    }

    @Test
    void a_service_without_pods_is_not_blamed_for_its_selector() {
        patch(DEPLOYMENT, "{'spec': {'replicas': 0}}");
        isLookedAt();
        assertThat(cause()).isEqualTo("noPods");
    }

    @Test
    void pods_that_are_not_ready_are_for_the_runbook_of_a_service_that_is_down() {
        breaksWithItsAlert(Scenario.NEVER_HEALTHY);
        assertThat(cause()).isEqualTo("podsNotReady");
        assertThat(suggested()).isEqualTo("service-down");
    }

    @Test
    void a_policy_that_lets_nobody_in_is_the_cause_and_not_that_nobody_could_ask() {
        breaksWithItsAlert(Scenario.POLICY_DENIES);
        assertThat(cause()).isEqualTo("policyDenies");
        assertThat(facts())
                .containsEntry("Workloads that may reach it", "0")
                .containsEntry("Workloads that may not", "4");
        assertThat(facts().get("From inside")).contains("network policies deny it");
    }

    @Test
    void a_policy_that_lets_some_in_leaves_the_others_as_those_who_may_complain() {
        policy(
                "some",
                "{'podSelector': {'matchLabels': {'app': 'mcp-gateway'}}, 'policyTypes': ['Ingress'],"
                        + " 'ingress': [{'from': [{'podSelector': {'matchLabels': {'app': 'mcp-config'}}}]}]}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("policyDeniesSome");
            assertThat(facts()).containsEntry("Workloads that may reach it", "1");
        } finally {
            noPolicy("some");
        }
    }

    @Test
    void a_policy_that_keeps_everybody_from_dns_is_told_from_a_dns_that_fails() {
        policy(
                "no-dns",
                "{'podSelector': {}, 'policyTypes': ['Egress'],"
                        + " 'egress': [{'ports': [{'port': 8080, 'protocol': 'TCP'}]}]}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("dnsDenied");
        } finally {
            noPolicy("no-dns");
        }
    }

    @Test
    void a_port_that_leads_to_a_name_which_no_container_declares_leads_nowhere() {
        ports("web");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("portNotDeclared");
        } finally {
            ports("8080");
        }
    }

    @Test
    void a_port_where_nothing_listens_is_found_behind_ready_pods() {
        ports("9999");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("portClosed");
            assertThat(facts().get("Ready endpoints")).isEqualTo("2");
        } finally {
            ports("8080");
        }
    }

    @Test
    void a_service_without_a_selector_has_the_endpoints_that_somebody_writes_by_hand() {
        patch(SERVICE, "{'spec': {'selector': null}}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("endpointsByHand");
            assertThat(suggested()).isEqualTo("none");
        } finally {
            patch(SERVICE, "{'spec': {'selector': {'app': '" + GATEWAY + "'}}}");
        }
    }

    @Test
    void ready_pods_that_no_slice_of_the_service_names_are_not_reached() {
        KubernetesObject slice =
                sandbox.reader().list(ResourceType.ENDPOINT_SLICES, Query.in(Sandbox.NAMESPACE)).stream()
                        .filter(each -> GATEWAY.equals(each.labels().get(SERVICE_NAME)))
                        .findFirst()
                        .orElseThrow();
        patch(slice.target(), "{'metadata': {'labels': {'" + SERVICE_NAME + "': 'another'}}}");
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("noSlice");
        } finally {
            patch(slice.target(), "{'metadata': {'labels': {'" + SERVICE_NAME + "': '" + GATEWAY + "'}}}");
        }
    }

    @Test
    void a_workload_without_a_service_has_nothing_that_could_be_reached() {
        var service = sandbox.reader()
                .get(ResourceType.SERVICES, Sandbox.NAMESPACE, GATEWAY)
                .orElseThrow();
        sandbox.delete(SERVICE);
        try {
            isLookedAt();
            assertThat(cause()).isEqualTo("noService");
        } finally {
            createAnew(service);
        }
    }

    @Test
    void a_service_that_answers_from_inside_is_not_well_for_that() {
        isLookedAt();
        assertThat(cause()).isEqualTo("outsideOnly");
        assertThat(facts().get("From inside")).contains("gets an answer of status 200");
        assertThat(taskNames()).contains(DECIDE);
    }

    private void policy(String name, String spec) {
        create(
                """
                {'apiVersion': 'networking.k8s.io/v1', 'kind': 'NetworkPolicy',
                 'metadata': {'name': '%s', 'namespace': '%s'}, 'spec': %s}"""
                        .formatted(name, Sandbox.NAMESPACE, spec));
    }

    private void noPolicy(String name) {
        sandbox.delete(new Target("NetworkPolicy", Sandbox.NAMESPACE, name));
    }

    private void ports(String target) {
        String port = target.chars().allMatch(Character::isDigit) ? target : "'" + target + "'";
        patch(
                SERVICE,
                "{'spec': {'ports': [{'name': 'http', 'protocol': 'TCP', 'port': 8080, 'targetPort': %s}]}}"
                        .formatted(port));
    }
}
