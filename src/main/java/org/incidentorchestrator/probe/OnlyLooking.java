package org.incidentorchestrator.probe;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Remembers the certificates that a server shows, whoever issued them. For handshakes after which nothing is sent and
 * nothing is believed: it must never be used for a connection that carries anything.
 */
final class OnlyLooking extends X509ExtendedTrustManager {
    private volatile List<X509Certificate> seen = List.of();

    List<X509Certificate> seen() {
        return seen;
    }

    private void see(X509Certificate[] chain) {
        seen = List.of(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
        see(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
        see(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        see(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notAServer();
    }

    private static CertificateException notAServer() {
        return new CertificateException("this looks at servers, and is none that clients come to");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
