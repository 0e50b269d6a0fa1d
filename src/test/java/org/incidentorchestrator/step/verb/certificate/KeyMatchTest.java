package org.incidentorchestrator.step.verb.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMatchTest {
    private static final KeyPair RSA = keys("RSA", 2048);
    private static final KeyPair EC = keys("EC", 256);

    @ParameterizedTest
    @CsvSource({"RSA, 2048", "EC, 256", "EC, 384", "Ed25519, 255"})
    void a_key_matches_its_own_certificate_and_no_other(String algorithm, int size) {
        KeyPair own = keys(algorithm, size);
        KeyPair other = keys(algorithm, size);
        assertThat(KeyMatch.of(pem("PRIVATE KEY", own.getPrivate().getEncoded()), own.getPublic()))
                .isEqualTo(KeyMatch.MATCHES);
        assertThat(KeyMatch.of(pem("PRIVATE KEY", other.getPrivate().getEncoded()), own.getPublic()))
                .isEqualTo(KeyMatch.DIFFERS);
    }

    /** As OpenSSL writes them with {@code -traditional}: the same without what PKCS #8 puts before it. */
    @Test
    void keys_in_their_older_forms_are_compared_too() {
        byte[] pkcs8 = RSA.getPrivate().getEncoded();
        String pkcs1 = pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        assertThat(KeyMatch.of(pkcs1, RSA.getPublic())).isEqualTo(KeyMatch.MATCHES);
        assertThat(KeyMatch.of(pkcs1, keys("RSA", 2048).getPublic())).isEqualTo(KeyMatch.DIFFERS);
        byte[] ec = EC.getPrivate().getEncoded();
        String sec1 = pem("EC PARAMETERS", new byte[] {6, 8, 42, -122, 72, -50, 61, 3, 1, 7})
                + pem("EC PRIVATE KEY", Arrays.copyOfRange(ec, ec.length - 39, ec.length));
        assertThat(KeyMatch.of(sec1, EC.getPublic())).isEqualTo(KeyMatch.MATCHES);
        assertThat(KeyMatch.of(sec1, keys("EC", 256).getPublic())).isEqualTo(KeyMatch.DIFFERS);
    }

    @Test
    void a_key_of_another_kind_is_another_certificates() {
        assertThat(KeyMatch.of(pem("PRIVATE KEY", EC.getPrivate().getEncoded()), RSA.getPublic()))
                .isEqualTo(KeyMatch.DIFFERS);
        assertThat(KeyMatch.of(pem("PRIVATE KEY", RSA.getPrivate().getEncoded()), EC.getPublic()))
                .isEqualTo(KeyMatch.DIFFERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no pem",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nMIIB"
            })
    void what_is_no_key_cannot_be_read(String pem) {
        assertThat(KeyMatch.of(pem, RSA.getPublic())).isEqualTo(KeyMatch.UNREADABLE);
        assertThat(KeyMatch.of(pem, EC.getPublic())).isEqualTo(KeyMatch.UNREADABLE);
    }

    @Test
    void no_key_is_missing() {
        assertThat(KeyMatch.of(" \n", RSA.getPublic())).isEqualTo(KeyMatch.MISSING);
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.startsWith("Ed")) {
                generator.initialize(size);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + label + "-----\n";
    }
}
