package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.incidentorchestrator.console.api.RecordView;
import org.incidentorchestrator.console.backup.UnpackedBackup;
import org.incidentorchestrator.console.start.h2.EmbeddedFile;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a back-up in the place of the state that the settings name, after it has verified it. */
@Command(
        name = "restore",
        header = "Put a back-up in place, after verifying it",
        description = {
            "",
            "No program may run on the folder. The cluster may be newer than what is restored: what was changed since"
                    + " is refused to be changed again, until a person has looked at it."
        },
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:in place",
            "1:damaged, or its record was changed: nothing was done",
            "2:wrong usage",
            "3:a program runs on the folder",
            "4:there is a state already, or the database is PostgreSQL"
        })
final class Restore implements Callable<Integer> {
    private final List<String> settings;

    @Parameters(paramLabel = "FILE", description = "that backup has made")
    private Path file;

    @Option(names = "--replace", description = "put aside what is there; nothing is deleted")
    private boolean replace;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    Restore(List<String> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = Settings.read(settings);
        if (!Files.isReadable(file)) {
            throw CommandFailed.wrongUsage("%s cannot be read. Name a back-up.".formatted(file));
        }
        Path folder = EmbeddedFile.of(environment)
                .orElseThrow(
                        () -> CommandFailed.refused("The database is PostgreSQL: pg_restore puts its back-up into an"
                                + " empty one, with every program stopped (see PostgreSQL in src/docs/operations.md)."))
                .path()
                .getParent();
        Files.createDirectories(folder);
        try (UnpackedBackup unpacked = Refusals.told(() -> UnpackedBackup.of(file, folder))) {
            return restore(unpacked, environment);
        }
    }

    private int restore(UnpackedBackup unpacked, Environment environment) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        RecordView record = BackedUpRecord.of(unpacked, Optional.empty());
        RecordText.of(record).forEach(out::println);
        if (!record.sound()) {
            out.println("Nothing was restored.");
            return ExitCode.FOUND_WRONG;
        }
        Path aside = Refusals.told(() -> unpacked.putInPlace(environment, replace));
        if (Files.exists(aside)) {
            out.println("What was there lies in " + aside);
        }
        out.println(
                "Restored. Start with step.mode=REHEARSE, and see what is open: the cluster may be newer than this.");
        return ExitCode.FINE;
    }
}
