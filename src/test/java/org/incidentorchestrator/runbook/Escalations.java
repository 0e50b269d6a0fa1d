package org.incidentorchestrator.runbook;

import org.incidentorchestrator.evidence.Timeline;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.convert.ApplicationConversionService;

/** Escalation as it is without any setting, for tests that show it. */
public final class Escalations {
    private Escalations() {}

    public static Escalation defaults(Timeline timeline) {
        var binder = new Binder(
                java.util.List.of(), PlaceholdersResolver.NONE, ApplicationConversionService.getSharedInstance());
        return new Escalation(
                binder.bindOrCreate("escalation", EscalationSettings.class),
                binder.bindOrCreate("escalation.warning", WarningSettings.class),
                timeline);
    }
}
