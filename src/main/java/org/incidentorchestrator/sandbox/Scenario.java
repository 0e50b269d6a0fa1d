package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What may go wrong in the sandbox, on request. In REST and in the world file the words have hyphens. */
public enum Scenario {
    /** Every pod of the current template crashes, also new ones; a rollout restart heals it. */
    CRASH_UNTIL_RESTARTED,
    /** Every pod runs out of memory while fewer than {@value Scenarios#ENOUGH} share the load; scaling heals it. */
    CRASH_UNTIL_SCALED,
    /** One pod serves nothing. A restart takes the fault along to a new pod; evicting or deleting the bad one heals it. */
    ONE_BAD_POD,
    /**
     * The pods of the current template open connections to the database and do not close them, and answer ever more
     * slowly; a rollout restart heals it.
     */
    CONNECTIONS_LEAK,
    /** The pods of the current template use ever more memory until they are killed for it; a rollout restart heals it. */
    MEMORY_LEAKS,
    /** Every pod is killed for its memory while its limit is below {@value Scenarios#ROOMY}; raising the limit heals it. */
    MEMORY_TOO_SMALL,
    /**
     * The workload has so much to do that its pods are at their limits of CPU and memory, and less near to them the more
     * pods share it: {@value Load#PODS} bear it. An autoscaler does what it may.
     */
    LOAD_IS_HIGH,
    /** The load is high, and the workload's autoscaler cannot measure it. */
    AUTOSCALER_BLIND,
    /** Argo CD holds the workload as git has it: whatever else somebody sets goes back after 5 s. */
    ARGO_CD_HEALS,
    /** KEDA scales the workload by an autoscaler of its own, whose bounds it writes again when somebody changes them. */
    KEDA_SCALES,
    /** The workload's disruption budget lets no pod go. */
    BUDGET_BLOCKS,
    /** Argo CD, KEDA and the budget all at once: the set that defeats what is typed without looking. */
    EVERYTHING_HOLDS,
    /**
     * The workload's pods hold a certificate that ends in ten days and serve it on port 443. Where no ExternalSecret
     * writes its secret, it is one that somebody has brought in by hand.
     */
    CERTIFICATE_EXPIRES,
    /** The store has no new certificate: refreshing the workload's ExternalSecret brings the same one again. */
    CERTIFICATE_STAYS,
    /** The workload's pods request more CPU than any node has: the new ones stay Pending. */
    NO_ROOM,
    /** The workload's pods mount a claim of a storage class that is not there: the new ones stay Pending. */
    CLAIM_UNBOUND,
    /** The selector of the workload's service fits no pod. */
    SELECTOR_MISSES,
    /** A network policy lets nobody reach the workload. */
    POLICY_DENIES,
    /** What the workload calls answers late, and so does the workload. */
    DEPENDENCY_SLOW,
    /**
     * Git has a new revision of the application a1-orchestrator, with a new image of the workload, and Argo CD does not
     * sync by itself.
     */
    NEW_REVISION,
    /** The same, and the new image was never built: its pods never start. */
    BROKEN_REVISION,
    /** No pod gets healthy, whatever is done. */
    NEVER_HEALTHY,
    /** The API server answers nothing. */
    API_UNREACHABLE,
    /** The API server answers late: every request takes {@link Sandbox#SLOW} longer. */
    API_SLOW,
    /** Ends what was played: for one workload, or without a workload for all and the API server. */
    HEALTHY_AGAIN;

    boolean ofTheApiServer() {
        return this == API_UNREACHABLE || this == API_SLOW;
    }

    /** The alert that such trouble raises first. */
    String alertName() {
        return switch (this) {
            case MEMORY_LEAKS -> "MemoryLeak";
            case MEMORY_TOO_SMALL -> "HighMemoryUsage";
            case LOAD_IS_HIGH, AUTOSCALER_BLIND -> "HighCpuUsage";
            case NO_ROOM, CLAIM_UNBOUND -> "PodStuckPending";
            case SELECTOR_MISSES, POLICY_DENIES -> "ServiceUnreachable";
            case CONNECTIONS_LEAK, DEPENDENCY_SLOW -> "HighLatency";
            case CERTIFICATE_EXPIRES -> "CertificateExpiring";
            default -> AlertmanagerPost.ALERT;
        };
    }

    @JsonCreator
    public static Scenario named(String word) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is not a scenario; there are "
                        + Arrays.stream(values()).map(Scenario::word).collect(Collectors.joining(", "))));
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
