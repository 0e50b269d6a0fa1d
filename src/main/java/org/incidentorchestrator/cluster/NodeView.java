package org.incidentorchestrator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A node as {@code kubectl get nodes} shows it, and what is wrong with it. */
public record NodeView(KubernetesObject node) {
    private static final String ROLE = "node-role.kubernetes.io/";

    public String name() {
        return node.name();
    }

    /** The condition's status is True; a search for the word "Ready" finds "NotReady" too. */
    public boolean ready() {
        return condition("Ready").equals("True");
    }

    /** Whether somebody has cordoned it: no new pods come, those that are there stay. */
    public boolean cordoned() {
        return node.flag("/spec/unschedulable");
    }

    /** Whether pods that tolerate its taints may come. */
    public boolean schedulable() {
        return ready() && !cordoned();
    }

    /** The STATUS column: {@code Ready}, {@code NotReady,SchedulingDisabled} … */
    public String status() {
        String word = condition("Ready").isEmpty() ? "Unknown" : ready() ? "Ready" : "NotReady";
        return cordoned() ? word + ",SchedulingDisabled" : word;
    }

    public String roles() {
        TreeSet<String> roles = new TreeSet<>();
        node.labels().forEach((label, value) -> {
            if (label.startsWith(ROLE)) {
                roles.add(label.substring(ROLE.length()));
            } else if (label.equals("kubernetes.io/role")) {
                roles.add(value);
            }
        });
        return String.join(",", roles);
    }

    public String version() {
        return node.text("/status/nodeInfo/kubeletVersion", "");
    }

    /** Kubelet, operating system and kernel, as far as the node tells: {@code v1.34.1+k3s1 on Ubuntu 24.04 LTS, kernel 6.8.0}. */
    public String versions() {
        String system = node.text("/status/nodeInfo/osImage", "");
        String kernel = node.text("/status/nodeInfo/kernelVersion", "");
        return (version().isEmpty() ? "unknown version" : version())
                + (system.isEmpty() ? "" : " on " + system)
                + (kernel.isEmpty() ? "" : ", kernel " + kernel);
    }

    public Optional<Instant> created() {
        return node.time("/metadata/creationTimestamp");
    }

    public Amounts allocatable() {
        return Amounts.of(node, "/status/allocatable");
    }

    public List<Taint> taints() {
        return node.items("/spec/taints").stream().map(Taint::of).toList();
    }

    /** The conditions that are true and should not be: {@code MemoryPressure}, {@code DiskPressure}, {@code PIDPressure} … */
    public List<String> pressures() {
        return node.items("/status/conditions").stream()
                .filter(condition -> !condition.text("/type", "").equals("Ready"))
                .filter(condition -> condition.text("/status", "").equals("True"))
                .map(condition -> condition.text("/type", ""))
                .toList();
    }

    /** What is wrong, in a few words each; empty where nothing is. */
    public List<String> troubles() {
        List<String> troubles = new ArrayList<>();
        pressures().forEach(pressure -> troubles.add("under " + pressure));
        if (!ready()) {
            String message = node.items("/status/conditions").stream()
                    .filter(condition -> condition.text("/type", "").equals("Ready"))
                    .map(condition -> condition.text("/message", ""))
                    .findFirst()
                    .orElse("");
            troubles.add(0, message.isEmpty() ? "not ready" : "not ready (" + message + ")");
        }
        if (cordoned()) {
            troubles.add("cordoned");
        }
        return troubles;
    }

    private String condition(String type) {
        return node.items("/status/conditions").stream()
                .filter(condition -> condition.text("/type", "").equals(type))
                .map(condition -> condition.text("/status", ""))
                .findFirst()
                .orElse("");
    }

    /** What {@code kubectl get nodes} would print of these, and what kubectl leaves out: taints and pressures. */
    public static Table table(List<NodeView> nodes, Instant now) {
        Table table = Table.of("NAME", "STATUS", "ROLES", "AGE", "VERSION", "TAINTS", "PRESSURE");
        for (NodeView node : nodes) {
            table.row(
                    node.name(),
                    node.status(),
                    node.roles(),
                    Age.of(node.created(), now),
                    node.version(),
                    node.taints().stream().map(Taint::toString).collect(Collectors.joining(",")),
                    String.join(",", node.pressures()));
        }
        return table;
    }
}
