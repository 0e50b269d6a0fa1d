package org.incidentorchestrator.cluster;

import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Gathers an answer's body as UTF-8 text. What is beyond {@code most} bytes is let go, not failed. */
final class BodyText implements AsyncBody.Consumer<List<ByteBuffer>> {
    private final Bound bound;
    private final Kept kept;

    BodyText(Bound bound, int most) {
        this.bound = bound;
        this.kept = new Kept(most);
    }

    @Override
    public void consume(List<ByteBuffer> buffers, AsyncBody body) throws IOException {
        for (ByteBuffer buffer : buffers) {
            bound.read(kept.take(buffer));
        }
        if (kept.cut()) {
            body.cancel();
        } else {
            body.consume();
        }
    }

    boolean cut() {
        return kept.cut();
    }

    @Override
    public String toString() {
        return kept.toString();
    }
}
