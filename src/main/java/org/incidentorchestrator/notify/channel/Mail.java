package org.incidentorchestrator.notify.channel;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import org.incidentorchestrator.evidence.Text;
import org.incidentorchestrator.notify.channel.MailSettings.Security;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Mail over SMTP. A mail whose answer was lost is sent again, with the same Message-ID: whoever reads it may see it
 * twice.
 */
@Component
final class Mail implements Channel {
    private static final int LONGEST = 300;

    private final MailSettings settings;

    Mail(MailSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public boolean configured() {
        return !settings.host().isEmpty();
    }

    @Override
    public Optional<String> refusal(String to) {
        if (!configured()) {
            return Optional.of("mail is not set up; name the mail server with notify.mail.host");
        }
        return MailSettings.isAddress(to)
                ? Optional.empty()
                : Optional.of("'" + to + "' is no mail address; write it as alice@example.org");
    }

    @Override
    public String circuit(String to) {
        return name();
    }

    @Override
    public Delivery send(String to, Message message) {
        try {
            JavaMailSenderImpl server = server();
            server.send(write(server.createMimeMessage(), to, message));
            return new Delivery.Sent();
        } catch (MailException e) {
            String why = "The mail server " + settings.host() + " did not take it: "
                    + Text.line(reason(e).replace(to, "…"), LONGEST);
            return refusesRecipient(e) ? new Delivery.Refused(why) : Delivery.failed(why);
        } catch (MessagingException e) {
            return new Delivery.Refused("The mail cannot be written: " + Text.line("" + e, LONGEST));
        }
    }

    /** Made anew for each mail, so that a password that was changed needs no restart. */
    private JavaMailSenderImpl server() {
        var server = new JavaMailSenderImpl();
        server.setHost(settings.host());
        server.setPort(settings.port());
        if (!settings.username().isEmpty()) {
            server.setUsername(settings.username());
            server.setPassword(SecretFile.read("notify.mail.password-file", settings.passwordFile()));
        }
        Properties properties = server.getJavaMailProperties();
        String timeout = Long.toString(settings.timeout().toMillis());
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.auth", Boolean.toString(!settings.username().isEmpty()));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        String starttls = Boolean.toString(settings.security() == Security.STARTTLS);
        properties.put("mail.smtp.starttls.enable", starttls);
        properties.put("mail.smtp.starttls.required", starttls);
        return server;
    }

    private MimeMessage write(MimeMessage mail, String to, Message message) throws MessagingException {
        var parts = new MimeMessageHelper(mail, true, StandardCharsets.UTF_8.name());
        parts.setFrom(settings.from());
        parts.setTo(to);
        parts.setSubject(message.subject());
        parts.setText(MailText.plain(message), MailText.html(message));
        String domain = settings.from().substring(settings.from().lastIndexOf('@') + 1);
        mail.setHeader("Message-ID", "<" + message.id() + "@" + domain + ">");
        // Programs of mail show what belongs together as one conversation.
        mail.setHeader("References", "<" + message.topic() + "@" + domain + ">");
        mail.setHeader("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static String reason(MailException e) {
        return e instanceof MailSendException failed && failed.getMessageExceptions().length > 0
                ? failed.getMessageExceptions()[0].toString()
                : e.getMostSpecificCause().toString();
    }

    /** The server answers, and says of this recipient that it never will. */
    private static boolean refusesRecipient(MailException e) {
        if (e instanceof MailSendException failed) {
            for (Exception each : failed.getMessageExceptions()) {
                Address[] invalid = each instanceof SendFailedException send ? send.getInvalidAddresses() : null;
                if (invalid != null && invalid.length > 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
