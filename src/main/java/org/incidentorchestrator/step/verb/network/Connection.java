package org.incidentorchestrator.step.verb.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TCP socket as the kernel lists it in {@code /proc/net/tcp} and {@code /proc/net/tcp6} (proc_pid_net(5)): numbers in
 * hexadecimal, addresses in the byte order of the processor, which is taken to be that of amd64 and arm64.
 *
 * @param remotePort 0 of one that listens
 */
record Connection(String localAddress, int localPort, String remoteAddress, int remotePort, State state) {
    private static final Pattern LINE = Pattern.compile(
            "\\s*\\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) .*");
    private static final String HEADING = "local_address";

    /** In the kernel's order, which is their number. */
    enum State {
        UNKNOWN,
        ESTABLISHED,
        SYN_SENT,
        SYN_RECV,
        FIN_WAIT1,
        FIN_WAIT2,
        TIME_WAIT,
        CLOSE,
        CLOSE_WAIT,
        LAST_ACK,
        LISTEN,
        CLOSING,
        NEW_SYN_RECV;

        static State numbered(int number) {
            return number < values().length ? values()[number] : UNKNOWN;
        }
    }

    /** Empty when the text is no such list: then it is not known what is connected. Without any socket it is an empty list. */
    static Optional<List<Connection>> list(String text) {
        return text.contains(HEADING)
                ? Optional.of(text.lines().flatMap(line -> of(line).stream()).toList())
                : Optional.empty();
    }

    private static Optional<Connection> of(String line) {
        Matcher parts = LINE.matcher(line);
        return parts.matches()
                ? Optional.of(new Connection(
                        address(parts.group(1)),
                        Integer.parseInt(parts.group(2), 16),
                        address(parts.group(3)),
                        Integer.parseInt(parts.group(4), 16),
                        State.numbered(Integer.parseInt(parts.group(5), 16))))
                : Optional.empty();
    }

    /** Words of four bytes, each turned around; an IPv4 address in IPv6's form is shown as what it is. */
    private static String address(String hex) {
        byte[] bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int from = (i / 4 * 4 + 3 - i % 4) * 2;
            bytes[i] = (byte) Integer.parseInt(hex.substring(from, from + 2), 16);
        }
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(bytes.length + " bytes are no address", impossible);
        }
    }

    boolean listens() {
        return state == State.LISTEN;
    }

    /** On either side: as the one who connected, and as the one who was connected to. */
    boolean on(int port) {
        return !listens() && (port == 0 || localPort == port || remotePort == port);
    }
}
