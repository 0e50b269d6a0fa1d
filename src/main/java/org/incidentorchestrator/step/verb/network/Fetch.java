package org.incidentorchestrator.step.verb.network;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.network.Programs.Ran;

/**
 * What a program in a container says of one HTTP request: wget, of BusyBox or GNU, or curl.
 *
 * @param status of the HTTP answer; empty when there was none
 * @param failure why there was none: dns, refused, timeout, other; none when there was one
 * @param connectMillis until the connection stood, and {@code totalMillis} until the answer had come; -1 of wget, which
 *     measures nothing
 */
record Fetch(Optional<Integer> status, String failure, String text, int connectMillis, int totalMillis) {
    /** Of BusyBox {@code server returned error: HTTP/1.1 503 …}, of GNU {@code awaiting response... 503 …}. */
    private static final Pattern WGET_STATUS =
            Pattern.compile("(?:HTTP/[0-9.]+|awaiting response\\.\\.\\.) ([1-5][0-9]{2})");

    private static final Pattern CURL_FIGURES = Pattern.compile("(?s).*\\n([0-9]{3}) ([0-9.]+) ([0-9.]+)\\s*");
    private static final Pattern UNFIT =
            Pattern.compile("(?i)unrecognized option|invalid option|unknown option|usage:");
    private static final Pattern DNS = Pattern.compile(
            "(?i)bad address|unable to resolve|could not resolve|name or service not known|name resolution|resolving timed");
    private static final Pattern REFUSED = Pattern.compile("(?i)connection refused|failed to connect|couldn't connect");
    private static final Pattern TIMEOUT =
            Pattern.compile("(?i)timed out|timeout|host is unreachable|no route to host");

    /** In the order in which they are looked for; a body goes nowhere that a person reads, but shows that it came. */
    static List<List<String>> commands(String url) {
        return List.of(wget(url), curl(url, 5));
    }

    private static List<String> wget(String url) {
        return List.of("wget", "-O", "-", "-T", "5", "-t", "1", url);
    }

    /** The only one that measures. @param seconds it may take in all */
    static List<String> curl(String url, int seconds) {
        String figures = "\\n%{http_code} %{time_connect} %{time_total}\\n";
        return List.of("curl", "-sS", "-m", "" + seconds, "-w", figures, url);
    }

    /** Empty when the program is another one of its name, which does not know its arguments. */
    static Optional<Fetch> of(Ran.Ended ran) {
        String err = ran.answer().err();
        if (!ran.answer().ok() && UNFIT.matcher(err).find()) {
            return Optional.empty();
        }
        return Optional.of(
                ran.program().equals("curl")
                        ? ofCurl(ran.answer().out(), err)
                        : ofWget(ran.answer().ok(), err));
    }

    private static Fetch ofWget(boolean ok, String err) {
        Matcher statuses = WGET_STATUS.matcher(err);
        Optional<Integer> last = Optional.empty();
        while (statuses.find()) {
            last = Optional.of(Integer.parseInt(statuses.group(1)));
        }
        return ok && last.isEmpty()
                ? answered(200, -1, -1)
                : last.map(status -> answered(status, -1, -1)).orElseGet(() -> unanswered(err));
    }

    private static Fetch ofCurl(String out, String err) {
        Matcher figures = CURL_FIGURES.matcher("\n" + out);
        return figures.matches() && !figures.group(1).equals("000")
                ? answered(Integer.parseInt(figures.group(1)), millis(figures.group(2)), millis(figures.group(3)))
                : unanswered(err);
    }

    private static int millis(String seconds) {
        return (int) Math.round(Double.parseDouble(seconds) * 1000);
    }

    private static Fetch answered(int status, int connectMillis, int totalMillis) {
        return new Fetch(Optional.of(status), "none", "answers with status " + status, connectMillis, totalMillis);
    }

    private static Fetch unanswered(String err) {
        String failure = DNS.matcher(err).find()
                ? "dns"
                : REFUSED.matcher(err).find() ? "refused" : TIMEOUT.matcher(err).find() ? "timeout" : "other";
        String last = err.lines().filter(line -> !line.isBlank()).reduce("", (one, next) -> next);
        return new Fetch(Optional.empty(), failure, "gets no answer: " + Line.of(last, 200), -1, -1);
    }
}
