package org.incidentorchestrator.host;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/**
 * Deletes what is kept of runs that ended long ago: their outputs are not redacted. It is kept for days at least, because
 * it is also what tells that a script was begun when the program was killed just then.
 */
@Component
class RunRetention {
    private static final Logger LOG = LoggerFactory.getLogger(RunRetention.class);

    private final ScriptRuns runs;
    private final HostSettings settings;
    private final Clock clock;

    RunRetention(ScriptRuns runs, HostSettings settings, Clock clock) {
        this.runs = runs;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT12H", initialDelayString = "PT5M")
    void deleteOld() {
        Instant before = clock.instant().minus(settings.keepRuns());
        for (RunFolder folder : runs.all()) {
            try {
                if (Files.getLastModifiedTime(folder.path()).toInstant().isBefore(before) && runs.over(folder)) {
                    FileSystemUtils.deleteRecursively(folder.path());
                }
            } catch (IOException e) {
                LOG.warn(
                        "cannot delete {}: {}. Delete it by hand, or make it this user's",
                        folder.path(),
                        e.getMessage());
            }
        }
    }
}
