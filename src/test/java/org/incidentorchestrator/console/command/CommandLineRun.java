package org.incidentorchestrator.console.command;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.incidentorchestrator.IncidentOrchestrator;
import org.springframework.boot.logging.LoggingSystem;

/** What a command line printed, and what it ended with. */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(String... words) {
        return reading("", words);
    }

    /** @param input what it reads from standard input */
    static CommandLineRun reading(String input, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        try {
            int code = Commands.of(
                            IncidentOrchestrator.class,
                            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                            words)
                    .writing(new PrintWriter(out, true), new PrintWriter(err, true))
                    .run()
                    .orElseThrow(() -> new AssertionError("the program serves"));
            return new CommandLineRun(code, out.toString(), err.toString());
        } finally {
            // A command logs nothing; other tests of this virtual machine do.
            LoggingSystem.get(CommandLineRun.class.getClassLoader()).cleanUp();
        }
    }
}
