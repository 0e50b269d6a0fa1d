package org.incidentorchestrator;

import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the program. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IncidentOrchestrator {
    /** The engine reads cron expressions and stores due dates in the JVM's zone, so it has to be set before Spring. */
    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        // The log begins when the program is ready, some seconds later.
        System.out.println("incident-orchestrator is starting ...");
        SpringApplication.run(IncidentOrchestrator.class, args);
    }
}
