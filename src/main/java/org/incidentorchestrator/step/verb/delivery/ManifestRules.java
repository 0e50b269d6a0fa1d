package org.incidentorchestrator.step.verb.delivery;

import static org.incidentorchestrator.step.verb.delivery.SyncRefusals.refuse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.cluster.ServedKinds.Silent;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/** What a manifest may be: of a kind that is served and that is ours to apply, in a namespace that is ours to change. */
@Component
final class ManifestRules {
    private static final List<String> SERVERS_OWN =
            List.of("uid", "resourceVersion", "managedFields", "generateName", "creationTimestamp", "generation");

    private final ManifestSettings settings;
    private final ClusterSettings cluster;
    private final ArgoCdSettings argoCd;

    ManifestRules(ManifestSettings settings, ClusterSettings cluster, ArgoCdSettings argoCd) {
        this.settings = settings;
        this.cluster = cluster;
        this.argoCd = argoCd;
    }

    /** @param file for messages @throws StepFailure refused, with the reason */
    Manifest read(ObjectNode tree, String file, ServedKinds kinds, ClusterReader reader) {
        ResourceType type = type(tree, file, kinds);
        Target target = target(tree, file, type);
        return new Manifest(type, target, tree, reader.get(type, target.namespace(), target.name()));
    }

    private ResourceType type(ObjectNode tree, String file, ServedKinds kinds) {
        String apiVersion = tree.path("apiVersion").asText();
        String kind = tree.path("kind").asText();
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            throw ManifestText.unfit(file, "has an object without apiVersion or kind");
        }
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        ResourceType served =
                kinds.find(group, kind).orElseThrow(() -> notServed(file, apiVersion, kind, group, kinds));
        String name = served.plural() + (group.isEmpty() ? "" : "." + group);
        refuse(
                !settings.kinds().contains(name) || kind.equals("Secret"),
                "kindNotApplied",
                "Manifest '%s' was not applied: %s is none of the kinds that are applied here, %s."
                        .formatted(file, name, settings.kinds()),
                "Leave it to Argo CD, or name the kind in the setting manifests.kinds; secrets never.");
        return new ResourceType(group, version, kind, served.plural(), served.namespaced());
    }

    private static StepFailure notServed(String file, String apiVersion, String kind, String group, ServedKinds kinds) {
        String why = kinds.silence(group).map(Silent::why).orElse("nothing in the cluster defines this kind yet.");
        return StepFailure.refused(
                "kindNotInstalled",
                "Manifest '%s' was not applied: the API server does not serve %s of %s: %s"
                        .formatted(file, Line.of(kind, 63), Line.of(apiVersion, 100), why),
                "Install what defines it, then apply it again.");
    }

    private Target target(ObjectNode tree, String file, ResourceType type) {
        for (String field : SERVERS_OWN) {
            if (tree.path("metadata").has(field)) {
                throw ManifestText.unfit(file, "sets metadata." + field + ", which is the API server's own");
            }
        }
        String namespace = tree.at("/metadata/namespace").asText();
        String name = tree.at("/metadata/name").asText();
        boolean unfit = !Target.isName(name) || type.namespaced() != Target.isNamespace(namespace);
        if (unfit) {
            throw ManifestText.unfit(
                    file,
                    "has a %s whose name '%s' or namespace '%s' is missing, is none, or is too much"
                            .formatted(type.kind(), Line.of(name, 80), Line.of(namespace, 80)));
        }
        Target target = new Target(type.kind(), namespace, name);
        refuse(
                !cluster.allows(namespace) && !argoCd.owns(target),
                "namespaceNotAllowed",
                "Manifest '%s' was not applied: %s is %s."
                        .formatted(
                                file,
                                target,
                                type.namespaced()
                                        ? "in a namespace that this program must not change"
                                        : "the whole cluster's, which this program must not change"),
                "Apply it by hand, or add the namespace to the setting cluster.namespaces.");
        return target;
    }
}
