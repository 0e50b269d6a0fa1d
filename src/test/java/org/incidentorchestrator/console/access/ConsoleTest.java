package org.incidentorchestrator.console.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.ComponentScan;

/** The web apps, the APIs and their security on a free port, with nobody working: what is asked of it is answered, nothing happens by itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureObservability
@SpringBootTest(
        classes = ConsoleTest.Console.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:console;DB_CLOSE_DELAY=-1",
            "data.folder=./target/test-data/console",
            "camunda.bpm.job-execution.enabled=false"
        })
@interface ConsoleTest {
    /** This package and the platform: who may reach what does not hang on the others. */
    @EnableAutoConfiguration
    @ComponentScan
    @ConfigurationPropertiesScan
    final class Console {}
}
