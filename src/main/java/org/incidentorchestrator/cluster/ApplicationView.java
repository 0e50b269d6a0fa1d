package org.incidentorchestrator.cluster;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.incident.Target;

/**
 * An application of Argo CD (argoproj.io/v1alpha1): what git says, what the cluster has, and what Argo CD does about the
 * difference.
 */
public record ApplicationView(KubernetesObject object) {
    private static final String UNKNOWN = "Unknown";
    private static final String TRACKING_ID = "argocd.argoproj.io/tracking-id";
    private static final List<String> INSTANCE = List.of("argocd.argoproj.io/instance", "app.kubernetes.io/instance");

    public String name() {
        return object.name();
    }

    /** Synced, OutOfSync or Unknown. */
    public String sync() {
        return object.text("/status/sync/status", UNKNOWN);
    }

    /** Healthy, Progressing, Degraded, Suspended, Missing or Unknown. */
    public String health() {
        return object.text("/status/health/status", UNKNOWN);
    }

    public boolean synced() {
        return sync().equals("Synced");
    }

    public boolean healthy() {
        return health().equals("Healthy");
    }

    public boolean degraded() {
        return health().equals("Degraded") || health().equals("Missing");
    }

    /** What git has at the revision that the application follows, as Argo CD last saw it; empty when it has not. */
    public String revision() {
        return object.text("/status/sync/revision", "");
    }

    /** The branch, tag or commit that it follows. */
    public String targetRevision() {
        return object.text("/spec/source/targetRevision", "HEAD");
    }

    /** It takes from several places at once, so that no single revision says what it is. */
    public boolean severalSources() {
        return !object.items("/spec/sources").isEmpty();
    }

    public boolean autoSyncs() {
        return object.at("/spec/syncPolicy/automated").exists()
                && !object.text("/spec/syncPolicy/automated/enabled", "true").equals("false");
    }

    /** Whether it takes back what somebody else changes. */
    public boolean selfHeals() {
        return autoSyncs() && object.flag("/spec/syncPolicy/automated/selfHeal");
    }

    /** Running, Terminating, Succeeded, Failed or Error; empty when there never was an operation. */
    public String phase() {
        return object.text("/status/operationState/phase", "");
    }

    public boolean operationRunning() {
        return phase().equals("Running") || phase().equals("Terminating");
    }

    /** Somebody has asked for one that Argo CD has not taken up yet. */
    public boolean operationWaiting() {
        return object.at("/operation").exists();
    }

    /** What the latest operation has synced to, or is to. */
    public String operationRevision() {
        return object.text("/status/operationState/syncResult/revision")
                .or(() -> object.text("/status/operationState/operation/sync/revision"))
                .orElse("");
    }

    public String operationMessage() {
        return object.text("/status/operationState/message", "");
    }

    /** The applications that it is made of, when it is an app of apps. */
    public List<Target> children() {
        return resources("Application");
    }

    /** Of what it says that it manages, the objects of one kind. */
    public List<Target> resources(String kind) {
        return object.items("/status/resources").stream()
                .filter(resource -> resource.text("/kind", "").equals(kind))
                .map(resource ->
                        new Target(kind, resource.text("/namespace", object.namespace()), resource.text("/name", "")))
                .toList();
    }

    /** Whether it says that it manages this object. */
    public boolean manages(Target target) {
        return object.items("/status/resources").stream()
                .anyMatch(resource -> resource.text("/kind", "").equals(target.kind())
                        && resource.text("/namespace", "").equals(target.namespace())
                        && resource.text("/name", "").equals(target.name()));
    }

    /** Who made this application, and may set it back: {@code ApplicationSet/tenants}, {@code Application/root}. */
    public Optional<String> parent() {
        Optional<String> set = object.items("/metadata/ownerReferences").stream()
                .filter(owner -> owner.text("/kind", "").equals("ApplicationSet"))
                .map(owner -> "ApplicationSet/" + owner.text("/name", ""))
                .findFirst();
        return set.or(() -> application().map(name -> "Application/" + name));
    }

    private Optional<String> application() {
        String self = "/Application:" + object.namespace() + "/" + name();
        Stream<String> byId = object.annotation(TRACKING_ID).filter(id -> id.endsWith(self)).stream()
                .map(id -> id.substring(0, Math.max(0, id.indexOf(':'))));
        Stream<String> byLabel = INSTANCE.stream().map(label -> object.labels().getOrDefault(label, ""));
        return Stream.concat(byId, byLabel)
                .filter(name -> !name.isEmpty() && !name.equals(name()))
                .findFirst();
    }

    /** What {@code kubectl get applications} prints, with what decides whether one may be synced. */
    public static Table table(List<ApplicationView> applications) {
        Table table = Table.of("NAME", "SYNC STATUS", "HEALTH STATUS", "OPERATION", "REVISION", "AUTO-SYNC", "PARENT");
        applications.forEach(app -> table.row(
                app.name(),
                app.sync(),
                app.health(),
                app.operationWaiting() ? "Waiting" : app.phase(),
                app.revision(),
                app.selfHeals() ? "self-heal" : app.autoSyncs() ? "yes" : "no",
                app.parent().orElse("")));
        return table;
    }
}
