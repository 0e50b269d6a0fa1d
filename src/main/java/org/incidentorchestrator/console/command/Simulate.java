package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.incidentorchestrator.console.api.SimulationView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Foretells what alerts would do. Starts nothing, sends nothing, writes nothing. */
@Command(
        name = "simulate",
        header = "Say what an alert would do, and who would be paged",
        description = {
            "",
            "Without --server it is judged here by the same code, with the settings, the models and the cluster of this"
                    + " installation, but without its record: as if nothing were open and nobody at work."
        },
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all of it was understood",
            "1:some of it was not, or a setting is wrong",
            "2:wrong usage, or nothing was understood",
            "3:the server does not answer",
            "4:the login is not let in"
        })
final class Simulate implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final SeparateProgram program;
    private final InputStream input;

    @Parameters(
            paramLabel = "FILE",
            description = "a webhook's body, or one alert (see README.md); - is standard input")
    private String file;

    @Mixin
    private RunningProgram running;

    @Option(names = "--json", description = "print what POST /api/simulate answers")
    private boolean json;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    Simulate(SeparateProgram program, InputStream input) {
        this.program = program;
        this.input = input;
    }

    @Override
    public Integer call() {
        byte[] body = body();
        SimulationView view =
                running.isNamed() ? running.post("/api/simulate", body, SimulationView.class) : program.simulate(body);
        if (view.alerts().isEmpty()) {
            throw CommandFailed.wrongUsage(String.join("\n", view.faults()));
        }
        print(view);
        return view.faults().isEmpty() ? ExitCode.FINE : ExitCode.FOUND_WRONG;
    }

    private void print(SimulationView view) {
        PrintWriter out = spec.commandLine().getOut();
        List<String> lines = json ? List.of(Json.pretty(view)) : SimulationText.of(view);
        lines.forEach(out::println);
        if (!json && !running.isNamed()) {
            out.println("Judged without the record: as if nothing were open. --server URL asks a program that runs.");
        }
    }

    private byte[] body() {
        try {
            return file.equals(STANDARD_INPUT) ? input.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException e) {
            throw CommandFailed.wrongUsage("%s cannot be read: %s. Name a file that you may read.".formatted(file, e));
        }
    }
}
