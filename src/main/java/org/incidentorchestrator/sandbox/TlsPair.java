package org.incidentorchestrator.sandbox;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * A certificate (X.509, signed by its own key) and its key, as PEM. From the same words comes the same pair, so that a
 * world that lives a stretch of time twice is the same twice: they protect nothing.
 */
record TlsPair(String certificate, String key) {
    static final Duration VALID_FOR = Duration.ofDays(90);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2};
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};
    private static final byte[] ALTERNATIVE_NAMES = {6, 3, 0x55, 0x1D, 0x11};
    private static final byte[] VERSION_3 = {(byte) 0xA0, 3, 2, 1, 2};

    /** @param host of at most 63 characters */
    static TlsPair of(String seed, String host, Instant from) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed((seed + host + from).getBytes(StandardCharsets.UTF_8));
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] body = body(pair, host, from, new BigInteger(62, random));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), random);
            signature.update(body);
            byte[] bits = concat(new byte[] {0}, signature.sign());
            byte[] certificate = tag(0x30, body, tag(0x30, ECDSA_WITH_SHA256), tag(0x03, bits));
            return new TlsPair(
                    pem("CERTIFICATE", certificate),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has EC keys and SHA-256", e);
        }
    }

    private static byte[] body(KeyPair pair, String host, Instant from, BigInteger serial) {
        byte[] name = tag(0x30, tag(0x31, tag(0x30, COMMON_NAME, tag(0x0C, text(host)))));
        byte[] validity =
                tag(0x30, tag(0x17, text(TIME.format(from))), tag(0x17, text(TIME.format(from.plus(VALID_FOR)))));
        byte[] hosts = tag(0x30, ALTERNATIVE_NAMES, tag(0x04, tag(0x30, tag(0x82, text(host)))));
        return tag(
                0x30,
                VERSION_3,
                tag(0x02, serial.add(BigInteger.ONE).toByteArray()),
                tag(0x30, ECDSA_WITH_SHA256),
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                tag(0xA3, tag(0x30, hosts)));
    }

    /** One value of DER: its tag, its length, what is in it. */
    private static byte[] tag(int tag, byte[]... parts) {
        byte[] content = concat(parts);
        int length = content.length;
        byte[] head = length < 128
                ? new byte[] {(byte) tag, (byte) length}
                : length < 256
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return concat(head, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String pem(String what, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }
}
