package org.incidentorchestrator.step.verb;

import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.incidentorchestrator.incident.Target;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How far looks reach beyond the namespaces that are ours.
 *
 * @param namespaces where steps may look as well, and never change: system namespaces such as Gatekeeper's
 */
@Validated
@ConfigurationProperties("look")
public record LookSettings(@DefaultValue("gatekeeper-system") @NotNull List<String> namespaces) {
    public LookSettings {
        namespaces = List.copyOf(namespaces);
        for (String namespace : namespaces) {
            if (!Target.isNamespace(namespace)) {
                throw new IllegalArgumentException("look.namespaces: '" + namespace
                        + "' is not a namespace; write at most 63 of a-z, 0-9 and '-', without patterns");
            }
        }
    }
}
