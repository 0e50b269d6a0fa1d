package org.incidentorchestrator;

import java.util.TimeZone;
import org.incidentorchestrator.console.command.Commands;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Runs a command; without one, starts the program. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IncidentOrchestrator {
    /** The engine reads cron expressions and stores due dates in the JVM's zone, so it has to be set before Spring. */
    public static void main(String[] args) {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        Commands.of(IncidentOrchestrator.class, System.in, args).run().ifPresent(System::exit);
    }
}
