package org.incidentorchestrator.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The lines of a file, the last one first, without reading what lies before them. */
final class LinesFromEnd implements AutoCloseable {
    private static final int CHUNK = 256 * 1024;
    /** An event with bodies may be large; a longer line is none. */
    private static final int LONGEST = 4 * 1024 * 1024;

    private final FileChannel file;
    private final byte[] chunk = new byte[CHUNK];
    private long position;
    private int left;
    private long read;
    private boolean begun;
    private boolean endsWithin;

    LinesFromEnd(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.position = file.size();
    }

    /** The next line upwards; empty at the file's beginning. What is longer than any line may be comes as an empty one. */
    Optional<String> next() throws IOException {
        ByteArrayOutputStream reversed = new ByteArrayOutputStream();
        boolean ended = false;
        boolean tooLong = false;
        while (!ended) {
            if (left == 0 && !fill()) {
                boolean nothing = reversed.size() == 0 && !tooLong;
                return nothing ? Optional.empty() : Optional.of(line(reversed, tooLong));
            }
            byte last = chunk[--left];
            ended = last == '\n' && begun;
            tooLong |= reversed.size() >= LONGEST;
            if (last != '\n' && !tooLong) {
                reversed.write(last);
            }
            endsWithin |= !begun && last != '\n';
            begun = true;
        }
        return Optional.of(line(reversed, tooLong));
    }

    /** Whether the file ends within a line, which is being written: the first that comes. */
    boolean endsWithin() {
        return endsWithin;
    }

    /** How many bytes were read so far. */
    long read() {
        return read;
    }

    private boolean fill() throws IOException {
        if (position == 0) {
            return false;
        }
        left = (int) Math.min(CHUNK, position);
        position -= left;
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, left);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("became shorter while it was read");
            }
        }
        read += left;
        return true;
    }

    private static String line(ByteArrayOutputStream reversed, boolean tooLong) {
        if (tooLong) {
            return "";
        }
        byte[] bytes = reversed.toByteArray();
        for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
