package org.incidentorchestrator.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Which model each picture was taken of: beside the pictures lies the SHA-256 of every model, as sha256sum writes it. */
final class ModelPictures {
    static final Path FOLDER = Path.of("src/docs/pictures");
    private static final Path MODELS = Path.of("processes");
    private static final String DIGESTS = "models.sha256";

    private ModelPictures() {}

    /** The models by their keys. */
    static Map<String, Path> models() {
        try (Stream<Path> files = Files.walk(MODELS)) {
            var models = new TreeMap<String, Path>();
            files.filter(file -> file.toString().endsWith(".bpmn")).forEach(file -> models.put(key(file), file));
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path model(String key) {
        return models().get(key);
    }

    private static String key(Path file) {
        return file.getFileName().toString().replace(".bpmn", "");
    }

    static String digest(Path model) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(model)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    static void write(Path folder, Map<String, String> digests) throws IOException {
        Files.write(
                folder.resolve(DIGESTS),
                digests.entrySet().stream()
                        .map(model -> model.getValue() + "  " + model.getKey())
                        .toList());
    }

    /** The digests of the models that the pictures of the documentation were taken of, by key. */
    static Map<String, String> taken() throws IOException {
        var taken = new TreeMap<String, String>();
        for (String line : Files.readAllLines(FOLDER.resolve(DIGESTS))) {
            String[] fields = line.split(" {2}");
            taken.put(fields[1], fields[0]);
        }
        return taken;
    }
}
