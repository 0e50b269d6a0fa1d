package org.incidentorchestrator.runbook;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** What the engine's edge gives to everybody. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class RunbookConfiguration {
    @Bean
    Clock clock() {
        return new EngineClock();
    }
}
