package org.incidentorchestrator.sandbox;

import java.time.Instant;

/**
 * A write that changed something: no dry run, no refused one, no resend of what was there already.
 *
 * @param operation {@code patch}, {@code apply} or {@code evict}
 * @param target the object's id, {@code Deployment/a1-orchestrator/mcp-gateway}
 * @param resourceVersion the object's after the write; of an evicted pod, before it
 * @param step the value of the step's annotation in the patch or manifest; empty where it carries none
 */
public record EffectiveWrite(
        Instant at, String manager, String operation, String target, String resourceVersion, String step) {}
