package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.incidentorchestrator.cluster.Change.Basis;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.cluster.ClusterFailure.Kind;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.ClusterWriter.Write;
import org.incidentorchestrator.incident.Target;
import org.junit.jupiter.api.Test;

/**
 * What the verbs of delivery, certificates and scaling rely on: patches of custom kinds, and server-side apply. Held by
 * the real API server and by the sandbox.
 */
public abstract class CustomKindContract {
    private static final String OTHER_UID = "00000000-0000-4000-8000-000000000000";

    protected abstract ClusterReader reader();

    protected abstract ClusterWriter writer();

    protected abstract String namespace();

    /** Makes an object, as somebody else. */
    protected abstract KubernetesObject make(ResourceType type, ObjectNode manifest);

    /** Changes an object by a merge patch, as the field manager {@code somebody-else}. */
    protected abstract KubernetesObject changeAsOther(KubernetesObject object, ObjectNode body);

    /** Writes the status of an object, as its controller does. */
    protected abstract void report(KubernetesObject object, ObjectNode status);

    /** Deletes an object, as somebody else, and waits until it is gone. */
    protected abstract void delete(KubernetesObject object);

    // ---- custom kinds

    @Test
    void the_custom_kinds_are_served_and_told() {
        for (ResourceType type : List.of(
                ResourceType.ARGO_APPLICATIONS,
                ResourceType.EXTERNAL_SECRETS,
                ResourceType.SECRET_STORES,
                ResourceType.SCALED_OBJECTS)) {
            assertThat(reader().discover(type)).as(type.kind()).isTrue();
            assertThat(reader().kinds().find(type.group(), type.kind())).hasValue(type);
            assertThat(reader().list(type, Query.in(namespace()))).isNotNull();
        }
        assertThat(reader().kinds().of("constraints.gatekeeper.sh"))
                .extracting(each -> each.type().kind())
                .contains("K8sRequiredSecurityContext", "K8sAllowedRepos");
        assertThat(reader().kinds().of("constraints.gatekeeper.sh"))
                .noneMatch(each -> each.type().namespaced());
    }

    @Test
    void a_merge_patch_of_a_custom_kind_merges_maps_takes_away_with_null_and_replaces_lists() {
        KubernetesObject app = application("merged");
        KubernetesObject after = patch(
                app,
                """
                {spec: {syncPolicy: {automated: {selfHeal: false, prune: null}, syncOptions: [Validate=false]}}}""");
        assertThat(after.at("/spec/syncPolicy/automated")).hasToString("{\"selfHeal\":false}");
        assertThat(after.at("/spec/syncPolicy/syncOptions")).hasToString("[\"Validate=false\"]");
        assertThat(after.text("/spec/source/path", "")).isEqualTo("apps/merged");
        assertThat(after.resourceVersion()).isNotEqualTo(app.resourceVersion());
    }

    @Test
    void an_operation_is_set_beside_the_spec_and_is_no_new_generation() {
        KubernetesObject app = application("synced");
        KubernetesObject after = patch(app, "{operation: {sync: {revision: abc, prune: false}}}");
        assertThat(after.text("/operation/sync/revision", "")).isEqualTo("abc");
        assertThat(after.at("/spec")).isEqualTo(app.at("/spec"));
    }

    @Test
    void a_changed_spec_is_a_new_generation() {
        KubernetesObject app = application("counted");
        KubernetesObject after = patch(app, "{spec: {source: {targetRevision: other}}}");
        assertThat(after.number("/metadata/generation", 0)).isEqualTo(app.number("/metadata/generation", 0) + 1);
    }

    @Test
    void a_patch_leaves_the_status_as_its_controller_wrote_it() {
        KubernetesObject app = application("reported");
        report(app, tree("{sync: {status: Synced}, health: {status: Healthy}}"));
        KubernetesObject after =
                patch(read(app), "{status: {sync: {status: OutOfSync}}, spec: {source: {path: elsewhere}}}");
        assertThat(after.text("/status/sync/status", "")).isEqualTo("Synced");
        assertThat(after.text("/spec/source/path", "")).isEqualTo("elsewhere");
    }

