package org.incidentorchestrator.step.verb.delivery;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.cluster.ServedKinds;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.springframework.stereotype.Component;

/**
 * Applies a file of manifests, as {@code kubectl apply --server-side} does, one change for each of its objects: makes
 * what is not there, and changes what it says of what is. Nothing is taken from another field manager. What was applied
 * is pinned by its SHA-256: a file that has changed since it was proposed is refused. No undo: apply the commit before,
 * and delete by hand what was made.
 */
@RunbookLines("R03")
@Component
final class ApplyManifest implements Step<ApplyManifest.Input, ApplyManifest.Output> {
    private final ManifestSettings settings;
    private final ManifestRules rules;

    ApplyManifest(ManifestSettings settings, ManifestRules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    /** @param path below the setting manifests.folder: {@code apps/root-app/app-of-apps.yaml} */
    record Input(String path) {}

    /**
     * @param sha256 of the file, in hex
     * @param made how many of the objects are not there yet
     * @param targets the objects' ids, separated by commas; cut where they are many
     * @param application the name of the first that is an application of Argo CD; empty without one
     */
    record Output(String path, String sha256, int objects, int made, String targets, String application) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        ManifestFile file = ManifestFile.read(settings.folder(), in.path);
        ServedKinds kinds = context.cluster().kinds();
        List<Manifest> manifests = ManifestText.objects(file.text(), in.path).stream()
                .map(tree -> rules.read(tree, in.path, kinds, context.cluster()))
                .toList();
        refuseTwins(in.path, manifests);
        String line = KubectlText.of(context.cluster().cluster()).apply(file.path());
        return new Plan<>(
                summary(in.path, manifests),
                manifests.stream().map(Manifest::effect).toList(),
                List.of(line),
                List.of(Artefact.text(file.path().getFileName().toString(), line, file.text())),
                output(in.path, file.sha256(), manifests));
    }

    private static void refuseTwins(String path, List<Manifest> manifests) {
        if (manifests.stream().map(Manifest::target).distinct().count() < manifests.size()) {
            throw ManifestText.unfit(path, "says the same object twice");
        }
    }

    private static String summary(String path, List<Manifest> manifests) {
        String objects = manifests.stream()
                .map(manifest -> (manifest.makes() ? "make " : "change ") + manifest.target())
                .collect(Collectors.joining(", "));
        return Line.of("Apply " + path + ": " + objects, 1000);
    }

    private static Output output(String path, String sha256, List<Manifest> manifests) {
        List<Target> targets = manifests.stream().map(Manifest::target).toList();
        String application = targets.stream()
                .filter(target -> target.kind().equals("Application"))
                .map(Target::name)
                .findFirst()
                .orElse("");
        return new Output(
                path,
                sha256,
                manifests.size(),
                (int) manifests.stream().filter(Manifest::makes).count(),
                Line.of(targets.stream().map(Target::id).collect(Collectors.joining(", ")), Line.MODEL),
                application);
    }

    /** An apply that makes its object needs the right to create, one that changes it the right to patch. */
    @Override
    public Set<Permission> permissions() {
        return settings.kinds().stream()
                .flatMap(kind -> {
                    int dot = kind.indexOf('.');
                    String plural = dot < 0 ? kind : kind.substring(0, dot);
                    String group = dot < 0 ? "" : kind.substring(dot + 1);
                    return Stream.of(
                            Permission.look(group, plural, "get"),
                            Permission.restore(group, plural, "create"),
                            Permission.restore(group, plural, "patch"));
                })
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED);
    }

    @Override
    public boolean changes() {
        return true;
    }
}
