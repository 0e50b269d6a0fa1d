package org.incidentorchestrator.cluster;

import jakarta.validation.constraints.NotNull;
import org.incidentorchestrator.incident.Target;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where Argo CD is.
 *
 * @param namespace where its applications lie. They are looked at and changed there, and nothing else is
 */
@Validated
@ConfigurationProperties("argocd")
public record ArgoCdSettings(@DefaultValue("argocd") @NotNull String namespace) {
    public ArgoCdSettings {
        if (!Target.isNamespace(namespace)) {
            throw new IllegalArgumentException(
                    "argocd.namespace: '" + namespace + "' is not a namespace; write at most 63 of a-z, 0-9 and '-'");
        }
    }

    /** Whether an object is one of its applications. */
    public boolean owns(Target target) {
        return target.kind().equals(ResourceType.ARGO_APPLICATIONS.kind())
                && target.namespace().equals(namespace);
    }
}
