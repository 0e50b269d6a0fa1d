package org.incidentorchestrator.step.verb.delivery;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The manifests that a step may apply.
 *
 * @param folder of the checkout that they lie in; empty: none are applied
 * @param kinds in RBAC's words, {@code applications.argoproj.io}; everything else is Argo CD's to apply, from git
 */
@Validated
@ConfigurationProperties("manifests")
record ManifestSettings(
        @DefaultValue("") @NotNull String folder,
        @DefaultValue("applications.argoproj.io") @NotEmpty List<String> kinds) {
    private static final Pattern KIND = Pattern.compile("[a-z0-9]+(\\.[a-z0-9][-a-z0-9]*)*");

    ManifestSettings {
        kinds = List.copyOf(kinds);
        for (String kind : kinds) {
            if (!KIND.matcher(kind).matches() || kind.equals("secrets")) {
                throw new IllegalArgumentException("manifests.kinds: '" + kind + "' is not a kind that can be applied;"
                        + " write plural and group as in 'deployments.apps', and never 'secrets'");
            }
        }
    }
}
