package org.incidentorchestrator.console.api;

import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/** {@code INC-1} in paths and parameters. */
@Component
final class IncidentNumberConverter implements Converter<String, IncidentNumber> {
    @Override
    public IncidentNumber convert(String text) {
        return IncidentNumber.parse(text);
    }
}
