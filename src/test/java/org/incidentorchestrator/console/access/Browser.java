package org.incidentorchestrator.console.access;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Sends requests as a browser or a program would: with a session of the web apps, a password, or nothing. */
final class Browser {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final String root;
    private String authorization;
    private boolean sendsToken;
    private boolean page;
    private String accepted = "*/*";

    Browser(int port) {
        this.root = "http://localhost:" + port;
    }

    Browser withPassword(String user, String password) {
        authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Opens the login page of Tasklist and logs in. */
    Browser loggedIn(String user, String password) {
        return loggedIn(user, password, "tasklist");
    }

    /** Opens the login page of one of the web apps and logs in. */
    Browser loggedIn(String user, String password, String app) {
        send("GET", "/camunda/app/" + app + "/default/", null, null);
        sendsToken = true;
        var answer = send(
                "POST",
                "/camunda/api/admin/auth/user/default/login/" + app,
                FORM,
                "username=" + user + "&password=" + password.replace("+", "%2B").replace("=", "%3D"));
        if (answer.statusCode() != 200) {
            throw new AssertionError("Login of " + user + ": " + answer.statusCode() + " " + answer.body());
        }
        return this;
    }

    /** The id of its session; empty without one. */
    String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("JSESSIONID"))
                .map(java.net.HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** As the scripts of a page send: they say so. */
    Browser asPage() {
        page = true;
        return this;
    }

    Browser withoutToken() {
        sendsToken = false;
        return this;
    }

    int status(String method, String path) {
        return send(method, path).statusCode();
    }

    /** As a browser that is told an address asks for a page. */
    HttpResponse<String> open(String path) {
        accepted = "text/html,application/xhtml+xml,*/*;q=0.8";
        return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) {
        return send(method, path, "application/json", method.equals("GET") ? null : "{}");
    }

    HttpResponse<String> send(String method, String path, String json) {
        return send(method, path, "application/json", json);
    }

    private HttpResponse<String> send(String method, String path, String type, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path))
                .header("Accept", accepted)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", type);
        }
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (page) {
            request.header("X-Requested-With", "XMLHttpRequest");
        }
        if (sendsToken) {
            cookies.getCookieStore().getCookies().stream()
                    .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                    .forEach(cookie -> request.header("X-XSRF-TOKEN", cookie.getValue()));
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
