package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.incidentorchestrator.cluster.ClusterReader.ExecQuery;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.LogAnswer;
import org.incidentorchestrator.cluster.ClusterReader.LogQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Receipt;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.cluster.LabelSelector.Operator;
import org.incidentorchestrator.cluster.LabelSelector.Requirement;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;

/**
 * What everything else relies on, of a cluster and of our reader and writer. Held by the real API server and by the
 * sandbox: whoever is in doubt about the sandbox reads here what is the same. One class instead of several, so that an
 * implementation cannot pass a part of it.
 */
public abstract class ClusterContract {
    protected static final String CONTAINER = "app";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    protected abstract ClusterReader reader();

    protected abstract ClusterWriter writer();

    protected abstract Stage stage();

    /** Where the tests play: a namespace, and what somebody else has deployed there. */
    protected interface Stage {
        String namespace();

        /**
         * A deployment with all its pods ready. Labels of deployment, selector and pods: {@code app: NAME}; one
         * container {@code app} with limits of cpu and memory. One that is there already, and ready, is left as it is.
         */
        void deploy(String name, int replicas);

        /** A service that selects the pods of a deployment, with all their endpoints ready. */
        void serve(String name);

        /** A budget over the pods of a deployment, already counted: {@code status.observedGeneration} is there. */
        void budget(String name, int minAvailable);

        /** Lets time pass until it is so; fails when it takes more than a minute. */
        void await(String what, BooleanSupplier done);

        /** One of its pods does not get ready any more, until it is replaced. @return how it is then */
        KubernetesObject oneBadPod(String name);

        /** The containers of all of its pods crash again and again. */
        void crash(String name);
    }

    // ---- looking

    @Test
    void the_cluster_says_who_it_is_and_stays_it() {
        ClusterIdentity cluster = reader().cluster();
        assertThat(cluster.context()).isNotBlank();
        assertThat(cluster.uid()).isNotBlank();
        assertThat(cluster.version()).startsWith("v1.");
        assertThat(reader().cluster()).isEqualTo(cluster);
    }

    @Test
    void an_object_is_read_with_its_kind_uid_and_resource_version() {
        stage().deploy("seen", 2);
        KubernetesObject deployment = deployment("seen");
        assertThat(deployment.target()).isEqualTo(target("seen"));
        assertThat(deployment.text("/apiVersion", "")).isEqualTo("apps/v1");
        assertThat(deployment.uid()).isNotBlank();
        assertThat(deployment.resourceVersion()).isNotBlank();
        assertThat(deployment.time("/metadata/creationTimestamp")).isPresent();
        assertThat(deployment.number("/status/readyReplicas", 0)).isEqualTo(2);
        assertThat(deployment.number("/status/observedGeneration", 0))
                .isEqualTo(deployment.number("/metadata/generation", -1));
    }

    @Test
    void an_object_that_is_not_there_is_an_answer() {
        assertThat(reader().get(ResourceType.DEPLOYMENTS, namespace(), "nobody"))
                .isEmpty();
        assertThat(reader().get(ResourceType.PODS, "no-such-namespace", "nobody"))
                .isEmpty();
        assertThat(reader().list(ResourceType.PODS, Query.in("no-such-namespace")))
                .isEmpty();
    }

    @Test
    void a_list_is_complete_sorted_and_its_items_name_their_kind() {
        stage().deploy("seen", 2);
        stage().deploy("many", 5);
        List<KubernetesObject> pods = pods("many");
        assertThat(pods).hasSize(5).allSatisfy(pod -> {
            assertThat(pod.kind()).isEqualTo("Pod");
            assertThat(pod.text("/apiVersion", "")).isEqualTo("v1");
        });
        List<KubernetesObject> all = reader().list(ResourceType.PODS, Query.in(""));
        assertThat(all)
                .isSortedAccordingTo(
                        Comparator.comparing(KubernetesObject::namespace).thenComparing(KubernetesObject::name));
        assertThat(all).extracting(KubernetesObject::uid).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(KubernetesObject::uid)
                .containsAll(pods.stream().map(KubernetesObject::uid).toList());
    }

