package org.incidentorchestrator.console.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Starts the program: takes alerts in, works incidents, pages people. */
@Command(
        name = Serve.NAME,
        header = "Take alerts in, work incidents, page people (the default)",
        description = {
            "",
            "Runs until SIGTERM, which lets it finish what it is doing, at most 35 s.",
            "Where no cluster is named it works on an embedded sandbox."
        },
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:it did not start: standard error says why", "143:ended by SIGTERM"})
final class Serve implements Callable<Integer> {
    static final String NAME = "serve";

    private final Class<?> program;
    private final List<String> settings;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    Serve(Class<?> program, List<String> settings) {
        this.program = program;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        try {
            // The log begins when the program is ready, some seconds later.
            spec.commandLine().getOut().println("incident-orchestrator is starting ...");
            SpringApplication.run(program, settings.toArray(String[]::new));
            return ExitCode.FINE;
        } catch (RuntimeException told) {
            // Spring has said why: see PlainFailureReport.
            return ExitCode.FOUND_WRONG;
        }
    }
}
