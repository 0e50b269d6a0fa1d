package org.incidentorchestrator.cluster;

import java.util.EnumMap;
import java.util.Map;
import org.incidentorchestrator.cluster.Change.Identity;

/** One cluster, asked as several users: an identity without a context of its own has the next wider one's that has. */
record Identities(Map<Identity, ApiServer> servers) {
    Identities {
        servers = Map.copyOf(servers);
    }

    static Identities alone(ApiServer server) {
        return new Identities(Map.of(Identity.LOOK, server));
    }

    /** @throws RuntimeException a named fault of the setting, when a context is not there or is of another cluster */
    static Identities of(ClusterSettings settings, Kubeconfig file, ApiServer look) {
        Map<Identity, ApiServer> servers = new EnumMap<>(Map.of(Identity.LOOK, look));
        settings.contexts().forEach((identity, wanted) -> {
            String setting = "cluster.contexts." + identity.name().toLowerCase(java.util.Locale.ROOT);
            String context = file.context(setting, wanted);
            sameCluster(setting, file, context, look);
            servers.put(identity, new ApiServer(file.as(setting, context), context, settings.requestTimeout()));
        });
        return new Identities(servers);
    }

    /** Each account that is named is impersonated by the pod's own; that one looks. */
    static Identities inCluster(ClusterSettings settings, ServiceAccount pod) {
        String name = settings.context().isEmpty() ? "in-cluster" : settings.context();
        Map<Identity, ApiServer> servers =
                new EnumMap<>(Map.of(Identity.LOOK, new ApiServer(pod.config(), name, settings.requestTimeout())));
        settings.accounts()
                .forEach((identity, account) ->
                        servers.put(identity, new ApiServer(pod.as(account), name, settings.requestTimeout())));
        return new Identities(servers);
    }

    /** By name, so that nothing is ever decided on one cluster and done to another. */
    private static void sameCluster(String setting, Kubeconfig file, String context, ApiServer look) {
        if (!file.cluster(context).equals(file.cluster(look.context()))) {
            throw Kubeconfig.fault(
                    setting,
                    context,
                    "it is of cluster '" + file.cluster(context) + "', and " + look.context() + " is of cluster '"
                            + file.cluster(look.context()) + "'; name a context of the same cluster");
        }
    }

    ApiServer of(Identity identity) {
        ApiServer own = servers.get(identity);
        return own != null || identity == Identity.LOOK ? own : of(wider(identity));
    }

    private static Identity wider(Identity identity) {
        return identity == Identity.ISOLATE || identity == Identity.RESTORE ? Identity.CHANGE : Identity.LOOK;
    }
}
