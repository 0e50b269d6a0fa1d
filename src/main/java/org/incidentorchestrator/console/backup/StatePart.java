package org.incidentorchestrator.console.backup;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.env.Environment;

/**
 * What a back-up of the state has, each a file of its own in it. Not the key that approvals are sealed with: whoever has it
 * and the database can make an approval.
 */
public enum StatePart {
    DATABASE("incidents.mv.db", ""),
    /** Without it, Alertmanager has to be given a new token before its messages are taken again. */
    ALERTMANAGER_TOKEN("alertmanager.token", "intake.sources.alertmanager.token-file"),
    SANDBOX_WORLD("sandbox-world.json", "sandbox.world");

    private final String entry;
    private final String setting;

    StatePart(String entry, String setting) {
        this.entry = entry;
        this.setting = setting;
    }

    /** Its name in the back-up. */
    String entry() {
        return entry;
    }

    static Optional<StatePart> named(String entry) {
        return Arrays.stream(values()).filter(part -> part.entry.equals(entry)).findFirst();
    }

    /** Where it lies by the settings; nowhere for what is not kept, and for the database, which its own URL names. */
    Optional<Path> place(Environment settings) {
        return Optional.of(settings.getProperty(setting.isEmpty() ? "none" : setting, ""))
                .filter(path -> !path.isBlank())
                .map(Path::of);
    }
}
