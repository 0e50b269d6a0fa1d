package org.incidentorchestrator.approval.watchdog;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells a dead-man's switch outside that all is well, as long as it is: when the program, its machine or its network
 * dies, or the watchdog finds something, it is not told any more, and pages by itself. Nothing waits for its answer.
 */
@Component
class OutsideHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(OutsideHeartbeat.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final WatchdogSettings settings;
    private final Clock clock;
    private final Optional<HttpClient> http;
    private volatile Instant due = Instant.MIN;
    private volatile Optional<Instant> accepted = Optional.empty();
    private volatile boolean failing;

    OutsideHeartbeat(WatchdogSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.http = settings.heartbeatUrl().map(url -> HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    }

    void beat(Round round) {
        if (http.isPresent() && round.well() && !round.at().isBefore(due)) {
            due = round.at().plus(settings.heartbeatEvery());
            post(settings.heartbeatUrl().orElseThrow());
        }
    }

    private void post(URI url) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString("All is well."))
                .build();
        http.orElseThrow().sendAsync(request, BodyHandlers.discarding()).whenComplete((answer, failure) -> {
            if (failure == null && answer.statusCode() / 100 == 2) {
                accepted = Optional.of(clock.instant());
                failing = false;
            } else {
                failed(
                        failure == null
                                ? "answered " + answer.statusCode()
                                : "gave no answer (" + failure.getClass().getSimpleName() + ")");
            }
        });
    }

    /** Its path is a secret. */
    private void failed(String how) {
        due = Instant.MIN;
        if (!failing) {
            LOG.warn(
                    "The dead-man's switch at {} {}: it will page though all is well here. See watchdog.heartbeat-url; it is tried again, and told once",
                    settings.heartbeatUrl().map(URI::getHost).orElse("?"),
                    how);
        }
        failing = true;
    }

    boolean wanted() {
        return http.isPresent();
    }

    /** When it was last told, and said so; none before the first time. */
    Optional<Instant> accepted() {
        return accepted;
    }
}
