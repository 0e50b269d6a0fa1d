package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The processes of a run. */
final class RunProcesses {
    private static final Path PROCESSES = Path.of("/proc");
    /** In the environment of the script and of what it starts; the supervisor, which looks for it, does not have it. */
    private static final String MARK = "INCIDENT_ORCHESTRATOR_RUN=";

    private RunProcesses() {}

    /** Its number may be another process's by now; its arguments tell. */
    static Optional<ProcessHandle> supervisor(RunFolder folder) {
        String supervisor = folder.supervisor().toString();
        return folder.supervisorPid().flatMap(ProcessHandle::of).filter(process -> process.info()
                .arguments()
                .filter(arguments -> Arrays.asList(arguments).contains(supervisor))
                .isPresent());
    }

    /** How many others there are; those of other users, and all where there is no /proc, are not seen. */
    static int marked(RunFolder folder) {
        String mark = MARK + folder.path() + "\0";
        int marked = 0;
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                marked += environment(process).contains(mark) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException e) {
            return marked;
        }
        return marked;
    }

    private static String environment(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException othersOrEnded) {
            return "";
        }
    }
}
