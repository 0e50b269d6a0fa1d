package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a packet takes between two pods. Only a pod's own address is asked: a service's ClusterIP answers no ICMP. That
 * nothing comes back proves nothing either, as containers often may not send it, and policies drop it.
 */
final class Ping {
    /** iputils: {@code rtt min/avg/max/mdev = …}; BusyBox: {@code round-trip min/avg/max = …}. */
    private static final Pattern TIMES = Pattern.compile("min/avg/max(?:/mdev)? = [0-9.]+/([0-9.]+)/");

    private Ping() {}

    static List<String> command(String address) {
        return List.of("ping", "-c", "3", "-W", "2", "-w", "6", address);
    }

    /** On average; empty when nothing came back. */
    static OptionalDouble millis(String out) {
        Matcher times = TIMES.matcher(out);
        return times.find() ? OptionalDouble.of(Double.parseDouble(times.group(1))) : OptionalDouble.empty();
    }
}
