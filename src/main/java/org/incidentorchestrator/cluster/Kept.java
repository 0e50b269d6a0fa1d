package org.incidentorchestrator.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first bytes of an output, up to a size, as UTF-8 text. What is beyond is let go, and that is remembered. */
final class Kept {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;
    private volatile boolean cut;

    Kept(int most) {
        this.most = most;
    }

    /** @return how many bytes of these are kept */
    int take(ByteBuffer buffer) {
        byte[] part = new byte[Math.min(buffer.remaining(), most - bytes.size())];
        cut |= part.length < buffer.remaining();
        buffer.get(part);
        bytes.writeBytes(part);
        return part.length;
    }

    boolean cut() {
        return cut;
    }

    @Override
    public String toString() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
