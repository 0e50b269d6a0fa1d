package org.incidentorchestrator.step.verb.node;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a cluster that does not answer counts as gone.
 *
 * @param looks how many in a row have to go unanswered; how long lies between two says {@code wait.outage-poll}
 */
@Validated
@ConfigurationProperties("outage")
record OutageSettings(@DefaultValue("5") @Min(2) @Max(60) int looks) {}
