package org.incidentorchestrator.cluster;

import java.util.List;

/** What keeps pods off a node that do not tolerate it. */
public record Taint(String key, String value, String effect) {
    static Taint of(KubernetesObject taint) {
        return new Taint(taint.text("/key", ""), taint.text("/value", ""), taint.text("/effect", ""));
    }

    /** Whether pods without a toleration do not come at all; PreferNoSchedule only makes them come less gladly. */
    public boolean keepsOff() {
        return effect.equals("NoSchedule") || effect.equals("NoExecute");
    }

    /** @param tolerations as they stand in a pod's spec */
    public boolean toleratedBy(List<KubernetesObject> tolerations) {
        return tolerations.stream().anyMatch(this::toleratedBy);
    }

    private boolean toleratedBy(KubernetesObject toleration) {
        boolean exists = toleration.text("/operator", "Equal").equals("Exists");
        String key = toleration.text("/key", "");
        String effect = toleration.text("/effect", "");
        return (effect.isEmpty() || effect.equals(this.effect))
                && (key.isEmpty() ? exists : key.equals(this.key))
                && (exists || toleration.text("/value", "").equals(value));
    }

    /** {@code dedicated=control:NoSchedule}. */
    @Override
    public String toString() {
        return key + (value.isEmpty() ? "" : "=" + value) + ":" + effect;
    }
}
