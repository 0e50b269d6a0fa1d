package org.incidentorchestrator.step.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.incidentorchestrator.cluster.AccessReview.Rule;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterGates;
import org.incidentorchestrator.cluster.Nowhere;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepCatalogue;
import org.incidentorchestrator.step.verb.LookSettings;
import org.incidentorchestrator.step.verb.Verbs;
import org.incidentorchestrator.support.TestClock;
import org.junit.jupiter.api.Test;

class RightsCheckTest {
    @Test
    void of_a_cluster_that_is_silent_nothing_is_said_to_be_missing() {
        var places = new Places(
                ClusterGates.settings(), new ArgoCdSettings("argocd"), new LookSettings(List.of("gatekeeper-system")));
        List<Step<?, ?>> verbs = List.copyOf(Verbs.all());
        RightsFound found = new RightsCheck(new StepCatalogue(verbs), Nowhere.review(), places, new TestClock())
                .of(Set.of("restartWorkload"));
        assertThat(found.known()).isFalse();
        assertThat(found.exact()).isFalse();
        assertThat(found.unknown()).contains("nothing accepts connections");
        assertThat(found.missing()).isEmpty();
        assertThat(found.excess()).isEmpty();
    }

    @Test
    void a_patch_that_does_not_say_of_which_fields_is_none_of_our_rights() {
        assertThatThrownBy(() -> Rights.of(List.of(Permission.change("apps", "deployments", "patch"))))
                .hasMessageContaining("patch deployments.apps", "only()");
        assertThatThrownBy(() -> Rights.of(List.of(Permission.isolate("", "pods", "delete"))))
                .hasMessageContaining("delete pods");
        assertThat(Rights.of(List.of(Permission.change("", "pods/eviction", "create")))
                        .all())
                .hasSize(2);
    }

    @Test
    void a_rule_covers_what_it_names_or_all_but_not_what_it_names_objects_of() {
        assertThat(rule(Set.of("apps"), Set.of("deployments"), Set.of()).covers("apps", "deployments", "get"))
                .isTrue();
        assertThat(rule(Set.of("*"), Set.of("*"), Set.of()).covers("", "pods/log", "get"))
                .isTrue();
        assertThat(rule(Set.of(""), Set.of("*/log"), Set.of()).covers("", "pods/log", "get"))
                .isTrue();
        assertThat(rule(Set.of(""), Set.of("pods"), Set.of()).covers("", "pods/log", "get"))
                .isFalse();
        assertThat(rule(Set.of("apps"), Set.of("deployments"), Set.of("one")).covers("apps", "deployments", "get"))
                .isFalse();
    }

    private static Rule rule(Set<String> groups, Set<String> resources, Set<String> names) {
        return new Rule(groups, resources, Set.of("get"), names);
    }
}
