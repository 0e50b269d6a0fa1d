package org.incidentorchestrator.console.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.incidentorchestrator.IncidentOrchestrator;
import org.incidentorchestrator.support.ProgramInForce;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole program on a free port, with nobody working: what is asked of it is answered, nothing happens by itself. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@AutoConfigureObservability
@SpringBootTest(
        classes = IncidentOrchestrator.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:console;DB_CLOSE_DELAY=-1",
            "data.folder=${test.data:./target/test-data}/console",
            "sandbox.first-alert=false",
            "accounts.members.l3=architect",
            "sandbox.world=",
            "intake.sources.alertmanager.token=a-token-for-this-test",
            "camunda.bpm.job-execution.enabled=false"
        })
@ExtendWith(ProgramInForce.class)
@interface ConsoleTest {}
