package org.incidentorchestrator.runbook;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code ${lists.of(names)}}: what a step gives as one text, for a task that is done once for each of them. */
@ForModels("lists")
@Component
public class Lists {
    /** @param names separated by commas; null and empty for none */
    public Collection<String> of(String names) {
        return Arrays.stream(names == null ? new String[0] : names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }
}
