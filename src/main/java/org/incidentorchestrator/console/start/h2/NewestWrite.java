package org.incidentorchestrator.console.start.h2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * What H2 wrote last, as its end says: only the end has a checksum. The head, which says where everything lies, has none;
 * so it is compared with the end. Format: H2's MVStore, "chunk format".
 *
 * @param block where it begins, in blocks of 4096 bytes
 * @param length in blocks
 */
record NewestWrite(long version, long id, long block, long length) {
    private static final int BLOCK = 4096;
    private static final int END = 128;
    private static final int LONGEST_HEAD = 1024;

    /** @return that of the highest version of all whose end is whole; empty when there is none */
    static Optional<NewestWrite> in(FileChannel channel) throws IOException {
        NewestWrite newest = null;
        for (long after = channel.size() / BLOCK; after > 2; after--) {
            Map<String, String> end = end(read(channel, after * BLOCK - END, END));
            if (end.containsKey("version")) {
                NewestWrite write = of(end, after);
                newest = newest == null || write.version > newest.version ? write : newest;
            }
        }
        return Optional.ofNullable(newest);
    }

    private static NewestWrite of(Map<String, String> end, long after) {
        long length = number(end, "len");
        return new NewestWrite(
                number(end, "version"),
                number(end, "chunk"),
                end.containsKey("block") ? number(end, "block") : after - length,
                length);
    }

    private static Map<String, String> end(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        int checksum = text.lastIndexOf(",fletcher:");
        if (!text.startsWith("chunk:") || checksum < 0) {
            return Map.of();
        }
        byte[] summed = text.substring(0, checksum).getBytes(StandardCharsets.ISO_8859_1);
        Map<String, String> end = parsed(text);
        return (int) number(end, "fletcher") == DataUtils.getFletcher32(summed, 0, summed.length) ? end : Map.of();
    }

    /** Whether its head agrees with its end, and names a place within itself where everything begins. */
    boolean whole(FileChannel channel) throws IOException {
        String text = new String(read(channel, block * BLOCK, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        Map<String, String> head = parsed(text.substring(0, Math.max(0, text.indexOf('\n'))));
        return number(head, "chunk") == id
                && number(head, "len") == length
                && number(head, "version") == version
                && number(head, "root") == rootInContents(channel, head);
    }

    /** The pages of the map with the number 0 come last, and its root is the first of them. */
    private long rootInContents(FileChannel channel, Map<String, String> head) throws IOException {
        long pages = Math.min(number(head, "pages"), length * BLOCK / Long.BYTES);
        ByteBuffer contents = ByteBuffer.wrap(
                read(channel, block * BLOCK + number(head, "toc"), (int) Math.max(0, pages) * Long.BYTES));
        while (contents.remaining() >= Long.BYTES) {
            long page = contents.getLong();
            if (DataUtils.getPageMapId(page) == 0) {
                return DataUtils.composePagePos((int) id, page);
            }
        }
        return -1;
    }

    private static Map<String, String> parsed(String text) {
        try {
            return DataUtils.parseMap(text.strip());
        } catch (MVStoreException noMap) {
            return Map.of();
        }
    }

    private static long number(Map<String, String> map, String key) {
        try {
            return Long.parseUnsignedLong(map.getOrDefault(key, ""), 16);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static byte[] read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (position >= 0 && buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until it is full, or the file ends
        }
        return buffer.array();
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }
}
