package org.incidentorchestrator.console.command;

import java.io.IOException;
import org.incidentorchestrator.console.backup.BackupRefused;
import org.incidentorchestrator.console.start.h2.DatabaseRefused;

/** What a back-up was refused for, as a command ends with it. */
final class Refusals {
    private Refusals() {}

    /** What may be refused. */
    interface Work<T> {
        T run() throws IOException;
    }

    interface Deed {
        void run() throws IOException;
    }

    static void told(Deed deed) throws IOException {
        told(() -> {
            deed.run();
            return null;
        });
    }

    static <T> T told(Work<T> work) throws IOException {
        try {
            return work.run();
        } catch (DatabaseRefused inUse) {
            throw CommandFailed.unreachable(inUse.getMessage(), inUse);
        } catch (BackupRefused refused) {
            throw switch (refused.reason()) {
                case DAMAGED -> CommandFailed.foundWrong(refused.getMessage(), refused);
                case STANDS_AGAINST -> CommandFailed.refused(refused.getMessage());
            };
        }
    }
}
