package org.incidentorchestrator.notify.channel;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server that takes mail from here (SMTP, RFC 5321).
 *
 * @param host its name; empty: no mail is sent
 * @param security {@code starttls}: the connection is encrypted after its first lines, or not used (RFC 3207);
 *     {@code tls}: from the beginning, usually on port 465 (RFC 8314); {@code plain}: not at all
 * @param username empty: without a login
 * @param passwordFile holds the password of {@code username}; may be null
 * @param from who the mail is from
 * @param timeout the longest wait for the connection, for an answer, and for writing
 */
@Validated
@ConfigurationProperties("notify.mail")
record MailSettings(
        @DefaultValue("") String host,
        @DefaultValue("587") @Min(1) @Max(65535) int port,
        @DefaultValue("starttls") @NotNull Security security,
        @DefaultValue("") String username,
        Path passwordFile,
        @DefaultValue("") String from,
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10) Duration timeout) {

    enum Security {
        STARTTLS,
        TLS,
        PLAIN
    }

    MailSettings {
        if (!host.isEmpty() && !isAddress(from)) {
            throw new IllegalArgumentException("notify.mail.from is '" + from
                    + "'; write the address that mail comes from, as incidents@example.org");
        }
        if (!username.isEmpty()) {
            if (passwordFile == null) {
                throw new IllegalArgumentException(
                        "notify.mail.username needs notify.mail.password-file, a file with its password");
            }
            SecretFile.read("notify.mail.password-file", passwordFile);
        }
    }

    /** One bare address ({@code local@domain}); neither a list nor a header could be smuggled in with it. */
    static boolean isAddress(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            return address.getPersonal() == null
                    && text.equals(address.getAddress())
                    && text.contains("@")
                    && text.chars().noneMatch(c -> c <= ' ' || c == 127);
        } catch (AddressException e) {
            return false;
        }
    }
}
