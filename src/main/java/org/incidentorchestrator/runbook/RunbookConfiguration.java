package org.incidentorchestrator.runbook;

import java.time.Clock;
import org.incidentorchestrator.runbook.rules.ModelFiles;
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

    /** What is deployed: the program's own, and those of the folder that the settings name in place of their namesakes. */
    @Bean
    ModelFiles modelFiles(ModelSettings settings) {
        ModelFiles ofProgram = ModelFiles.ofProgram();
        return settings.path()
                .map(folder -> ModelFiles.in(folder).inPlaceOf(ofProgram))
                .orElse(ofProgram);
    }
}