    @Test
    void every_kind_that_is_served_is_told_with_its_scope_and_what_can_be_done_with_it() {
        ServedKinds kinds = reader().kinds();
        assertThat(kinds.find("", "Pod")).hasValue(ResourceType.PODS);
        assertThat(kinds.find("apps", "Deployment")).hasValue(ResourceType.DEPLOYMENTS);
        assertThat(kinds.find("autoscaling", "HorizontalPodAutoscaler")).hasValue(ResourceType.AUTOSCALERS);
        assertThat(kinds.find("", "Node")).map(ResourceType::namespaced).hasValue(false);
        assertThat(kinds.find("metrics.k8s.io", "PodMetrics")).hasValue(ResourceType.POD_METRICS);
        assertThat(kinds.find("nothing.example", "Pod")).isEmpty();
        assertThat(kinds.of("nothing.example")).isEmpty();
        assertThat(kinds.of("apps")).isNotEmpty().allMatch(each -> each.can("list") && !each.can("fly"));
        assertThat(kinds.kinds())
                .extracting(each -> each.type().plural() + "." + each.type().group())
                .doesNotHaveDuplicates()
                .noneMatch(plural -> plural.contains("/"));
    }

    @Test
    void what_is_served_and_can_be_listed_can_be_listed() {
        assertThat(reader().kinds().kinds())
                .filteredOn(each -> each.can("list"))
                .allSatisfy(each -> assertThat(reader().list(each.type(), Query.in(namespace())))
                        .isNotNull());
    }

    @Test
    void label_selectors_select() {
        stage().deploy("seen", 2);
        stage().deploy("many", 5);
        assertThat(select("app", Operator.IN, "seen", "many")).containsExactlyInAnyOrder("many", "seen");
        assertThat(select("app", Operator.NOT_IN, "seen")).contains("many").doesNotContain("seen");
        assertThat(select("app", Operator.EXISTS)).contains("many", "seen");
        assertThat(select("app", Operator.DOES_NOT_EXIST)).doesNotContain("many", "seen");
        assertThat(select("app", Operator.IN, "nobody")).isEmpty();
    }

    @Test
    void field_selectors_select() {
        stage().deploy("many", 5);
        KubernetesObject pod = pods("many").get(0);
        assertThat(reader().list(ResourceType.PODS, Query.in(namespace()).where("metadata.name", pod.name())))
                .containsExactly(pod);
        String node = pod.text("/spec/nodeName").orElseThrow();
        assertThat(reader().list(ResourceType.PODS, Query.in(namespace()).where("spec.nodeName", node)))
                .extracting(each -> each.text("/spec/nodeName", ""))
                .contains(node)
                .containsOnly(node);
        Query running = Query.in(namespace()).selecting(of("many")).where("status.phase", "Running");
        assertThat(reader().list(ResourceType.PODS, running)).hasSize(5);
        Query pending = Query.in(namespace()).selecting(of("many")).where("status.phase", "Pending");
        assertThat(reader().list(ResourceType.PODS, pending)).isEmpty();
    }

    @Test
    void events_are_found_by_what_they_are_about() {
        stage().deploy("seen", 2);
        Query about = Query.in(namespace()).where("involvedObject.name", "seen");
        stage().await("an event about the deployment", () -> !reader().list(ResourceType.EVENTS, about)
                .isEmpty());
        assertThat(reader().list(ResourceType.EVENTS, about)).allSatisfy(event -> {
            assertThat(event.text("/involvedObject/name", "")).isEqualTo("seen");
            assertThat(event.text("/reason", "")).isNotBlank();
            assertThat(event.text("/type", "")).isIn("Normal", "Warning");
        });
    }

    @Test
    void pods_lead_to_their_deployment_by_their_controllers() {
        stage().deploy("seen", 2);
        assertThat(pods("seen")).isNotEmpty().allSatisfy(pod -> {
            KubernetesObject owner = pod.controller().orElseThrow();
            assertThat(owner.text("/kind", "")).isEqualTo("ReplicaSet");
            KubernetesObject set = reader().get(ResourceType.REPLICA_SETS, namespace(), owner.text("/name", ""))
                    .orElseThrow();
            assertThat(set.controller().orElseThrow().text("/uid", ""))
                    .isEqualTo(deployment("seen").uid());
        });
    }

    @Test
    void a_service_has_the_ready_pods_as_endpoints() {
        stage().deploy("seen", 2);
        stage().serve("seen");
        assertThat(readyEndpoints("seen"))
                .containsExactlyInAnyOrderElementsOf(
                        pods("seen").stream().map(KubernetesObject::name).toList());
    }

    @Test
    void a_kind_that_is_not_served_is_said_so() {
        assertThat(reader().discover(ResourceType.DEPLOYMENTS)).isTrue();
        assertThat(reader().discover(ResourceType.PODS)).isTrue();
        ResourceType nowhere = new ResourceType("nowhere.example", "v1", "Widget", "widgets", true);
        assertThat(reader().discover(nowhere)).isFalse();
        fails(Kind.NOT_INSTALLED, () -> reader().list(nowhere, Query.in(namespace())));
        fails(Kind.NOT_INSTALLED, () -> reader().get(nowhere, namespace(), "x"));
    }

