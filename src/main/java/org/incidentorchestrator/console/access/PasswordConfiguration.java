package org.incidentorchestrator.console.access;

import java.security.SecureRandom;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.incidentorchestrator.approval.gate.access.ConfiguredMembers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How passwords are made and kept, and who the settings name for the closed groups. */
@Configuration
class PasswordConfiguration {
    @Bean
    PasswordGenerator passwordGenerator() {
        return new PasswordGenerator(new SecureRandom());
    }

    @Bean
    ConfiguredMembers configuredMembers(AccountSettings settings, ClusterKind cluster) {
        return settings.configured(cluster.sandbox());
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
