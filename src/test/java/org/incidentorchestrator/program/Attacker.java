package org.incidentorchestrator.program;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;

/** Somebody with an account, at one of the two addresses of the engine's REST API. */
final class Attacker {
    private static final JsonMapper JSON = new JsonMapper();

    private final String root;
    private final String engine;
    private final String authorization;
    private final boolean sendsToken;
    private final CookieManager cookies;
    private final HttpClient http;

    private Attacker(String root, String engine, String authorization, boolean sendsToken, CookieManager cookies) {
        this.root = root;
        this.engine = engine;
        this.authorization = authorization;
        this.sendsToken = sendsToken;
        this.cookies = cookies;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(cookies)
                .build();
    }

    private static Attacker at(Program program, String engine, String authorization) {
        return new Attacker("http://localhost:" + program.port(), engine, authorization, true, new CookieManager());
    }

    /** With a user id and a password, at {@code /engine-rest}. */
    static Attacker withPassword(Program program, String who, String password) {
        byte[] both = (who + ":" + password).getBytes(StandardCharsets.UTF_8);
        return at(program, "/engine-rest", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    /** The same session, used by a page of another origin, which cannot read its token. */
    Attacker withoutToken() {
        return new Attacker(root, engine, authorization, false, cookies);
    }

    /** With a bearer token, at {@code /engine-rest}. */
    static Attacker overRest(Program program, String who) {
        return at(program, "/engine-rest", "Bearer token-of-" + who);
    }

    /** As a page of the web apps: with their session and the token of their forms. */
    static Attacker overWebApps(Program program, String who, String password) {
        String app = who.equals("auditor") ? "cockpit" : "tasklist";
        var session = at(program, "/camunda/api/engine/engine/default", null);
        session.send("GET", session.root + "/camunda/app/" + app + "/default/", null, null);
        Answer login = session.send(
                "POST",
                session.root + "/camunda/api/admin/auth/user/default/login/" + app,
                "application/x-www-form-urlencoded",
                "username=" + who + "&password=" + URLEncoder.encode(password, StandardCharsets.UTF_8));
        if (login.status() != 200) {
            throw new AssertionError("Login of " + who + ": " + login);
        }
        // The session that a login begins gets its token with the first page.
        session.send("GET", session.root + "/camunda/app/" + app + "/default/", null, null);
        return session;
    }

    /** The one that the program gave at its start. */
    static String password(Program program, String who) {
        try {
            return Files.readAllLines(program.folder().resolve("first-passwords")).stream()
                    .filter(line -> line.startsWith(who + " "))
                    .map(line -> line.substring(who.length() + 1))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relative to the engine's address. */
    Answer ask(String method, String path, String json) {
        return send(method, root + engine + path, "application/json", json);
    }

    /** At our own API. */
    Answer api(String method, String path, String json) {
        return send(method, root + path, "application/json", json);
    }

    Answer ask(String method, String path, String type, String body) {
        return send(method, root + engine + path, type, body);
    }

    private Answer send(String method, String uri, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        } else if (sendsToken) {
            cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                    .forEach(cookie -> request.header("X-XSRF-TOKEN", cookie.getValue()));
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    record Answer(int status, String body) {
        boolean done() {
            return status / 100 == 2;
        }

        boolean refused() {
            return status == 403 || status == 400 || status == 409 || status == 401;
        }

        /** Another transaction changed the same before this one could. */
        boolean outrun() {
            return body.contains("OptimisticLockingException");
        }

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What the person reads. */
        String message() {
            try {
                JsonNode answer = JSON.readTree(body);
                return answer.path("message").asText(answer.path("detail").asText(body));
            } catch (IOException noJson) {
                return body;
            }
        }
    }
}
