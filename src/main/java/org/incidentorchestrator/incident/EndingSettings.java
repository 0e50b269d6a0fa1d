package org.incidentorchestrator.incident;

import jakarta.validation.constraints.NotNull;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Whose word ends an incident.
 *
 * @param onlyPeopleEnd runbooks whose incidents are not over when the pager resolves their alert: what has tripped a
 *     detector once does not trip it all the time, and whoever broke in may have switched it off
 */
@Validated
@ConfigurationProperties("incident")
public record EndingSettings(@DefaultValue("suspected-breach") @NotNull Set<String> onlyPeopleEnd) {
    public EndingSettings {
        onlyPeopleEnd = Set.copyOf(onlyPeopleEnd);
    }

    /** @param runbook null while none is chosen */
    public boolean byPager(String runbook) {
        return runbook == null || !onlyPeopleEnd.contains(runbook);
    }
}
