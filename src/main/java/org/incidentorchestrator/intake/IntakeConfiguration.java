package org.incidentorchestrator.intake;

import org.incidentorchestrator.incident.IntakePressure;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What intake gives to others. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    IntakePressure intakePressure() {
        return new IntakePressure();
    }
}