    @Test
    void usage_is_known_after_a_while_and_absent_for_who_is_not_there() {
        assumeMetrics();
        stage().deploy("seen", 2);
        Query query = Query.in(namespace()).selecting(of("seen"));
        stage().await(
                        "usage of both pods",
                        () -> reader().list(ResourceType.POD_METRICS, query).size() == 2);
        assertThat(reader().list(ResourceType.POD_METRICS, query)).allSatisfy(pod -> {
            assertThat(pod.kind()).isEqualTo("PodMetrics");
            assertThat(pod.text("/containers/0/name", "")).isEqualTo(CONTAINER);
            assertThat(pod.text("/containers/0/usage/cpu", "")).isNotBlank();
            assertThat(pod.text("/containers/0/usage/memory", "")).isNotBlank();
        });
        assertThat(reader().get(ResourceType.POD_METRICS, namespace(), "nobody"))
                .isEmpty();
        assertThat(UsageView.of(pods("seen"), reader().list(ResourceType.POD_METRICS, query)))
                .hasSize(2)
                .allMatch(UsageView::known);
    }

    @Test
    void usage_of_a_pod_that_has_just_begun_is_absent_and_not_zero() {
        assumeMetrics();
        stage().deploy("young", 1);
        Query query = Query.in(namespace()).selecting(of("young"));
        assertThat(reader().list(ResourceType.POD_METRICS, query)).isEmpty();
        assertThat(UsageView.of(pods("young"), List.of())).hasSize(1).noneMatch(UsageView::known);
    }

    // ---- pods that are not well

    @Test
    void a_pod_that_is_not_ready_is_told_from_those_that_are() {
        stage().deploy("partly", 2);
        stage().serve("partly");
        KubernetesObject bad = stage().oneBadPod("partly");
        assertThat(PodView.of(bad).ready()).isFalse();
        stage().await("the count", () -> deployment("partly").number("/status/readyReplicas", 0) == 1);
        stage().await("the endpoints", () -> readyEndpoints("partly").size() == 1);
        assertThat(readyEndpoints("partly")).doesNotContain(bad.name());
    }

    @Test
    void a_container_that_crashes_says_why_and_keeps_the_logs_of_the_instance_that_ended() {
        stage().deploy("crashed", 2);
        stage().crash("crashed");
        stage().await("crashes", () -> pods("crashed").stream().map(PodView::of).allMatch(pod -> pod.restarts() > 0));
        KubernetesObject pod = pods("crashed").get(0);
        KubernetesObject container = pod.at("/status/containerStatuses/0");
        assertThat(container.number("/lastState/terminated/exitCode", 0)).isPositive();
        assertThat(container.flag("/ready")).isFalse();
        assertThat(lines(new LogQuery(namespace(), pod.name(), CONTAINER, true, 100, 65536)))
                .isNotBlank();
    }

    // ---- logs, HTTP and programs

