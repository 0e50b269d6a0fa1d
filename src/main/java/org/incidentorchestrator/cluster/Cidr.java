package org.incidentorchestrator.cluster;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A block of IP addresses, {@code 10.0.0.0/8} or {@code fd00::/8}. */
record Cidr(byte[] network, int prefix) {
    /** Literals only: a host's name would be asked of DNS. */
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Empty for what is no such block. */
    static Optional<Cidr> of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,3}")) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(parts[1]);
        return address(parts[0]).filter(bytes -> prefix <= bytes.length * 8).map(bytes -> new Cidr(bytes, prefix));
    }

    boolean contains(String ip) {
        return address(ip)
                .filter(bytes -> bytes.length == network.length && startsAlike(bytes))
                .isPresent();
    }

    private boolean startsAlike(byte[] bytes) {
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((bytes[bit / 8] ^ network[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Optional<byte[]> address(String text) {
        try {
            return LITERAL.matcher(text).matches()
                    ? Optional.of(InetAddress.getByName(text).getAddress())
                    : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }
}
