package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Gathers an answer's body as UTF-8 text. What is beyond {@code most} bytes is let go, not failed. */
final class BodyText implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Bound bound;
    private final int most;
    private volatile boolean cut;

    BodyText(Bound bound, int most) {
        this.bound = bound;
        this.most = most;
    }

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) throws IOException {
        for (ByteBuffer buffer : buffers) {
            byte[] part = new byte[Math.min(buffer.remaining(), most - bytes.size())];
            cut |= part.length < buffer.remaining();
            buffer.get(part);
            bytes.write(part);
            bound.read(part.length);
        }
        if (cut) {
            body.cancel();
        } else {
            body.consume();
        }
    }

    boolean cut() {
        return cut;
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