    @Test
    void logs_are_read_from_their_end_and_cut_to_a_size() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        String text = lines(new LogQuery(namespace(), pod, CONTAINER, false, 100, 65536));
        assertThat(text).isNotBlank();
        assertThat(lines(new LogQuery(namespace(), pod, CONTAINER, false, 1, 65536))
                        .lines())
                .hasSize(1);
        assertThat(lines(new LogQuery(namespace(), pod, CONTAINER, false, 100, 3)))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void logs_of_who_is_not_there_are_a_failure() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        fails(Kind.NOT_FOUND, () -> reader().logs(new LogQuery(namespace(), "nobody", CONTAINER, false, 10, 1000)));
        fails(Kind.INVALID, () -> reader().logs(new LogQuery(namespace(), pod, "no-such", false, 10, 1000)));
    }

    @Test
    void a_pod_that_is_not_there_is_not_found_over_http() {
        fails(Kind.NOT_FOUND, () -> reader().http(HttpQuery.ofPod(namespace(), "nobody", "http", 8080, "/health")));
    }

    @Test
    void a_service_that_is_not_there_or_has_nobody_behind_it_is_told_so_over_http() {
        stage().serve("deserted");
        fails(Kind.NOT_FOUND, () -> reader().http(HttpQuery.ofService(namespace(), "nobody", "http", 8080, "/health")));
        assertThat(reader().http(HttpQuery.ofService(namespace(), "deserted", "http", 8080, "/health")))
                .isInstanceOfSatisfying(HttpAnswer.Unanswered.class, none -> assertThat(none.noEndpoints())
                        .isTrue());
        assertThat(reader().http(HttpQuery.ofService(namespace(), "deserted", "http", 99, "/health")))
                .isInstanceOfSatisfying(HttpAnswer.Unanswered.class, none -> assertThat(none.reason())
                        .contains("no service port 99"));
    }

    @Test
    void a_program_is_run_with_its_arguments_and_its_end_is_waited_for() {
        ExecAnswer answer = exec(1000, "ls", "/");
        assertThat(answer).isInstanceOfSatisfying(ExecAnswer.Ended.class, ended -> {
            assertThat(ended.ok()).isTrue();
            assertThat(ended.out().lines()).contains("etc", "tmp");
            assertThat(ended.err()).isEmpty();
            assertThat(ended.cut()).isFalse();
        });
    }

    @Test
    void what_a_program_writes_is_cut_to_a_size() {
        assertThat(exec(3, "ls", "/")).isInstanceOfSatisfying(ExecAnswer.Ended.class, ended -> {
            assertThat(ended.out()).hasSize(3);
            assertThat(ended.cut()).isTrue();
        });
    }

    @Test
    void a_program_that_the_container_has_not_is_an_answer() {
        assertThat(exec(1000, "no-such-program"))
                .isInstanceOfSatisfying(ExecAnswer.NotStarted.class, not -> assertThat(not.reason())
                        .contains("no-such-program", "not found"));
    }

    @Test
    void a_program_in_who_is_not_there_is_a_failure() {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        List<String> ls = List.of("ls", "/");
        fails(Kind.NOT_FOUND, () -> reader().exec(new ExecQuery(namespace(), "nobody", CONTAINER, ls, 1000)));
        fails(Kind.INVALID, () -> reader().exec(new ExecQuery(namespace(), pod, "no-such", ls, 1000)));
    }

    // ---- changing

    @Test
    void a_patch_merges_lists_by_name_and_leaves_the_rest() {
        stage().deploy("seen", 2);
        KubernetesObject before = deployment("seen");
        Receipt receipt = writer().apply(
                        patch(
                                before,
                                """
                                {"spec": {"template": {"spec": {"containers": [{"name": "app", "image": "new:2"}]}}}}
                                """),
                        Write.DRY_RUN);
        KubernetesObject after = receipt.after();
        assertThat(after.items("/spec/template/spec/containers")).hasSize(1);
        KubernetesObject container = after.at("/spec/template/spec/containers/0");
        assertThat(container.text("/image", "")).isEqualTo("new:2");
        assertThat(container.at("/resources"))
                .isEqualTo(before.at("/spec/template/spec/containers/0/resources"))
                .matches(KubernetesObject::exists);
        Receipt added = writer().apply(
                        patch(
                                before,
                                """
                                {"spec": {"template": {"spec": {"containers": [{"name": "extra", "image": "x:1"}]}}}}
                                """),
                        Write.DRY_RUN);
        assertThat(added.after().items("/spec/template/spec/containers")).hasSize(2);
    }

    @Test
    void a_patch_with_null_takes_away() {
        stage().deploy("annotated", 1);
        change("annotated", annotation("\"x\""));
        assertThat(deployment("annotated").annotation("incident-orchestrator/note"))
                .hasValue("x");
        change("annotated", annotation("null"));
        assertThat(deployment("annotated").annotation("incident-orchestrator/note"))
                .isEmpty();
    }

    @Test
    void a_dry_run_shows_what_would_be_and_changes_nothing() {
        stage().deploy("seen", 2);
        KubernetesObject before = deployment("seen");
        Receipt receipt = writer().apply(patch(before, replicas(4)), Write.DRY_RUN);
        assertThat(receipt.after().number("/spec/replicas", 0)).isEqualTo(4);
        assertThat(deployment("seen")).isEqualTo(before);
    }

    @Test
    void a_patch_is_answered_with_the_object_as_it_is_now_and_names_us_as_its_manager() {
        stage().deploy("annotated", 1);
        KubernetesObject before = deployment("annotated");
        KubernetesObject after = change("annotated", annotation("\"y\""));
        assertThat(after.uid()).isEqualTo(before.uid());
        assertThat(after.resourceVersion()).isNotEqualTo(before.resourceVersion());
        assertThat(ours("annotated")).singleElement().satisfies(entry -> {
            assertThat(entry.text("/operation", "")).isEqualTo("Update");
            assertThat(entry.time("/time")).isPresent();
            assertThat(entry.at("/fieldsV1/f:metadata/f:annotations/f:incident-orchestrator~1note"))
                    .matches(KubernetesObject::exists);
            assertThat(entry.at("/fieldsV1/f:spec").exists()).isFalse();
        });
    }

    @Test
    void a_rehearsed_patch_leaves_no_trace_of_us_and_shows_the_one_it_would_leave() {
        stage().deploy("untouched", 1);
        KubernetesObject before = deployment("untouched");
        Receipt receipt = writer().apply(patch(before, replicas(2)), Write.DRY_RUN);
        assertThat(receipt.after().items("/metadata/managedFields"))
                .extracting(field -> field.text("/manager", ""))
                .contains(ClusterWriter.FIELD_MANAGER);
        assertThat(ours("untouched")).isEmpty();
    }

    @Test
    void a_patch_sent_again_changes_nothing_more() {
        stage().deploy("annotated", 1);
        change("annotated", annotation("\"z\""));
        stage().await("the controller to have seen it", () -> seen(deployment("annotated")));
        KubernetesObject once = deployment("annotated");
        KubernetesObject twice = change("annotated", annotation("\"z\""));
        assertThat(twice.resourceVersion()).isEqualTo(once.resourceVersion());
    }

    @Test
    void a_patch_of_an_object_made_anew_is_refused_as_replaced() {
        stage().deploy("seen", 2);
        KubernetesObject before = deployment("seen");
        String other = "00000000-0000-4000-8000-000000000000";
        Change fresh =
                new Change.Patch(target("seen"), other, before.resourceVersion(), json(replicas(4)), Identity.CHANGE);
        fails(Kind.REPLACED, () -> writer().apply(fresh, Write.FOR_REAL));
        fails(Kind.REPLACED, () -> writer().apply(fresh.against("1"), Write.FOR_REAL));
        assertThat(deployment("seen")).isEqualTo(before);
    }

    @Test
    void a_patch_against_a_resource_version_that_has_moved_is_a_conflict() {
        stage().deploy("annotated", 1);
        KubernetesObject before = deployment("annotated");
        change("annotated", annotation("\"" + before.resourceVersion() + "\""));
        fails(Kind.CONFLICT, () -> writer().apply(patch(before, replicas(3)), Write.FOR_REAL));
        assertThat(deployment("annotated").number("/spec/replicas", 0)).isEqualTo(1);
    }

    @Test
    void what_was_decided_on_values_that_are_still_the_same_goes_through_against_the_newer_version() {
        stage().deploy("annotated", 1);
        stage().await("the controller to have seen it", () -> seen(deployment("annotated")));
        KubernetesObject before = deployment("annotated");
        Change.Patch decided = patch(before, annotation("\"late\""));
        change(
                "annotated",
                "{\"metadata\": {\"annotations\": {\"example.org/other\": \"" + before.resourceVersion() + "\"}}}");
        fails(Kind.CONFLICT, () -> writer().apply(decided, Write.FOR_REAL));
        KubernetesObject meanwhile = deployment("annotated");
        assertThat(meanwhile.uid()).isEqualTo(before.uid());
        assertThat(meanwhile.at("/spec")).isEqualTo(before.at("/spec"));
        againstNewest("annotated", newest -> decided.against(newest.resourceVersion()));
        assertThat(deployment("annotated").annotation("incident-orchestrator/note"))
                .hasValue("late");
    }

    @Test
    void a_patch_that_makes_no_sense_is_invalid() {
        stage().deploy("seen", 2);
        KubernetesObject before = deployment("seen");
        fails(Kind.INVALID, () -> writer().apply(patch(before, replicas(-1)), Write.FOR_REAL));
        fails(Kind.INVALID, () -> writer().apply(patch(before, replicas(-1)), Write.DRY_RUN));
        fails(Kind.INVALID, () -> writer().apply(patch(before, "{\"spec\": {\"replicas\": \"two\"}}"), Write.FOR_REAL));
        assertThat(deployment("seen")).isEqualTo(before);
    }

    @Test
    void a_change_of_what_is_not_there_is_not_found() {
        Change patch = new Change.Patch(target("nobody"), "u", "1", json(replicas(1)), Identity.CHANGE);
        fails(Kind.NOT_FOUND, () -> writer().apply(patch, Write.FOR_REAL));
        Target pod = new Target("Pod", namespace(), "nobody");
        Change evict = new Change.Evict(pod, "u", "1", Identity.CHANGE);
        fails(Kind.NOT_FOUND, () -> writer().apply(evict, Write.FOR_REAL));
    }

    // ---- what the cluster makes of it

    @Test
    void a_restart_rolls_every_pod() {
        stage().deploy("rolled", 2);
        Set<String> old = uids("rolled");
        KubernetesObject before = deployment("rolled");
        KubernetesObject after = change("rolled", restart("2026-11-24T10:00:00Z"));
        assertThat(after.number("/metadata/generation", 0)).isGreaterThan(before.number("/metadata/generation", 0));
        stage().await(
                        "the end of the rollout",
                        () -> rolledOut("rolled", 2) && uids("rolled").stream().noneMatch(old::contains));
        assertThat(pods("rolled")).hasSize(2).allSatisfy(pod -> assertThat(pod.annotation(RESTARTED_AT))
                .hasValue("2026-11-24T10:00:00Z"));
        assertThat(reader().list(
                                ResourceType.REPLICA_SETS, Query.in(namespace()).selecting(of("rolled"))))
                .hasSize(2);
    }

    @Test
    void a_scale_makes_pods_and_takes_them_away() {
        stage().deploy("scaled", 1);
        Set<String> old = uids("scaled");
        change("scaled", replicas(3));
        stage().await("three ready pods", () -> rolledOut("scaled", 3));
        assertThat(uids("scaled")).hasSize(3).containsAll(old);
        change("scaled", replicas(2));
        stage().await("two pods", () -> rolledOut("scaled", 2) && uids("scaled").size() == 2);
        assertThat(pods("scaled")).hasSize(2);
    }

    @Test
    void an_evicted_pod_goes_and_another_comes() {
        stage().deploy("evicted", 2);
        KubernetesObject pod = pods("evicted").get(0);
        Receipt receipt = writer().apply(evict(pod), Write.FOR_REAL);
        assertThat(receipt.after().name()).isEqualTo(pod.name());
        stage().await(
                        "two pods without the evicted one",
                        () -> rolledOut("evicted", 2)
                                && uids("evicted").size() == 2
                                && !uids("evicted").contains(pod.uid()));
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).isEmpty();
    }

    @Test
    void an_eviction_that_is_rehearsed_leaves_the_pod() {
        stage().deploy("seen", 2);
        KubernetesObject pod = pods("seen").get(0);
        writer().apply(evict(pod), Write.DRY_RUN);
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).hasValue(pod);
    }

    @Test
    void an_eviction_is_fenced_by_uid_and_resource_version() {
        stage().deploy("seen", 2);
        KubernetesObject pod = pods("seen").get(0);
        Change other = new Change.Evict(
                pod.target(), "00000000-0000-4000-8000-000000000000", pod.resourceVersion(), Identity.CHANGE);
        fails(Kind.REPLACED, () -> writer().apply(other, Write.FOR_REAL));
        fails(Kind.CONFLICT, () -> writer().apply(evict(pod).against("1"), Write.FOR_REAL));
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).hasValue(pod);
    }

    @Test
    void a_budget_forbids_an_eviction_and_is_named() {
        stage().deploy("budgeted", 2);
        stage().budget("budgeted", 2);
        KubernetesObject pod = pods("budgeted").get(0);
        KubernetesObject budget = budget("budgeted");
        assertThat(budget.number("/status/disruptionsAllowed", -1)).isZero();
        ClusterFailure failure = fails(Kind.BUDGET, () -> writer().apply(evict(pod), Write.FOR_REAL));
        assertThat(failure).hasMessageContaining("budgeted").hasMessageContaining(pod.name());
        ClusterFailure rehearsed = fails(Kind.BUDGET, () -> writer().apply(evict(pod), Write.DRY_RUN));
        assertThat(rehearsed).hasMessageContaining("budgeted");
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).hasValue(pod);
        assertThat(new BudgetView(budget).allows(PodView.of(pod)))
                .as("foreseen by looking")
                .isFalse();
    }

    @Test
    void a_budget_lets_a_pod_go_that_is_not_ready_while_the_others_suffice() {
        stage().deploy("limping", 2);
        stage().budget("limping", 1);
        KubernetesObject bad = stage().oneBadPod("limping");
        stage().await("the budget to count it", () -> budget("limping").number("/status/currentHealthy", 0) == 1);
        assertThat(new BudgetView(budget("limping")).allows(PodView.of(bad)))
                .as("foreseen by looking")
                .isTrue();
        writer().apply(evict(bad), Write.FOR_REAL);
        stage().await(
                        "a successor that is well",
                        () -> rolledOut("limping", 2) && !uids("limping").contains(bad.uid()));
    }

    @Test
    void a_pod_is_deleted_past_its_budget_and_another_comes() {
        stage().deploy("deleted", 2);
        stage().budget("deleted", 2);
        KubernetesObject pod = pods("deleted").get(0);
        writer().apply(delete(pod, false), Write.DRY_RUN);
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).hasValue(pod);
        writer().apply(delete(pod, false), Write.FOR_REAL);
        stage().await(
                        "two pods without the deleted one",
                        () -> rolledOut("deleted", 2)
                                && uids("deleted").size() == 2
                                && !uids("deleted").contains(pod.uid()));
    }

    @Test
    void a_deletion_is_fenced_by_uid_and_resource_version() {
        stage().deploy("seen", 2);
        KubernetesObject pod = pods("seen").get(0);
        Change other = new Change.Delete(
                pod.target(), "00000000-0000-4000-8000-000000000000", pod.resourceVersion(), false, Identity.CHANGE);
        fails(Kind.REPLACED, () -> writer().apply(other, Write.FOR_REAL));
        fails(Kind.CONFLICT, () -> writer().apply(delete(pod, false).against("1"), Write.FOR_REAL));
        Change gone = new Change.Delete(new Target("Pod", namespace(), "nobody"), "u", "1", false, Identity.CHANGE);
        fails(Kind.NOT_FOUND, () -> writer().apply(gone, Write.FOR_REAL));
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).hasValue(pod);
    }

    @Test
    void by_force_a_pod_is_gone_at_once() {
        stage().deploy("forced", 1);
        KubernetesObject pod = pods("forced").get(0);
        writer().apply(delete(pod, true), Write.FOR_REAL);
        assertThat(reader().get(ResourceType.PODS, namespace(), pod.name())).isEmpty();
    }

    // ---- a rollout, followed by looking alone

    @Test
    void a_rollout_is_under_way_and_then_complete() {
        stage().deploy("followed", 2);
        assertThat(rollout("followed").state()).isEqualTo(RolloutView.State.COMPLETE);
        KubernetesObject changed = change("followed", restart("2026-11-24T11:00:00Z"));
        assertThat(RolloutView.of(new WorkloadView(changed)))
                .as("before its controller has seen it")
                .satisfies(view -> assertThat(view.state()).isEqualTo(RolloutView.State.PROGRESSING))
                .satisfies(view -> assertThat(view.replacing()).isTrue());
        stage().await("the end of the rollout", () -> rollout("followed").state() == RolloutView.State.COMPLETE);
        assertThat(rolledOut("followed", 2)).isTrue();
    }

    @Test
    void a_rollout_that_gets_no_image_stalls_and_leaves_the_old_pods() {
        stage().deploy("stuck", 2);
        Set<String> old = uids("stuck");
        change(
                "stuck",
                """
                {"spec": {"progressDeadlineSeconds": 3, "template": {
                 "metadata": {"annotations": {"play": "image-pull"}},
                 "spec": {"containers": [{"name": "app", "image": "example.invalid/app:none-such"}]}}}}
                """);
        stage().await("the deadline to pass", () -> rollout("stuck").state() == RolloutView.State.STALLED);
        assertThat(deployment("stuck").number("/status/readyReplicas", 0)).isEqualTo(2);
        assertThat(pods("stuck")).filteredOn(pod -> old.contains(pod.uid())).hasSize(2);
        assertThat(pods("stuck"))
                .filteredOn(pod -> !old.contains(pod.uid()))
                .isNotEmpty()
                .allSatisfy(pod -> assertThat(pod.text("/status/containerStatuses/0/state/waiting/reason", ""))
                        .isIn("ErrImagePull", "ImagePullBackOff"));
    }

    @Test
    void a_rollout_that_somebody_pauses_is_said_to_be_paused_until_it_is_resumed() {
        stage().deploy("paused", 2);
        change("paused", "{\"spec\": {\"paused\": true}}");
        change("paused", restart("2026-11-24T12:00:00Z"));
        stage().await("the controller to have seen it", () -> seen(deployment("paused")));
        assertThat(rollout("paused").state()).isEqualTo(RolloutView.State.PAUSED);
        change("paused", "{\"spec\": {\"paused\": null}}");
        stage().await("the end of the rollout", () -> rollout("paused").state() == RolloutView.State.COMPLETE);
    }

    // ---- words of these tests

    private String namespace() {
        return stage().namespace();
    }

    private Target target(String name) {
        return new Target("Deployment", namespace(), name);
    }

    protected final KubernetesObject deployment(String name) {
        return reader().get(ResourceType.DEPLOYMENTS, namespace(), name).orElseThrow();
    }

    protected final List<KubernetesObject> pods(String name) {
        return reader().list(ResourceType.PODS, Query.in(namespace()).selecting(of(name)));
    }

    private KubernetesObject budget(String name) {
        return reader().get(ResourceType.DISRUPTION_BUDGETS, namespace(), name).orElseThrow();
    }

    private RolloutView rollout(String name) {
        return RolloutView.of(new WorkloadView(deployment(name)));
    }

    private List<String> readyEndpoints(String service) {
        Query slices =
                Query.in(namespace()).selecting(LabelSelector.equalTo(Map.of("kubernetes.io/service-name", service)));
        return reader().list(ResourceType.ENDPOINT_SLICES, slices).stream()
                .flatMap(slice -> slice.items("/endpoints").stream())
                .filter(endpoint -> endpoint.flag("/conditions/ready"))
                .map(endpoint -> endpoint.text("/targetRef/name", ""))
                .toList();
    }

    /** What is noted of our writing to the object itself. */
    private List<KubernetesObject> ours(String name) {
        return deployment(name).items("/metadata/managedFields").stream()
                .filter(field -> field.text("/manager", "").equals(ClusterWriter.FIELD_MANAGER))
                .toList();
    }

    private ExecAnswer exec(int limit, String... command) {
        stage().deploy("seen", 2);
        String pod = pods("seen").get(0).name();
        return reader().exec(new ExecQuery(namespace(), pod, CONTAINER, List.of(command), limit));
    }

    private Set<String> uids(String name) {
        return Set.copyOf(pods(name).stream().map(KubernetesObject::uid).toList());
    }

    protected static LabelSelector of(String name) {
        return LabelSelector.equalTo(Map.of("app", name));
    }

    private Set<String> select(String key, Operator operator, String... values) {
        LabelSelector selector = new LabelSelector(List.of(new Requirement(key, operator, Set.of(values))));
        return Set.copyOf(
                reader().list(ResourceType.DEPLOYMENTS, Query.in(namespace()).selecting(selector)).stream()
                        .map(KubernetesObject::name)
                        .toList());
    }

    private String lines(LogQuery query) {
        LogAnswer answer = reader().logs(query);
        assertThat(answer).isInstanceOf(LogAnswer.Lines.class);
        return ((LogAnswer.Lines) answer).text();
    }

    private boolean rolledOut(String name, int replicas) {
        KubernetesObject it = deployment(name);
        return seen(it)
                && it.number("/status/updatedReplicas", 0) == replicas
                && it.number("/status/readyReplicas", 0) == replicas
                && it.number("/status/replicas", 0) == replicas;
    }

    private static boolean seen(KubernetesObject it) {
        return it.number("/status/observedGeneration").equals(it.number("/metadata/generation"));
    }

    private KubernetesObject change(String name, String body) {
        return againstNewest(name, newest -> patch(newest, body));
    }

    /** As the step runner does: a controller may have written the status between our look and our patch. */
    private KubernetesObject againstNewest(String name, Function<KubernetesObject, Change> decided) {
        for (int attempt = 1; ; attempt++) {
            try {
                return writer().apply(decided.apply(deployment(name)), Write.FOR_REAL)
                        .after();
            } catch (ClusterFailure failure) {
                if (failure.kind() != Kind.CONFLICT || attempt == 5) {
                    throw failure;
                }
            }
        }
    }

    protected static Change.Patch patch(KubernetesObject object, String body) {
        return new Change.Patch(object.target(), object.uid(), object.resourceVersion(), json(body), Identity.CHANGE);
    }

    private static Change.Evict evict(KubernetesObject pod) {
        return new Change.Evict(pod.target(), pod.uid(), pod.resourceVersion(), Identity.CHANGE);
    }

    private static Change.Delete delete(KubernetesObject pod, boolean force) {
        return new Change.Delete(pod.target(), pod.uid(), pod.resourceVersion(), force, Identity.CHANGE);
    }

    private static String replicas(int replicas) {
        return "{\"spec\": {\"replicas\": " + replicas + "}}";
    }

    private static String restart(String at) {
        return "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"" + RESTARTED_AT + "\": \"" + at
                + "\"}}}}}";
    }

    private static String annotation(String value) {
        return "{\"metadata\": {\"annotations\": {\"incident-orchestrator/note\": " + value + "}}}";
    }

    protected static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    protected static ClusterFailure fails(Kind kind, ThrowingCallable call) {
        ClusterFailure[] caught = new ClusterFailure[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ClusterFailure.class, failure -> {
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
            assertThat(failure.getMessage()).hasSizeGreaterThan(30);
            caught[0] = failure;
        });
        return caught[0];
    }

    private void assumeMetrics() {
        assumeTrue(
                reader().discover(ResourceType.POD_METRICS),
                "what pods use; install the metrics server in the disposable cluster");
    }
}
