package org.incidentorchestrator.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.host.HostFailure.Kind;
import org.springframework.stereotype.Component;

/** The scripts that may be run here, as the settings name them. */
@Component
public final class ScriptCatalogue {
    private final HostSettings settings;
    private final String host;

    public ScriptCatalogue(HostSettings settings) {
        this.settings = settings;
        this.host = settings.host();
    }

    public Set<String> ids() {
        return settings.scripts().keySet();
    }

    /** The name of this machine. */
    public String host() {
        return host;
    }

    /**
     * What running a script would be, after it was looked at where it lies.
     *
     * @throws HostFailure UNKNOWN, NOT_AVAILABLE, UNSAFE or CHANGED
     */
    public ScriptOrder examine(String id) {
        ScriptOrder order = find(id).orElseThrow(() -> new HostFailure(
                Kind.UNKNOWN,
                "no script is named '%s'; the setting host.scripts names %s"
                        .formatted(id, ids().isEmpty() ? "none" : ids()),
                "Correct the model, or add the script to the settings."));
        read(order);
        return order;
    }

    /**
     * The very bytes that are to be run.
     *
     * @throws HostFailure as {@link #examine}; also CHANGED when the settings say something else than was ordered
     */
    PinnedScript read(ScriptOrder order) {
        if (find(order.script()).filter(order::equals).isEmpty()) {
            throw new HostFailure(
                    Kind.CHANGED,
                    "script '%s' is not what the settings of host %s say now".formatted(order.script(), host),
                    "Look again: it is planned anew.");
        }
        return PinnedScript.read(order, Path.of(settings.root()));
    }

    /** What is wrong with the scripts on this host, one line each; none is a reason not to start. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (String id : ids()) {
            try {
                examine(id);
            } catch (HostFailure fault) {
                faults.add(id + ": " + fault.getMessage() + ". " + fault.remedy());
            }
        }
        return faults;
    }

    private Optional<ScriptOrder> find(String id) {
        return Optional.ofNullable(id).map(settings.scripts()::get).map(script -> ScriptOrder.of(id, script, host));
    }
}
