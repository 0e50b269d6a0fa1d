package org.incidentorchestrator.console.api;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.notify.AcknowledgeLinks.State;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.HtmlUtils;

/** The page behind an acknowledge link: plain, for a phone, without a script, kept by nobody. */
final class AcknowledgePage {
    private static final String STYLE =
            """
            body{font:1.1rem/1.5 sans-serif;margin:2rem auto;padding:0 1rem;max-width:32rem;overflow-wrap:anywhere}
            button{font:inherit;padding:.8rem 1.6rem;width:100%}""";
    private static final String POLICY = "default-src 'none'; style-src 'sha256-" + digest(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AcknowledgePage() {}

    static ResponseEntity<String> of(State state) {
        if (state instanceof State.Ready ready) {
            return page(HttpStatus.OK, title(ready.incident()), about(ready.incident()) + button(ready));
        }
        if (state instanceof State.Taken taken) {
            String who = paragraph("It is with " + taken.by() + " already: nobody else is paged.");
            return page(HttpStatus.OK, title(taken.incident()), about(taken.incident()) + who + link(taken.task()));
        }
        if (state instanceof State.Closed closed) {
            String number = closed.incident().number().toString();
            return page(HttpStatus.OK, number, paragraph(number + " is closed: there is nothing to take any more."));
        }
        if (state instanceof State.Used used) {
            String when = "This link was used at " + MINUTE.format(used.at()) + ", and works once."
                    + " The incident was given back since: log in to take it.";
            return page(HttpStatus.GONE, title(used.incident()), paragraph(when) + link(used.task()));
        }
        if (state instanceof State.Expired expired) {
            String when = "This link expired at " + MINUTE.format(expired.at())
                    + ". Nobody has the incident yet: log in" + " to take it.";
            return page(HttpStatus.GONE, title(expired.incident()), paragraph(when) + link(expired.task()));
        }
        return page(
                HttpStatus.NOT_FOUND,
                "Unknown link",
                paragraph("There is no such link. See that it was copied whole, or log in to Tasklist."));
    }

    /**
     * @param now as it is after the acknowledgement: somebody may have been faster
     * @param task where to go on
     */
    static ResponseEntity<String> taken(Incident now, String person, URI task) {
        String holder = now.takenBy().orElse("");
        String told = holder.equals(person)
                ? now.number() + " is yours, " + person + ": nobody else is paged for it."
                : holder.isEmpty()
                        ? now.number() + " could not be taken: log in to Tasklist to see why."
                        : holder + " was faster and has " + now.number() + ".";
        return page(HttpStatus.OK, title(now), about(now) + paragraph(told) + link(task));
    }

    static ResponseEntity<String> noAccount(State.Ready ready) {
        return page(
                HttpStatus.FORBIDDEN,
                title(ready.incident()),
                paragraph(
                        "The account " + ready.person() + ", which this link acknowledges as, is not there or works no"
                                + " incidents. Nothing was changed and paging goes on: log in with your own account, and have"
                                + " the contact " + ready.contact() + " corrected."));
    }

    private static String title(Incident incident) {
        return incident.number() + " " + incident.severity().name().toLowerCase(Locale.ROOT);
    }

    private static String about(Incident incident) {
        return paragraph(incident.key().toString())
                + paragraph(incident.summary())
                + paragraph("Since " + MINUTE.format(incident.openedAt()));
    }

    private static String button(State.Ready ready) {
        return "<form method=\"post\"><button type=\"submit\">Acknowledge as " + escape(ready.person())
                + "</button></form>" + paragraph("You have it then, and nobody else is paged.");
    }

    private static String link(URI task) {
        return "<p><a href=\"" + escape(task.toString()) + "\">Open it in Tasklist</a></p>";
    }

    private static String paragraph(String text) {
        return "<p>" + escape(text) + "</p>";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text);
    }

    private static ResponseEntity<String> page(HttpStatus status, String title, String body) {
        String html = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + escape(title)
                + "</title><style>" + STYLE + "</style></head><body><h1>" + escape(title) + "</h1>" + body
                + "</body></html>";
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("Content-Security-Policy", POLICY)
                // The address is the secret.
                .header("Referrer-Policy", "no-referrer")
                .header("X-Robots-Tag", "noindex")
                .body(html);
    }

    private static String digest(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
