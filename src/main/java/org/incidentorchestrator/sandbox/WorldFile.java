package org.incidentorchestrator.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/**
 * The file that the world lies in. A write replaces it as a whole, and is on the disk before it is answered: a killed
 * program finds the world as it was after the last write that it answered, or after the next.
 */
final class WorldFile {
    /** Keeps nothing. */
    static final WorldFile NONE = new WorldFile(Optional.empty());

    private final Optional<Path> path;

    private WorldFile(Optional<Path> path) {
        this.path = path;
    }

    static WorldFile at(Path path) {
        return new WorldFile(Optional.of(path.toAbsolutePath()));
    }

    /** What names and uids of a new world come from: two installations must not take each other's objects for theirs. */
    String newSeed() {
        return path.isPresent() ? UUID.randomUUID().toString() : "in memory";
    }

    Optional<World> load() {
        return path.filter(Files::exists).map(this::read);
    }

    private World read(Path file) {
        try {
            return World.of(Json.MAPPER.readValue(file.toFile(), World.Snapshot.class));
        } catch (IOException | RuntimeException unreadable) {
            throw new IllegalStateException(
                    "The sandbox's world in " + file + " cannot be read: " + unreadable.getMessage()
                            + ". Move the file away to begin with a new world (setting sandbox.world).",
                    unreadable);
        }
    }

    void save(World world) {
        path.ifPresent(file -> replace(file, world));
    }

    private static void replace(Path file, World world) {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try {
            createFolder(file.getParent());
            try (FileChannel channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(world.snapshot()));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            move(next, file);
        } catch (IOException full) {
            throw new UncheckedIOException(
                    "The sandbox's world could not be written to " + file + ", so nothing was changed: "
                            + full.getMessage() + ". Make room or name another file (setting sandbox.world).",
                    full);
        }
    }

    /** For the owner alone, where the file system knows owners: the program's other state will lie there too. */
    private static void createFolder(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] owner = {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))};
        Files.createDirectories(folder, posix ? owner : new FileAttribute<?>[0]);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plainFileSystem) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        try (FileChannel folder = FileChannel.open(to.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
