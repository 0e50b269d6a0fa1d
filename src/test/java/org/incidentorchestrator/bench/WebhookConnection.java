package org.incidentorchestrator.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One kept-alive connection that posts alerts, with so little work of its own that the program is what is measured. */
final class WebhookConnection implements AutoCloseable {
    private static final int ACCEPTED = 202;

    private final int port;
    private final String head;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    WebhookConnection(int port, String token) throws IOException {
        this.port = port;
        this.head = "POST /webhooks/alertmanager HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + token + "\r\nContent-Length: ";
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket("localhost", port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Posts one firing alert and waits for the answer. */
    void post(String workload, String fingerprint) throws IOException {
        String body =
                """
                {"version":"4","status":"firing","receiver":"bench","alerts":[{"status":"firing","labels":{"alertname":"Bench",\
                "severity":"critical","namespace":"a1-orchestrator","deployment":"%s"},"annotations":{"summary":"%s is down"},\
                "startsAt":"%s","fingerprint":"%s"}]}"""
                        .formatted(workload, workload, Instant.EPOCH.plusSeconds(1_800_000_000), fingerprint);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write((head + bytes.length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8));
        int status = answer();
        if (status != ACCEPTED) {
            throw new IOException("the program answered " + status + " to an alert");
        }
    }

    private int answer() throws IOException {
        int status = Integer.parseInt(line().split(" ")[1]);
        boolean chunked = false;
        boolean last = false;
        int length = 0;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            last |= lower.equals("connection: close");
            chunked |= lower.equals("transfer-encoding: chunked");
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(header.substring(15).strip())
                    : length;
        }
        if (chunked) {
            for (int size = chunk(); size > 0; size = chunk()) {
                in.skipNBytes(size + 2L);
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        if (last) {
            close();
            connect();
        }
        return status;
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the program closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
