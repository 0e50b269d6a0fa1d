package org.incidentorchestrator.notify.oncall;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The file of contacts does not fit, or leaves somebody out of reach: every fault with its line, and what to write. */
public final class RosterRefused extends RuntimeException {
    RosterRefused(Path file, List<String> faults) {
        super(faults.stream()
                .map(fault -> "  - " + fault)
                .collect(Collectors.joining(
                        "\n",
                        "on-call.file %s has %s:\n"
                                .formatted(file, faults.size() == 1 ? "a fault" : faults.size() + " faults"),
                        "")));
    }
}
