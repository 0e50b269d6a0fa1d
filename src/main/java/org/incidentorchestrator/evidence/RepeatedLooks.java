package org.incidentorchestrator.evidence;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells a look that saw what the same step of the same incident saw the last time. A check that waits for a recovery
 * looks every few seconds: each look is on the record, but only news is worth a line of the log.
 */
final class RepeatedLooks {
    private static final int REMEMBERED = 1000;

    private final Map<String, String> last = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Anything else than a look is news. */
    synchronized boolean news(Entry entry) {
        if (entry.kind() != Entry.Kind.STEP_LOOKED || entry.incident().isEmpty()) {
            return true;
        }
        String step = entry.incident().get() + " " + entry.activity();
        return !entry.summary().equals(last.put(step, entry.summary()));
    }
}