    @Test
    void a_patch_of_a_custom_kind_is_fenced_by_version_and_by_uid() {
        KubernetesObject app = application("fenced");
        patch(app, "{spec: {source: {path: one}}}");
        fails(Kind.CONFLICT, () -> patch(app, "{spec: {source: {path: two}}}"));
        KubernetesObject now = read(app);
        Change other = new Change.Patch(
                now.target(), OTHER_UID, now.resourceVersion(), tree("{spec: {source: {path: two}}}"), Identity.CHANGE);
        fails(Kind.REPLACED, () -> writer().apply(other, Write.FOR_REAL));
        assertThat(read(app)).isEqualTo(now);
    }

    @Test
    void a_rehearsed_patch_of_a_custom_kind_changes_nothing() {
        KubernetesObject app = application("rehearsed");
        Change change = patchOf(app, "{spec: {syncPolicy: {automated: {selfHeal: false}}}}");
        KubernetesObject shown = writer().apply(change, Write.DRY_RUN).after();
        assertThat(shown.flag("/spec/syncPolicy/automated/selfHeal")).isFalse();
        assertThat(read(app)).isEqualTo(app);
    }

    @Test
    void who_sets_a_field_to_another_value_takes_it_from_who_owned_it() {
        KubernetesObject app = application("taken");
        patch(app, "{spec: {source: {path: ours}}}");
        assertThat(owners(read(app), "f:path")).containsExactly(ClusterWriter.FIELD_MANAGER);
        KubernetesObject after = changeAsOther(read(app), tree("{spec: {source: {path: theirs}}}"));
        assertThat(owners(after, "f:path")).containsExactly("somebody-else");
    }

    // ---- apply

    @Test
    void an_apply_makes_an_object_that_was_not_there_and_names_us_as_who_applied_it() {
        KubernetesObject after = apply(Optional.empty(), manifest("made", "one"));
        assertThat(after.uid()).isNotBlank();
        assertThat(after.text("/data/text", "")).isEqualTo("one");
        assertThat(after.items("/metadata/managedFields")).singleElement().satisfies(entry -> {
            assertThat(entry.text("/manager", "")).isEqualTo(ClusterWriter.FIELD_MANAGER);
            assertThat(entry.text("/operation", "")).isEqualTo("Apply");
            assertThat(entry.at("/fieldsV1/f:data/f:text")).matches(KubernetesObject::exists);
        });
        assertThat(read(after)).isEqualTo(after);
    }

