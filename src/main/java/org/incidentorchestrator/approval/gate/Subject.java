package org.incidentorchestrator.approval.gate;

import java.text.Normalizer;
import java.util.Locale;

/** Whether two user ids are one person's: ids that differ in case, width or invisible characters only count as one. */
final class Subject {
    private Subject() {}

    static boolean same(String one, String other) {
        return canonical(one).equals(canonical(other));
    }

    private static String canonical(String id) {
        return Normalizer.normalize(id, Normalizer.Form.NFKC)
                .replaceAll("[\\p{Cf}\\p{Cc}\\s]", "")
                .toLowerCase(Locale.ROOT);
    }
}
