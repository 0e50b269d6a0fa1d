package org.incidentorchestrator.console.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.incidentorchestrator.runbook.rules.ModelCheck;
import org.incidentorchestrator.runbook.rules.Violation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds the models of a folder to the rules. Opens neither a database nor a cluster. */
@Command(
        name = "check-models",
        header = "Name what in a folder's models breaks a rule",
        description = {
            "",
            "Each fault is a line: file · element · rule: what to do. A program that is started on these models would not"
                    + " start with one."
        },
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:no rule is broken", "1:rules are broken, or there are no models", "2:wrong usage"})
final class CheckModels implements Callable<Integer> {
    @Parameters(
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "has processes/ and forms/, as the project's own; without it, this one")
    private Path folder;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings.logNothing();
        List<Violation> violations = ModelCheck.of(folder);
        PrintWriter out = spec.commandLine().getOut();
        violations.forEach(out::println);
        out.println(violations.isEmpty() ? "No rule is broken." : "Rules are broken: " + violations.size() + ".");
        return violations.isEmpty() ? ExitCode.FINE : ExitCode.FOUND_WRONG;
    }
}
