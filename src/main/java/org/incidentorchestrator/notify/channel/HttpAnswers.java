package org.incidentorchestrator.notify.channel;

import java.io.IOException;
import java.net.URI;
import org.incidentorchestrator.evidence.Text;

/** What an HTTP answer says of a message that was posted. */
final class HttpAnswers {
    private static final int LONGEST = 300;

    private HttpAnswers() {}

    /**
     * @param who whose answer it is, for people
     * @param secret what must not be told in what went wrong
     */
    static Delivery post(HttpPost http, URI url, byte[] json, String who, String secret) {
        try {
            return read(http.post(url, json), who, secret);
        } catch (IOException e) {
            String why = Text.line(e.toString().replace(secret, "…"), LONGEST);
            return Delivery.failed(who + " cannot be reached: " + why);
        }
    }

    private static Delivery read(HttpPost.Answer answer, String who, String secret) {
        if (answer.status() / 100 == 2) {
            return new Delivery.Sent();
        }
        String why = who + " answered with " + answer.status() + ": "
                + Text.line(answer.body().replace(secret, "…"), LONGEST);
        // 408, 425 and 429 ask to come again; any other 4xx, and a redirect, stays as it is.
        boolean later =
                answer.status() >= 500 || answer.status() == 429 || answer.status() == 408 || answer.status() == 425;
        return later ? new Delivery.Failed(why, answer.retryAfter()) : new Delivery.Refused(why);
    }
}
