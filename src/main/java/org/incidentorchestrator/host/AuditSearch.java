package org.incidentorchestrator.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One search, from the newest line to the oldest that could count. */
final class AuditSearch {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Lines of several requests at once are not strictly in order. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private final AuditQuery query;
    private final long most;
    private final List<AuditEvent> newest = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<Object> files = new HashSet<>();
    private final List<String> gaps = new ArrayList<>();
    private long read;
    private long inWindow;
    private long unreadable;
    private int selected;
    private int denied;
    private Instant oldest;
    private boolean done;

    AuditSearch(AuditQuery query, long most) {
        this.query = query;
        this.most = most;
    }

    void readRotated(Path file) {
        if (done) {
            return;
        }
        if (file.toString().endsWith(".gz")) {
            gaps.add(file.getFileName() + " is compressed, and was not read");
            return;
        }
        try {
            read(file);
        } catch (IOException failed) {
            gaps.add(file.getFileName() + " could not be read: " + failed.getMessage());
        }
    }

    /** One file once, whatever its name is by now. */
    void read(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        if (key != null && !files.add(key)) {
            return;
        }
        try (LinesFromEnd lines = new LinesFromEnd(file)) {
            Optional<String> line = lines.next();
            if (lines.endsWithin()) {
                line = lines.next();
            }
            for (; !done && line.isPresent(); line = lines.next()) {
                take(line.get());
                if (!done && read + lines.read() > most) {
                    gaps.add("no more than %d MB are read in one look".formatted(most / (1024 * 1024)));
                    done = true;
                }
            }
            read += lines.read();
        }
    }

    private void take(String line) {
        Optional<AuditEvent> event = parsed(line);
        if (event.isEmpty()) {
            unreadable++;
            return;
        }
        Instant at = event.get().at();
        oldest = oldest == null || at.isBefore(oldest) ? at : oldest;
        done = at.isBefore(query.since().minus(DISORDER));
        if (!at.isBefore(query.since()) && at.isBefore(query.until())) {
            inWindow++;
        }
        // The last stage of a request comes first here, and tells what became of it.
        if (query.selects(event.get()) && seen.add(event.get().id())) {
            count(event.get());
        }
    }

    private void count(AuditEvent event) {
        selected++;
        denied += event.denied() ? 1 : 0;
        if (newest.size() < query.most()) {
            newest.add(event);
        }
    }

    private static Optional<AuditEvent> parsed(String line) {
        try {
            return AuditEvent.of(JSON.readTree(line));
        } catch (JsonProcessingException half) {
            return Optional.empty();
        }
    }

    AuditAnswer.Found answer() {
        if (unreadable > 0) {
            gaps.add(unreadable == 1 ? "1 line is no event" : unreadable + " lines are no events");
        }
        if (!done && (oldest == null || oldest.isAfter(query.since()))) {
            gaps.add(oldest == null ? "it is empty" : "it begins at " + oldest);
        }
        List<AuditEvent> events = new ArrayList<>(newest);
        Collections.reverse(events);
        return new AuditAnswer.Found(events, selected, denied, inWindow, Optional.ofNullable(oldest), gaps);
    }
}
