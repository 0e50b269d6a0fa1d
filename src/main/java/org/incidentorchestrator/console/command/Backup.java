package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.incidentorchestrator.console.backup.StateFiles;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a back-up of the program's own state, and verifies what it has made. */
@Command(
        name = "backup",
        header = "Back up the program's own state to a file, and verify it",
        description = {
            "",
            "Of a program that runs with --server, as an administrator; else of the folder that the settings name. It"
                    + " holds the database, Alertmanager's token and the sandbox's world; keep the key of approvals apart."
        },
        parameterListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:made, and as it was sealed",
            "1:made, but the record in it was changed: it says where",
            "2:wrong usage",
            "3:in use, or the server does not answer",
            "4:the file is there, no such login, or PostgreSQL: pg_dump"
        })
final class Backup implements Callable<Integer> {
    private final List<String> settings;

    @Parameters(paramLabel = "FILE", description = "to make; one that is there is not overwritten")
    private Path file;

    @Mixin
    private RunningProgram running;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    Backup(List<String> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        Environment environment = Settings.read(settings);
        if (Files.exists(file)) {
            throw CommandFailed.refused("%s is there already. Name another file.".formatted(file));
        }
        Path unfinished = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                "unfinished-",
                ".zip",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            write(environment, unfinished);
            return finish(unfinished);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private void write(Environment environment, Path unfinished) throws IOException {
        if (running.isNamed()) {
            running.download("/api/backup", unfinished);
            return;
        }
        try (OutputStream into = Files.newOutputStream(unfinished)) {
            Refusals.told(() -> new StateFiles(environment).write(into));
        }
    }

    private int finish(Path unfinished) throws IOException {
        var record = BackedUpRecord.of(unfinished, Optional.empty());
        try {
            // A move would replace what somebody has put there meanwhile; a link is refused. The unfinished name goes
            // at the end.
            Files.createLink(file, unfinished);
        } catch (FileAlreadyExistsException e) {
            throw CommandFailed.refused("%s is there already. Name another file.".formatted(file));
        }
        var out = spec.commandLine().getOut();
        RecordText.of(record).forEach(out::println);
        out.println("Back-up: %s, %d bytes".formatted(file, Files.size(file)));
        return record.sound() ? ExitCode.FINE : ExitCode.FOUND_WRONG;
    }
}
