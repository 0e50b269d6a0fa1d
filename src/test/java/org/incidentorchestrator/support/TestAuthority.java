package org.incidentorchestrator.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/** Somebody with a key and a certificate (RFC 5280, written in DER by hand), who can certify others. */
public record TestAuthority(X509Certificate certificate, PrivateKey key) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = der(0x30, new byte[] {6, 8, 42, -122, 72, -50, 61, 4, 3, 2});

    /** One that has certified itself. */
    public static TestAuthority root(String name, Instant from, Instant to) {
        KeyPair keys = keys();
        return new TestAuthority(certify(name, keys, name, keys.getPrivate(), 1, from, to, true), keys.getPrivate());
    }

    public TestAuthority authority(String name, long serial, Instant from, Instant to) {
        KeyPair keys = keys();
        return new TestAuthority(issued(name, keys, serial, from, to, true), keys.getPrivate());
    }

    /** @param hosts its subject alternative names; the first is its common name too */
    public TestAuthority server(long serial, Instant from, Instant to, String... hosts) {
        KeyPair keys = keys();
        return new TestAuthority(issued(hosts[0], keys, serial, from, to, false, hosts), keys.getPrivate());
    }

    private X509Certificate issued(
            String name, KeyPair keys, long serial, Instant from, Instant to, boolean authority, String... hosts) {
        String issuer = certificate.getSubjectX500Principal().getName().substring(3);
        return certify(name, keys, issuer, key, serial, from, to, authority, hosts);
    }

    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** PKCS #8. */
    public String keyPem() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String what, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate certify(
            String name,
            KeyPair keys,
            String issuer,
            PrivateKey signer,
            long serial,
            Instant from,
            Instant to,
            boolean authority,
            String... hosts) {
        byte[] content = der(
                0x30,
                new byte[] {-96, 3, 2, 1, 2},
                der(2, BigInteger.valueOf(serial).toByteArray()),
                ECDSA_WITH_SHA256,
                new X500Principal("CN=" + issuer).getEncoded(),
                der(0x30, time(from), time(to)),
                new X500Principal("CN=" + name).getEncoded(),
                keys.getPublic().getEncoded(),
                der(0xA3, der(0x30, authority ? constraints() : names(hosts))));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer);
            signature.update(content);
            byte[] whole = der(0x30, content, ECDSA_WITH_SHA256, der(3, new byte[1], signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] time(Instant at) {
        return der(0x18, TIME.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] constraints() {
        return der(0x30, new byte[] {6, 3, 85, 29, 19, 1, 1, -1}, der(4, der(0x30, new byte[] {1, 1, -1})));
    }

    private static byte[] names(String... hosts) {
        byte[][] names = Stream.of(hosts)
                .map(host -> der(0x82, host.getBytes(StandardCharsets.US_ASCII)))
                .toArray(byte[][]::new);
        return der(0x30, new byte[] {6, 3, 85, 29, 17}, der(4, der(0x30, names)));
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        var bytes = new ByteArrayOutputStream();
        bytes.write(tag);
        if (length < 128) {
            bytes.write(length);
        } else if (length < 256) {
            bytes.writeBytes(new byte[] {(byte) 0x81, (byte) length});
        } else {
            bytes.writeBytes(new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length});
        }
        Stream.of(parts).forEach(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
