package org.incidentorchestrator.step;

import java.time.Instant;
import java.util.Optional;

/**
 * What a look said that verifies.
 *
 * @param word of its output: {@code recovered}, {@code isolated}, {@code failed}, {@code unknown}; or that it is not told
 *     yet: {@code notYet}, {@code holding}
 * @param since since when it is so; empty while it is not
 */
public record RecordedVerification(Instant at, String word, Optional<Instant> since) {}
