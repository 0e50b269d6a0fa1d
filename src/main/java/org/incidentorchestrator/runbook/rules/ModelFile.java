package org.incidentorchestrator.runbook.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.core.io.Resource;

/** A model, a decision table or a form. @param place from {@code processes} or {@code forms} on: {@code processes/parts/await-rollout.bpmn} */
public record ModelFile(Path place, Resource content) {
    public String name() {
        return place.getFileName().toString();
    }

    /** The name without its ending: the key of what is in it. */
    String key() {
        return name().replaceFirst("\\.\\w+$", "");
    }

    public String text() {
        try {
            return content.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(place + " cannot be read; make it readable to the program", e);
        }
    }
}
