package org.incidentorchestrator.step.verb.certificate;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Optional;

/** Whether a private key belongs to a certificate. */
enum KeyMatch {
    MATCHES("matches"),
    DIFFERS("is another certificate's"),
    UNREADABLE("cannot be read"),
    MISSING("is missing");

    private static final byte[] PROBE = "signed to compare".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] VERSION_0 = {2, 1, 0};

    private final String text;

    KeyMatch(String text) {
        this.text = text;
    }

    /** After "the key". */
    String text() {
        return text;
    }

    /**
     * Signs with the one and checks with the other. The key is read here, its bytes are wiped here, and it is in no
     * message, because every failure is one of four words.
     *
     * @param pem PKCS #8, PKCS #1 or SEC 1, as {@code tls.key} holds it; encrypted ones cannot be read
     */
    static KeyMatch of(String pem, PublicKey certified) {
        if (pem.isBlank()) {
            return MISSING;
        }
        byte[] der = new byte[0];
        try {
            Optional<PemText.Block> block = PemText.block(pem, "PRIVATE KEY");
            if (block.isEmpty()) {
                return UNREADABLE;
            }
            der = block.get().content();
            byte[] pkcs8 = block.get().label().equals("PRIVATE KEY") ? der.clone() : wrapped(der, certified);
            try {
                return compared(pkcs8, certified);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        } catch (RuntimeException ofAnyBrokenKey) {
            return UNREADABLE;
        } finally {
            Arrays.fill(der, (byte) 0);
        }
    }

    private static KeyMatch compared(byte[] pkcs8, PublicKey certified) {
        String algorithm = certified.getAlgorithm();
        try {
            PrivateKey key = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            String scheme = algorithm.startsWith("Ed")
                    ? algorithm
                    : "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm);
            Signature signing = Signature.getInstance(scheme);
            signing.initSign(key);
            signing.update(PROBE);
            byte[] signed = signing.sign();
            Signature checking = Signature.getInstance(scheme);
            checking.initVerify(certified);
            checking.update(PROBE);
            return checking.verify(signed) ? MATCHES : DIFFERS;
        } catch (GeneralSecurityException e) {
            return isOfAnotherKind(pkcs8, algorithm) ? DIFFERS : UNREADABLE;
        }
    }

    private static boolean isOfAnotherKind(byte[] pkcs8, String algorithm) {
        for (String other : new String[] {"RSA", "EC", "EdDSA"}) {
            try {
                KeyFactory.getInstance(other).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                return !other.equals(algorithm);
            } catch (GeneralSecurityException e) {
                // Not of this kind either.
            }
        }
        return false;
    }

    /**
     * A PKCS #1 or SEC 1 key as PKCS #8 (RFC 5208, section 5), which is all that Java reads: the certificate's own
     * algorithm is put before it, so that a key of another algorithm cannot be read.
     */
    private static byte[] wrapped(byte[] key, PublicKey certified) {
        byte[] spki = certified.getEncoded();
        int from = 1 + lengthSize(spki, 1);
        byte[] algorithm =
                Arrays.copyOfRange(spki, from, from + 1 + lengthSize(spki, from + 1) + length(spki, from + 1));
        return sequence(0x30, VERSION_0, algorithm, sequence(4, key));
    }

    private static int lengthSize(byte[] der, int at) {
        return (der[at] & 0x80) == 0 ? 1 : 1 + (der[at] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int length = der[at] & 0xff;
        if (length < 128) {
            return length;
        }
        int value = 0;
        for (int i = 1; i < lengthSize(der, at); i++) {
            value = value << 8 | der[at + i] & 0xff;
        }
        return value;
    }

    /** With the shortest form of its length, which alone is DER (X.690, section 10.1). */
    private static byte[] sequence(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer der = ByteBuffer.allocate(length + 4).put((byte) tag);
        if (length < 128) {
            der.put((byte) length);
        } else if (length < 256) {
            der.put((byte) 0x81).put((byte) length);
        } else {
            der.put((byte) 0x82).putShort((short) length);
        }
        for (byte[] part : parts) {
            der.put(part);
        }
        return Arrays.copyOf(der.array(), der.position());
    }
}
