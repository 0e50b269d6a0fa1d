package org.incidentorchestrator.step.verb.backup;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** Encrypts and decrypts in memory, in the format of age (age-encryption.org/v1) with X25519 keys: as {@code age} does. */
final class AgeFile {
    private static final String SECRET_KEY = "AGE-SECRET-KEY-";

    private AgeFile() {}

    /** @return why this is no recipient, with what to do; empty when it is one */
    static String unfit(String recipient) {
        if (recipient.regionMatches(true, 0, SECRET_KEY, 0, SECRET_KEY.length())) {
            return "a secret key of age is named; take it away from here, it is for those who restore, and name its"
                    + " public key, which 'age-keygen -y' prints";
        }
        try {
            X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient);
            return "";
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return "'" + recipient
                    + "' is no public key of age with X25519; write one as 'age-keygen' prints it, age1…";
        }
    }

    static byte[] encrypted(byte[] plain, List<String> recipients) throws IOException, GeneralSecurityException {
        List<RecipientStanzaWriter> writers = new ArrayList<>();
        for (String recipient : recipients) {
            writers.add(X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(recipient));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WritableByteChannel channel =
                new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(bytes), writers)) {
            channel.write(ByteBuffer.wrap(plain));
        }
        return bytes.toByteArray();
    }

    static byte[] decrypted(byte[] encrypted, Path identityFile) throws IOException, GeneralSecurityException {
        List<RecipientStanzaReader> readers = new ArrayList<>();
        for (String line : Files.readAllLines(identityFile)) {
            if (line.startsWith(SECRET_KEY)) {
                readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line.strip()));
            }
        }
        if (readers.isEmpty()) {
            throw new IOException("the file has no line that begins with " + SECRET_KEY);
        }
        ReadableByteChannel source = Channels.newChannel(new ByteArrayInputStream(encrypted));
        try (ReadableByteChannel channel =
                new StandardDecryptingChannelFactory().newDecryptingChannel(source, readers)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }
}
