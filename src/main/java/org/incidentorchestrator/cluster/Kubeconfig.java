package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The kubeconfig file that {@code cluster.kubeconfig} names. What is wrong with it is said at the start, not at 3 a.m. */
final class Kubeconfig {
    private final String path;
    private final io.fabric8.kubernetes.api.model.Config content;

    private Kubeconfig(String path, io.fabric8.kubernetes.api.model.Config content) {
        this.path = path;
        this.content = content;
    }

    static Kubeconfig read(String path) {
        if (!Files.isRegularFile(Path.of(path)) || !Files.isReadable(Path.of(path))) {
            throw fault(
                    "cluster.kubeconfig",
                    path,
                    "this file cannot be read; name a kubeconfig that the user of this program may read");
        }
        return new Kubeconfig(path, parsed(path));
    }

    private static io.fabric8.kubernetes.api.model.Config parsed(String path) {
        try {
            return KubeConfigUtils.parseConfig(Path.of(path).toFile());
        } catch (RuntimeException e) {
            throw fault(
                    "cluster.kubeconfig",
                    path,
                    "this file is not a kubeconfig in YAML; 'kubectl --kubeconfig FILE config view' shows what kubectl"
                            + " makes of it. YAML that begins with '{' has to be written in block style");
        }
    }

    /** @param wanted empty for the file's current context */
    String context(String setting, String wanted) {
        String name = wanted.isEmpty() ? content.getCurrentContext() : wanted;
        if (name == null || name.isEmpty()) {
            throw fault(setting, wanted, path + " has no current context; set it to one of " + contexts());
        }
        if (!contexts().contains(name)) {
            throw fault(setting, name, path + " has no such context; it has " + contexts());
        }
        return name;
    }

    Config as(String setting, String context) {
        Config config = Config.fromKubeconfig(context, Path.of(path).toFile());
        if (config.getMasterUrl() == null
                || content.getClusters().stream().noneMatch(c -> c.getName().equals(cluster(context)))) {
            throw fault(
                    setting, context, "this context's cluster is not in " + path + "; add it, or name another context");
        }
        return config;
    }

    /** The name of a context's cluster: two contexts of one cluster differ in their users alone. */
    String cluster(String context) {
        return content.getContexts().stream()
                .filter(each -> each.getName().equals(context))
                .map(each -> String.valueOf(each.getContext().getCluster()))
                .findFirst()
                .orElse("");
    }

    private List<String> contexts() {
        return content.getContexts().stream().map(NamedContext::getName).toList();
    }

    static InvalidConfigurationPropertyValueException fault(String setting, String value, String reason) {
        return new InvalidConfigurationPropertyValueException(setting, value, reason);
    }
}
