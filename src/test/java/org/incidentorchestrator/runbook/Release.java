package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.DeploymentBuilder;
import org.incidentorchestrator.runbook.rules.ModelFile;
import org.incidentorchestrator.runbook.rules.ModelFiles;
import org.incidentorchestrator.runbook.rules.Reading;

/**
 * Models, decisions and forms as a release had them, byte for byte: incidents that it opened run on them to their end. Each
 * release is one zip, and beside it a list of what is in it, by hash. As files they would be found, and changed, by every
 * search and every rename; and what no rename can reach is what a database has kept. The list shows in a diff whatever
 * becomes of a zip.
 *
 * @param version {@code 1.0.0}
 */
record Release(String version, ModelFiles files) {
    private static final Path KEPT = Path.of("src/test/resources/released");
    private static final Map<String, FileSystem> OPEN = new TreeMap<>();
    /** A zip tells no time zone: the same content gives the same bytes everywhere. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Those that are kept, the oldest first. */
    static List<Release> kept() {
        try (Stream<Path> zips = Files.list(KEPT)) {
            return zips.map(zip -> zip.getFileName().toString())
                    .filter(name -> name.endsWith(".zip"))
                    .map(name -> open(name.replace(".zip", "")))
                    .sorted(Comparator.comparing(Release::version, VersionTag::compare))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Release newest() {
        List<Release> kept = kept();
        return kept.get(kept.size() - 1);
    }

    private static synchronized Release open(String version) {
        FileSystem zip = OPEN.computeIfAbsent(version, Release::fileSystem);
        return new Release(version, ModelFiles.in(zip.getPath("/")));
    }

    private static FileSystem fileSystem(String version) {
        try {
            return FileSystems.newFileSystem(zip(version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path zip(String version) {
        return KEPT.resolve(version + ".zip");
    }

    private static Path list(String version) {
        return KEPT.resolve(version + ".sha256");
    }

    Path zip() {
        return zip(version);
    }

    Path list() {
        return list(version);
    }

    /** What the steps of the release took and gave. */
    Path steps() {
        return steps(version);
    }

    private static Path steps(String version) {
        return KEPT.resolve(version + ".steps.tsv");
    }

    /** What the variables of its models held. */
    Path variables() {
        return KEPT.resolve(version + ".variables.tsv");
    }

    Reading reading() {
        return new Reading(files, ModelFiles.none());
    }

    /** A line for each file: its hash and its place. */
    static List<String> listed(ModelFiles files) {
        return files.all().stream()
                .sorted(Comparator.comparing(file -> file.place().toString()))
                .map(file -> PassedElements.hash(file.text().getBytes(StandardCharsets.UTF_8)) + "  " + file.place())
                .toList();
    }

    /** The models and decisions of today that differ from this release and have no higher tag. Forms have none. */
    List<String> changedUnderTheSameTag() {
        Map<String, ModelFile> today = ProjectModels.files().byName();
        return files.all().stream()
                .filter(file -> today.containsKey(file.name()) && !file.name().endsWith(".form"))
                .flatMap(file -> VersionTag.fault(
                        file.name(), file.text(), today.get(file.name()).text())
                        .stream())
                .toList();
    }

    Deployment deploy(RepositoryService repository) {
        return deployment(repository, "release " + version, files, UnaryOperator.identity())
                .deploy();
    }

    static DeploymentBuilder deployment(
            RepositoryService repository, String name, ModelFiles files, UnaryOperator<String> change) {
        DeploymentBuilder all = repository.createDeployment().name(name);
        files.all().forEach(file -> all.addString(file.name(), change.apply(file.text())));
        return all;
    }

    /**
     * Keeps what is there today as this release.
     *
     * @throws IllegalArgumentException when it is kept already: what was released does not change any more
     */
    static void keep(String version) throws IOException {
        if (Files.exists(zip(version))) {
            throw new IllegalArgumentException(version + " is kept already, and does not change: choose a higher one");
        }
        Files.createDirectories(KEPT);
        pack(zip(version), UnaryOperator.identity());
        Files.writeString(
                list(version), listed(ProjectModels.files()).stream().collect(Collectors.joining("\n", "", "\n")));
        Files.write(steps(version), StepValues.ofToday().lines());
    }

    /** @param change what becomes of the text of each of today */
    static void pack(Path zip, UnaryOperator<String> change) throws IOException {
        try (var packed = new ZipOutputStream(Files.newOutputStream(zip))) {
            packed.setLevel(Deflater.BEST_COMPRESSION);
            // Whoever looks for files by a pattern looks for the folder first.
            for (String folder : List.of("processes/", "forms/")) {
                put(packed, folder, "");
            }
            for (ModelFile file : ProjectModels.files().all()) {
                put(packed, file.place().toString(), change.apply(file.text()));
            }
        }
    }

    private static void put(ZipOutputStream zip, String place, String text) throws IOException {
        var entry = new ZipEntry(place);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Override
    public String toString() {
        return version;
    }
}
