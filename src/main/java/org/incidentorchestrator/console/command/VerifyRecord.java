package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.incidentorchestrator.console.api.RecordView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proves that the evidence is as it was sealed, or says where it is not. Reads only. */
@Command(
        name = "verify-record",
        header = "Prove that the evidence is as it was written",
        description = {
            "",
            "Reads the database that the settings name, and writes nothing. The embedded one has to be free; of a"
                    + " program that runs, ask with --server."
        },
        optionListHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:as it was sealed",
            "1:changed, or the kept head is gone: it says where",
            "2:wrong usage, or there is no database",
            "3:in use, or it does not answer",
            "4:the login is not let in"
        })
final class VerifyRecord implements Callable<Integer> {
    private final List<String> settings;

    @Mixin
    private RunningProgram running;

    @Option(names = "--head", paramLabel = "HASH", description = "an earlier run's head must still be in it")
    private String head;

    @Option(names = "--backup", paramLabel = "FILE", description = "look at the record in a back-up")
    private Path backup;

    @Option(names = "--json", description = "print what GET /api/record/verify answers")
    private boolean json;

    @Mixin
    private Help help;

    @Spec
    private CommandSpec spec;

    VerifyRecord(List<String> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        RecordView found = running.isNamed() ? asked() : read();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.pretty(found));
        } else {
            RecordText.of(found).forEach(out::println);
        }
        return found.sound() ? ExitCode.FINE : ExitCode.FOUND_WRONG;
    }

    private RecordView asked() {
        String query = head == null ? "" : "?head=" + URLEncoder.encode(head, StandardCharsets.UTF_8);
        return running.get("/api/record/verify" + query, RecordView.class);
    }

    private RecordView read() throws IOException {
        if (backup != null) {
            return BackedUpRecord.of(backup, Optional.ofNullable(head));
        }
        try (StoredRecord stored = StoredRecord.open(Settings.read(settings))) {
            return RecordView.of(stored.proof().of(Optional.ofNullable(head)));
        }
    }
}
