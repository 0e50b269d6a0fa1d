package org.incidentorchestrator.notify;

import java.net.URI;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Where links in messages lead: to this program, as people reach it. */
@Component
public final class Links {
    private static final String HERE = "localhost";
    private static final String TASKLIST = "/camunda/app/tasklist/default/";

    private final URI base;

    Links(NotifySettings settings) {
        this.base = settings.baseUrl();
    }

    /** To a task, where a login is needed; to all of them when it is not known which. */
    URI task(Optional<String> id) {
        return at(TASKLIST + id.map(task -> "#/?task=" + task).orElse(""));
    }

    /** @param token of URL-safe characters */
    URI acknowledge(String token) {
        return at("/acknowledge/" + token);
    }

    /**
     * A link for whoever reads it elsewhere; none while nobody has said how people reach this program from there.
     *
     * @param path from the root: {@code /api/incidents/INC-1/report}
     */
    public Optional<URI> elsewhere(String path) {
        return HERE.equals(base.getHost()) ? Optional.empty() : Optional.of(at(path));
    }

    /** Which installation this is, for whoever hears of several: {@code incidents.example.org}. */
    String installation() {
        return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
    }

    private URI at(String path) {
        String root = base.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
    }
}
