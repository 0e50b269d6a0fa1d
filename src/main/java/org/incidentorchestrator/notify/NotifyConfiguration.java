package org.incidentorchestrator.notify;

import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the links' tokens are made from. */
@Configuration(proxyBeanMethods = false)
class NotifyConfiguration {
    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }
}
