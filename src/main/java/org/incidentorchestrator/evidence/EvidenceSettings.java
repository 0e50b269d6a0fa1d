package org.incidentorchestrator.evidence;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param redact regular expressions (java.util.regex) of what must not be kept, beside what is always redacted; each
 *     whole match is replaced. Write them without nested repetition: they run over every log that is kept
 * @param maxArtefact what is kept of one output; from a longer one its middle is left out
 * @param sealEvery how often new entries are sealed
 * @param unsealedTolerance how old an unsealed entry may become before the program calls itself unhealthy
 */
@Validated
@ConfigurationProperties("evidence")
public record EvidenceSettings(
        @NotNull @DefaultValue List<String> redact,
        @NotNull @DefaultValue("1MB") DataSize maxArtefact,
        @NotNull @DurationMin(millis = 10) @DefaultValue("500ms") Duration sealEvery,
        @NotNull @DurationMin(seconds = 1) @DefaultValue("1m") Duration unsealedTolerance) {

    public EvidenceSettings {
        redact = List.copyOf(redact);
        redact.forEach(EvidenceSettings::compile);
        if (maxArtefact.toBytes() < 1024 || maxArtefact.toMegabytes() > 64) {
            throw new IllegalArgumentException(
                    "evidence.max-artefact is %s; it has to be between 1KB and 64MB".formatted(maxArtefact));
        }
    }

    public static EvidenceSettings defaults() {
        return new EvidenceSettings(List.of(), DataSize.ofMegabytes(1), Duration.ofMillis(500), Duration.ofMinutes(1));
    }

    List<Pattern> patterns() {
        return redact.stream().map(EvidenceSettings::compile).toList();
    }

    private static Pattern compile(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            if (pattern.matcher("").find()) {
                throw new IllegalArgumentException(
                        "evidence.redact: '%s' matches the empty text, so everywhere; say what it has to contain"
                                .formatted(regex));
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "evidence.redact: '%s' is not a regular expression: %s; correct it or take it out"
                            .formatted(regex, e.getDescription()),
                    e);
        }
    }
}
