package org.incidentorchestrator.console.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A program that runs, asked over its REST API as somebody who may ask. */
final class RunningProgram {
    private static final int OK = 200;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(5);

    @Option(names = "--server", paramLabel = "URL", description = "ask the program at http://host:8080")
    private URI server;

    @Option(names = "--user", paramLabel = "ID", description = "log in as this account")
    private String user;

    @Option(names = "--password-file", paramLabel = "FILE", description = "first line: its password; else asked")
    private Path passwordFile;

    @Option(names = "--token-file", paramLabel = "FILE", description = "or log in with the token in FILE")
    private Path tokenFile;

    boolean isNamed() {
        return server != null;
    }

    /** @return the answer of {@code path}, bound to {@code type} */
    <T> T get(String path, Class<T> type) {
        return Answers.read(send("GET", path, BodyPublishers.noBody()), type);
    }

    <T> T post(String path, byte[] body, Class<T> type) {
        return Answers.read(send("POST", path, BodyPublishers.ofByteArray(body)), type);
    }

    /** Writes what is answered to a file. */
    void download(String path, Path into) {
        HttpResponse<byte[]> answer = send(
                "POST",
                path,
                BodyPublishers.noBody(),
                status -> status.statusCode() == OK
                        ? replacing(into)
                        : BodyHandlers.ofByteArray().apply(status));
        if (answer.statusCode() != OK) {
            accepted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
        }
    }

    private static BodySubscriber<byte[]> replacing(Path into) {
        return BodySubscribers.mapping(BodySubscribers.ofFile(into), file -> new byte[0]);
    }

    private String send(String method, String path, BodyPublisher body) {
        HttpResponse<String> answer = send(method, path, body, BodyHandlers.ofString(StandardCharsets.UTF_8));
        return accepted(answer.statusCode(), answer.body());
    }

    private <T> HttpResponse<T> send(String method, String path, BodyPublisher body, BodyHandler<T> reading) {
        HttpRequest request = HttpRequest.newBuilder(address(path))
                .timeout(ANSWER)
                .header("Authorization", authorization())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            return HttpClient.newBuilder().connectTimeout(CONNECT).build().send(request, reading);
        } catch (IOException e) {
            throw CommandFailed.unreachable(
                    "No program answers at %s: %s. See that it runs, and that the URL is right (--server)."
                            .formatted(server, e),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted while waiting for " + server, e);
        }
    }

    private URI address(String path) {
        if (server.getScheme() == null || !server.getScheme().matches("https?") || server.getHost() == null) {
            throw CommandFailed.wrongUsage("--server is %s; write it as http://localhost:8080".formatted(server));
        }
        return URI.create(server.toString().replaceAll("/+$", "") + path);
    }

    private String accepted(int status, String body) {
        return switch (status) {
            case OK -> body;
            case 401, 403 ->
                throw CommandFailed.refused(
                        "%s does not let %s ask this (%d). Log in as somebody who may: --user, or --token-file."
                                .formatted(server, Optional.ofNullable(user).orElse("you"), status));
            case 400 -> throw CommandFailed.wrongUsage(Answers.problem(body));
            case 409 -> throw CommandFailed.refused(Answers.problem(body));
            default ->
                throw CommandFailed.unreachable(
                        "%s answered %d: %s".formatted(server, status, Answers.problem(body)), null);
        };
    }

    private String authorization() {
        if (tokenFile != null) {
            return "Bearer " + firstLine(tokenFile);
        }
        if (user == null) {
            throw CommandFailed.wrongUsage("--server needs a login: --user ID, or --token-file FILE.");
        }
        String both = user + ":" + (passwordFile == null ? asked() : firstLine(passwordFile));
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private String asked() {
        return Optional.ofNullable(System.console())
                .map(console -> console.readPassword("Password of %s: ", user))
                .map(String::new)
                .orElseThrow(() -> CommandFailed.wrongUsage(
                        "There is no terminal to ask for the password of %s: name a --password-file.".formatted(user)));
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("").strip();
        } catch (IOException e) {
            throw CommandFailed.wrongUsage("%s cannot be read: %s. Name a file that you may read.".formatted(file, e));
        }
    }

    /** Reads what the program answers: newer ones may say more than this knows. */
    private static final class Answers {
        private Answers() {}

        static <T> T read(String body, Class<T> type) {
            try {
                return Json.READER.readValue(body, type);
            } catch (JsonProcessingException e) {
                throw CommandFailed.unreachable(
                        "What answered is no incident-orchestrator: %s. Correct --server."
                                .formatted(e.getOriginalMessage()),
                        e);
            }
        }

        /** The detail of a problem (RFC 9457), or the text itself. */
        static String problem(String body) {
            try {
                return Json.READER.readTree(body).path("detail").asText(body);
            } catch (JsonProcessingException e) {
                return body;
            }
        }
    }
}
