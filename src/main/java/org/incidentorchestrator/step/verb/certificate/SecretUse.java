package org.incidentorchestrator.step.verb.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.KubernetesObject;

/**
 * How a workload's pods use a secret.
 *
 * @param ways in words, for a table; empty when they do not use it
 * @param restartsItself whether Stakater's Reloader is told to restart it when the secret changes
 */
record SecretUse(KubernetesObject workload, List<String> ways, boolean restartsItself) {
    private static final List<String> AUTOMATIC =
            List.of("reloader.stakater.com/auto", "secret.reloader.stakater.com/auto");
    private static final String NAMED = "secret.reloader.stakater.com/reload";

    static SecretUse of(KubernetesObject workload, String secret) {
        KubernetesObject pod = workload.at("/spec/template/spec");
        List<String> ways = new ArrayList<>();
        pod.items("/volumes").forEach(volume -> volume(volume, secret, ways));
        Stream.of("/initContainers", "/containers")
                .flatMap(list -> pod.items(list).stream())
                .forEach(container -> container(container, secret, ways));
        return new SecretUse(workload, List.copyOf(ways), reloads(workload, secret));
    }

    private static void volume(KubernetesObject volume, String secret, List<String> ways) {
        String name = volume.text("/name", "");
        if (volume.text("/secret/secretName", "").equals(secret)) {
            ways.add("volume " + name);
        }
        if (volume.items("/projected/sources").stream()
                .anyMatch(source -> source.text("/secret/name", "").equals(secret))) {
            ways.add("projected volume " + name);
        }
    }

    private static void container(KubernetesObject container, String secret, List<String> ways) {
        boolean named = container.items("/env").stream()
                .anyMatch(variable ->
                        variable.text("/valueFrom/secretKeyRef/name", "").equals(secret));
        boolean all = container.items("/envFrom").stream()
                .anyMatch(source -> source.text("/secretRef/name", "").equals(secret));
        if (named || all) {
            ways.add("environment of " + container.text("/name", ""));
        }
    }

    private static boolean reloads(KubernetesObject workload, String secret) {
        return Stream.of(workload, workload.at("/spec/template"))
                .anyMatch(object -> AUTOMATIC.stream().anyMatch(name -> object.annotation(name)
                                .filter("true"::equals)
                                .isPresent())
                        || names(object).contains(secret));
    }

    private static List<String> names(KubernetesObject object) {
        return Stream.of(object.annotation(NAMED).orElse("").split(","))
                .map(String::strip)
                .toList();
    }

    boolean uses() {
        return !ways.isEmpty();
    }
}
