package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.incidentorchestrator.probe.ServedChain.Shown;
import org.incidentorchestrator.probe.ServedChain.Unknown;
import org.incidentorchestrator.probe.ServedChain.Why;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Looks at the certificates that a server serves, as {@code openssl s_client -connect HOST:PORT -servername NAME
 * -showcerts} does: one handshake, after which nothing is sent. Any certificate may be looked at, also an expired one or
 * one of an unknown issuer. Servers that begin in plain text (STARTTLS) are not understood.
 */
@Component
public final class TlsHandshake {
    private static final Pattern HOST =
            Pattern.compile("(?i)[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:]*:[0-9a-f:.]*");

    private final Opening opening;

    @Autowired
    public TlsHandshake(TlsSettings settings) {
        this(new SocketOpening(settings.timeout()));
    }

    TlsHandshake(Opening opening) {
        this.opening = opening;
    }

    /** Whether {@link #look} takes this for a host: a DNS name, or an IP address without brackets. */
    public static boolean isHost(String text) {
        return HOST.matcher(text).matches() && !text.contains("..");
    }

    /**
     * @param host where to connect to; @param serverName which of the server's names is asked for (SNI, RFC 6066): the
     *     host's own, but for a server that is reached by another address
     * @throws IllegalArgumentException when one of the two is no host, or the port is not in 1 to 65535
     */
    public ServedChain look(String host, int port, String serverName) {
        if (!isHost(host) || !isHost(serverName) || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("'%s', port %d, name '%s' name no server: a host is a DNS name or an IP"
                            .formatted(host, port, serverName)
                    + " address, a port lies between 1 and 65535");
        }
        String where = host + " port " + port + (serverName.equals(host) ? "" : " for name " + serverName);
        try {
            return new Shown(opening.certificates(host, port, serverName));
        } catch (SSLException e) {
            return new Unknown(
                    Why.REFUSED,
                    "%s shows no certificate: %s. See whether it serves TLS on this port, and for this name"
                            .formatted(where, e.getMessage()));
        } catch (IOException e) {
            return new Unknown(
                    Why.UNREACHABLE,
                    "%s cannot be asked: %s. See whether it runs and can be reached from here"
                            .formatted(where, reason(e)));
        }
    }

    private static String reason(IOException cause) {
        return cause instanceof UnknownHostException
                ? "its name cannot be resolved"
                : String.valueOf(cause.getMessage());
    }

    /** The network: where a handshake leaves this program. */
    interface Opening {
        /** @return at least one @throws SSLException when what answers does not come that far */
        List<X509Certificate> certificates(String host, int port, String serverName) throws IOException;
    }
}