    @Test
    void a_rehearsed_apply_shows_the_object_and_makes_none() {
        Change change = applying(Optional.empty(), manifest("never-made", "one"));
        assertThat(writer().apply(change, Write.DRY_RUN).after().text("/data/text", ""))
                .isEqualTo("one");
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "never-made"))
                .isEmpty();
    }

    @Test
    void an_apply_that_was_decided_on_no_object_does_not_touch_one_that_was_made_meanwhile() {
        KubernetesObject theirs = make(ResourceType.CONFIG_MAPS, manifest("made-by-others", "theirs"));
        fails(Kind.CONFLICT, () -> apply(Optional.empty(), manifest("made-by-others", "theirs")));
        assertThat(read(theirs)).isEqualTo(theirs);
    }

    @Test
    void an_apply_changes_what_it_says_and_takes_away_what_it_no_longer_says() {
        ObjectNode first = manifest("changed", "one");
        first.withObject("/data").put("more", "x");
        KubernetesObject before = apply(Optional.empty(), first);
        KubernetesObject after = apply(basis(before), manifest("changed", "two"));
        assertThat(after.uid()).isEqualTo(before.uid());
        assertThat(after.at("/data")).hasToString("{\"text\":\"two\"}");
    }

    @Test
    void an_apply_sent_again_changes_nothing_more() {
        KubernetesObject once = apply(Optional.empty(), manifest("repeated", "one"));
        assertThat(apply(basis(once), manifest("repeated", "one")).resourceVersion())
                .isEqualTo(once.resourceVersion());
    }

    @Test
    void fields_of_others_are_not_taken_and_the_refusal_says_whose_they_are() {
        KubernetesObject made = apply(Optional.empty(), manifest("contested", "ours"));
        KubernetesObject theirs = changeAsOther(made, tree("{data: {text: theirs}}"));
        ClusterFailure refused = fails(Kind.OWNED, () -> apply(basis(theirs), manifest("contested", "ours")));
        assertThat(refused).hasMessageContaining("somebody-else").hasMessageContaining(".data.text");
        assertThat(read(theirs)).isEqualTo(theirs);
    }

    @Test
    void a_field_that_others_own_with_the_same_value_is_shared() {
        KubernetesObject theirs = make(ResourceType.CONFIG_MAPS, manifest("shared", "same"));
        KubernetesObject after = apply(basis(theirs), manifest("shared", "same"));
        assertThat(owners(after, "f:text")).hasSize(2).contains(ClusterWriter.FIELD_MANAGER);
    }

    @Test
    void what_only_others_own_stays() {
        KubernetesObject made = apply(Optional.empty(), manifest("added-to", "one"));
        KubernetesObject added = changeAsOther(made, tree("{data: {theirs: x}}"));
        assertThat(apply(basis(added), manifest("added-to", "two")).map("/data"))
                .containsEntry("theirs", "x")
                .containsEntry("text", "two");
    }

    @Test
    void an_apply_is_fenced_by_version_and_by_uid() {
        KubernetesObject before = apply(Optional.empty(), manifest("versioned", "one"));
        KubernetesObject now = changeAsOther(before, tree("{data: {other: x}}"));
        fails(Kind.CONFLICT, () -> apply(basis(before), manifest("versioned", "two")));
        Optional<Basis> another = Optional.of(new Basis(OTHER_UID, now.resourceVersion()));
        fails(Kind.REPLACED, () -> apply(another, manifest("versioned", "two")));
        assertThat(read(now)).isEqualTo(now);
    }

    @Test
    void an_apply_that_was_decided_on_an_object_does_not_make_it_again_when_it_is_gone() {
        KubernetesObject made = apply(Optional.empty(), manifest("gone", "one"));
        delete(made);
        fails(Kind.NOT_FOUND, () -> apply(basis(made), manifest("gone", "two")));
        assertThat(reader().get(ResourceType.CONFIG_MAPS, namespace(), "gone")).isEmpty();
    }

    @Test
    void an_apply_into_a_namespace_that_is_not_there_is_refused() {
        ObjectNode manifest = manifest("nowhere", "one");
        manifest.withObject("/metadata").put("namespace", "no-such-namespace");
        var target = new Target("ConfigMap", "no-such-namespace", "nowhere");
        var change = new Change.Apply(ResourceType.CONFIG_MAPS, target, Optional.empty(), manifest, Identity.CHANGE);
        assertThat(fails(Kind.NOT_FOUND, () -> writer().apply(change, Write.FOR_REAL)))
                .hasMessageContaining("no-such-namespace");
    }

    @Test
    void an_apply_of_a_kind_that_is_not_served_says_so() {
        ResourceType nowhere = new ResourceType("nowhere.example", "v1", "Widget", "widgets", true);
        ObjectNode manifest = tree("{apiVersion: nowhere.example/v1, kind: Widget, metadata: {name: x}}");
        manifest.withObject("/metadata").put("namespace", namespace());
        var change = new Change.Apply(
                nowhere, new Target("Widget", namespace(), "x"), Optional.empty(), manifest, Identity.CHANGE);
        fails(Kind.NOT_INSTALLED, () -> writer().apply(change, Write.FOR_REAL));
    }

    @Test
    void an_apply_of_a_custom_kind_makes_it_and_leaves_its_status_alone() {
        ObjectNode manifest = applicationManifest("applied");
        manifest.withObject("/status").put("invented", "by us");
        var target = new Target("Application", namespace(), "applied");
        var type = ResourceType.ARGO_APPLICATIONS;
        KubernetesObject made = writer().apply(
                        new Change.Apply(type, target, Optional.empty(), manifest, Identity.CHANGE), Write.FOR_REAL)
                .after();
        assertThat(made.at("/status").exists()).isFalse();
        report(made, tree("{sync: {status: Synced}}"));
        manifest.withObject("/spec/source").put("targetRevision", "v2");
        KubernetesObject after = writer().apply(
                        new Change.Apply(type, target, basis(read(made)), manifest, Identity.CHANGE), Write.FOR_REAL)
                .after();
        assertThat(after.text("/spec/source/targetRevision", "")).isEqualTo("v2");
        assertThat(after.text("/status/sync/status", "")).isEqualTo("Synced");
        assertThat(after.at("/status/invented").exists()).isFalse();
    }

    @Test
    void an_apply_that_an_own_patch_stands_against_names_ourselves() {
        ObjectNode manifest = applicationManifest("ours-twice");
        var target = new Target("Application", namespace(), "ours-twice");
        var type = ResourceType.ARGO_APPLICATIONS;
        KubernetesObject made = writer().apply(
                        new Change.Apply(type, target, Optional.empty(), manifest, Identity.CHANGE), Write.FOR_REAL)
                .after();
        KubernetesObject paused = patch(made, "{spec: {syncPolicy: {automated: {selfHeal: false}}}}");
        var again = new Change.Apply(type, target, basis(paused), manifest, Identity.CHANGE);
        assertThat(fails(Kind.OWNED, () -> writer().apply(again, Write.FOR_REAL)))
                .hasMessageContaining(ClusterWriter.FIELD_MANAGER)
                .hasMessageContaining(".spec.syncPolicy.automated.selfHeal");
    }

    // ---- words

    protected static ObjectNode tree(String yaml) {
        return (ObjectNode) Manifest.tree(yaml);
    }

    protected ObjectNode manifest(String name, String text) {
        return tree(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: %s, namespace: %s }
                data: { text: %s }
                """
                        .formatted(name, namespace(), text));
    }

    private ObjectNode applicationManifest(String name) {
        return tree(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: { name: %1$s, namespace: %2$s }
                spec:
                  project: default
                  source: { repoURL: 'https://git.example/platform', path: apps/%1$s, targetRevision: main }
                  destination: { namespace: a1-orchestrator, server: 'https://kubernetes.default.svc' }
                  syncPolicy: { automated: { selfHeal: true, prune: true }, syncOptions: [A=1, B=2] }
                """
                        .formatted(name, namespace()));
    }

    protected KubernetesObject application(String name) {
        return make(ResourceType.ARGO_APPLICATIONS, applicationManifest(name));
    }

    protected KubernetesObject apply(Optional<Basis> basis, ObjectNode manifest) {
        return writer().apply(applying(basis, manifest), Write.FOR_REAL).after();
    }

    private Change applying(Optional<Basis> basis, ObjectNode manifest) {
        Target target = KubernetesObject.of(manifest).target();
        return new Change.Apply(ResourceType.CONFIG_MAPS, target, basis, manifest, Identity.CHANGE);
    }

    protected static Optional<Basis> basis(KubernetesObject object) {
        return Optional.of(new Basis(object.uid(), object.resourceVersion()));
    }

    private Change patchOf(KubernetesObject object, String body) {
        return new Change.Patch(object.target(), object.uid(), object.resourceVersion(), tree(body), Identity.CHANGE);
    }

    private KubernetesObject patch(KubernetesObject object, String body) {
        return writer().apply(patchOf(object, body), Write.FOR_REAL).after();
    }

    private KubernetesObject read(KubernetesObject object) {
        ResourceType type = ResourceType.ofKind(object.kind()).orElseThrow();
        return reader().get(type, namespace(), object.name()).orElseThrow();
    }

    /** @param field a part of {@code fieldsV1} that stands nowhere else */
    private static List<String> owners(KubernetesObject object, String field) {
        return object.items("/metadata/managedFields").stream()
                .filter(entry -> entry.at("/fieldsV1").toString().contains("\"" + field + "\""))
                .map(entry -> entry.text("/manager", ""))
                .toList();
    }

    protected static ClusterFailure fails(Kind kind, ThrowingCallable call) {
        ClusterFailure failure = catchThrowableOfType(ClusterFailure.class, call);
        assertThat(failure).as("a failure of kind " + kind).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        return failure;
    }
}
