package org.incidentorchestrator.incident;

/**
 * What makes two alerts the same trouble: made from the alert alone, without asking the cluster.
 *
 * @param alertName the rule's name
 * @param namespace empty when the alert names none
 * @param workload the workload's name, else the service's; empty when the alert names neither
 */
public record IncidentKey(String alertName, String namespace, String workload) {
    /** What is unique among open incidents; the parts cannot contain the separator's control character. */
    public String text() {
        return alertName + "\u001f" + namespace + "\u001f" + workload;
    }

    /** The same for an exercise: beside a real incident of this key there may be one, and no alert belongs to it. */
    String textOfExercise() {
        return "EXERCISE\u001f" + text();
    }

    @Override
    public String toString() {
        String where = workload.isEmpty() ? namespace : namespace.isEmpty() ? workload : namespace + "/" + workload;
        return where.isEmpty() ? alertName : alertName + " on " + where;
    }
}
