package org.incidentorchestrator.console.command;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/** The commands, their help, and how a failure of one is told: plain lines on standard error, no stack trace. */
@Command(
        name = "incident-orchestrator",
        description = {
            "The operations runbook of a Kubernetes platform, executable.",
            "Settings are written --name=value, with every command; README.md lists them."
        },
        synopsisHeading = "",
        customSynopsis = {"java -jar incident-orchestrator.jar [COMMAND] [SETTINGS]", ""},
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is well",
            "1:found something wrong, and named it",
            "2:wrong usage",
            "3:the program or the database does not answer, or is in use",
            "4:refused: no such login, or state would be overwritten",
            "5:a fault of this program"
        },
        versionProvider = Commands.Version.class)
public final class Commands {
    private static final int COLUMNS = 80;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this; after a command: that one's")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "show the version")
    private boolean version;

    private final Arguments arguments;
    private final CommandLine line;

    private Commands(Class<?> program, InputStream input, Arguments arguments) {
        List<String> settings = arguments.settings();
        this.arguments = arguments;
        this.line = new CommandLine(this)
                .addSubcommand(new Serve(program, settings))
                .addSubcommand(new Simulate(new SeparateProgram(program, settings), input))
                .addSubcommand(new CheckModels())
                .addSubcommand(new VerifyRecord(settings))
                .addSubcommand(new Backup(settings))
                .addSubcommand(new Restore(settings))
                .setUsageHelpWidth(COLUMNS)
                .setExecutionExceptionHandler((failure, failed, parsed) -> told(failure, failed.getErr()));
    }

    /**
     * @param program the application, as Spring starts it
     * @param words of the command line
     */
    public static Commands of(Class<?> program, InputStream input, String... words) {
        return new Commands(program, input, Arguments.of(words));
    }

    /** @return what the process is to end with; nothing while the program serves */
    public OptionalInt run() {
        int code = line.execute(arguments.command().toArray(String[]::new));
        CommandLine serve = line.getSubcommands().get(Serve.NAME);
        boolean serves = code == ExitCode.FINE && serve.getExecutionResult() != null;
        return serves ? OptionalInt.empty() : OptionalInt.of(code);
    }

    /** The commands by name. */
    Set<String> names() {
        return line.getSubcommands().keySet();
    }

    /** With other places to write to than the process's own. */
    Commands writing(PrintWriter out, PrintWriter err) {
        line.setOut(out).setErr(err);
        return this;
    }

    /** As the build has written it into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String built = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"incident-orchestrator " + (built == null ? "(not packaged)" : built)};
        }
    }

    private static int told(Exception failure, PrintWriter err) {
        err.println(
                failure instanceof CommandFailed ? failure.getMessage() : "This is a fault of the program: " + failure);
        return failure instanceof CommandFailed known ? known.code() : ExitCode.FAILED;
    }
}
