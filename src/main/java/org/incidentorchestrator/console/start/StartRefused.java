package org.incidentorchestrator.console.start;

import java.util.List;
import java.util.stream.Collectors;

/** The settings do not fit; every fault is named. Nothing was opened or changed. */
final class StartRefused extends RuntimeException {
    private final transient List<String> faults;

    /** @param faults each a sentence: which setting, why, what to do */
    StartRefused(List<String> faults) {
        super(String.join("; ", faults));
        this.faults = List.copyOf(faults);
    }

    List<String> faults() {
        return faults;
    }

    String block() {
        return "The program does not start: %d %s.%n%s"
                .formatted(
                        faults.size(),
                        faults.size() == 1 ? "setting is wrong" : "settings are wrong",
                        faults.stream().map(fault -> "  - " + fault).collect(Collectors.joining("\n")));
    }
}
