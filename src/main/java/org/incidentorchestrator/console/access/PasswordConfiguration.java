package org.incidentorchestrator.console.access;

import java.security.SecureRandom;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How passwords are made and kept. */
@Configuration
class PasswordConfiguration {
    @Bean
    PasswordGenerator passwordGenerator() {
        return new PasswordGenerator(new SecureRandom());
    }

    /** New passwords are kept as bcrypt; the engine still checks those that it hashed itself. */
    @Bean
    static ProcessEnginePlugin bcryptPlugin() {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl configuration) {
                configuration.setPasswordEncryptor(new BcryptPasswords());
            }
        };
    }
}
