package org.incidentorchestrator.runbook;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version that a model or a decision says it has: people read it in Cockpit, beside the engine's own count. */
final class VersionTag {
    private static final Pattern TAG = Pattern.compile("camunda:versionTag=\"([\\d.]+)\"");

    private VersionTag() {}

    static Optional<String> of(String model) {
        Matcher tag = TAG.matcher(model);
        return tag.find() ? Optional.of(tag.group(1)) : Optional.empty();
    }

    /** {@code 1.10.0} comes after {@code 1.9.0}. */
    static int compare(String one, String other) {
        return Arrays.compare(numbers(one), numbers(other));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * @param kept as the release had it
     * @return what is wrong with a model that is not as it was, and says that it is
     */
    static Optional<String> fault(String place, String kept, String today) {
        String released = of(kept).orElse("0");
        boolean told = of(today).filter(tag -> compare(tag, released) > 0).isPresent();
        return kept.equals(today) || told
                ? Optional.empty()
                : Optional.of("%s is not as it was released: raise its camunda:versionTag above %s"
                        .formatted(place, released));
    }
}
