package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * A pod's TCP sockets as the kernel lists them: its own port, some callers, and its connections to the database, of which
 * one that leaks them has more and more that the other side has closed. A JVM's are IPv4 addresses in IPv6's form.
 */
final class PodSockets {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String DATABASE = "10.20.0.15";
    private static final int DATABASE_PORT = 5432;
    private static final int POOL = 4;
    private static final Duration LEAKS_EVERY = Duration.ofSeconds(5);
    private static final long MOST_LEAKED = 96;

    private static final String ESTABLISHED = "01";
    private static final String CLOSE_WAIT = "08";
    private static final String LISTEN = "0A";

    private PodSockets() {}

    static String listening() {
        return HEADING + line(0, "00000000:1F90", "00000000:0000", LISTEN);
    }

    static String connected(World world, ObjectNode pod, Instant now) {
        String own = pod.at("/status/podIP").asText("10.244.1.1");
        long leaked = Scenarios.leakingSince(world, pod)
                .map(since -> Math.min(MOST_LEAKED, Duration.between(since, now).dividedBy(LEAKS_EVERY)))
                .orElse(0L);
        StringBuilder list = new StringBuilder(HEADING);
        for (int i = 0; i < POOL + leaked; i++) {
            list.append(line(
                    i, mapped(own, 40_000 + i), mapped(DATABASE, DATABASE_PORT), i < POOL ? ESTABLISHED : CLOSE_WAIT));
        }
        return list.append(line(POOL, mapped(own, 8080), mapped("10.244.3.7", 51_234), ESTABLISHED))
                .toString();
    }

    private static String line(int number, String local, String remote, String state) {
        return "%4d: %s %s %s 00000000:00000000 00:00000000 00000000  1000        0 %d 1 0000000000000000 20 4 30 10 -1\n"
                .formatted(number, local, remote, state, 30_000 + number);
    }

    /** The address word by word, its bytes turned around, as processors of Intel and ARM keep it. */
    private static String mapped(String ip, int port) {
        String[] bytes = ip.split("\\.");
        StringBuilder hex = new StringBuilder("0000000000000000FFFF0000");
        for (int i = bytes.length - 1; i >= 0; i--) {
            hex.append("%02X".formatted(Integer.parseInt(bytes[i])));
        }
        return hex + ":" + "%04X".formatted(port).toUpperCase(Locale.ROOT);
    }
}
