package dev.corral.broken;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Vagrantfile with one fault, below {@code src/test/resources/broken}: beside it lie what it names, the files that mend it in
 * {@code mended}, what Vagrant printed of it on a real VM in {@code said.log}, and {@code case.json}.
 *
 * @param folder where it lies
 * @param said   what is to be said of it
 */
record BrokenFile(Path folder, Said said) {
    private static final Path ALL = Path.of("src/test/resources/broken").toAbsolutePath();

    /** How a fault comes to light. */
    enum Found {
        /** While it is typed: the text alone tells. */
        TYPING,
        /** When it is saved: Vagrant says it, and nothing is started. */
        SAVING,
        /** When its machines are to be started, before any of them is made. */
        BEFORE_IT_STARTS,
        /** When its machines are started. */
        STARTING
    }

    /**
     * What is to be said.
     *
     * @param found    when
     * @param line     the line of the Vagrantfile that is shown
     * @param layer    where the fault lies; empty where it was found before anything was started
     * @param sentence what is the matter
     * @param next     what the next step begins with
     */
    record Said(
            @JsonProperty(required = true) Found found,
            @JsonProperty(required = true) int line,
            @JsonProperty(required = true) String layer,
            @JsonProperty(required = true) String sentence,
            @JsonProperty(required = true) String next) {}

    /** All of them. */
    static List<BrokenFile> all() throws IOException {
        try (Stream<Path> folders = Files.list(ALL)) {
            List<Path> sorted = folders.filter(Files::isDirectory).sorted().toList();
            return sorted.stream().map(BrokenFile::read).toList();
        }
    }

    private static BrokenFile read(Path folder) {
        try {
            return new BrokenFile(
                    folder, Json.mapper().readValue(folder.resolve("case.json").toFile(), Said.class));
        } catch (IOException e) {
            throw new IllegalStateException(folder.toString(), e);
        }
    }

    String name() {
        return folder.getFileName().toString();
    }

    /** Steps of a person until the faulty line is in sight: what brings it to light, and the click that leads there. */
    int steps() {
        return switch (said.found) {
            case TYPING -> 1;
            case SAVING, BEFORE_IT_STARTS, STARTING -> 2;
        };
    }

    Path vagrantfile() {
        return folder.resolve("Vagrantfile");
    }

    String text() throws IOException {
        return Files.readString(vagrantfile());
    }

    /** The Vagrantfile as it is when the fault is mended. */
    String mended() throws IOException {
        Path mended = folder.resolve("mended/Vagrantfile");
        return Files.exists(mended) ? Files.readString(mended) : text();
    }

    /** A project of it in a folder, mended or not; returns the Vagrantfile. */
    Path project(Path into, boolean mended) throws IOException {
        Files.createDirectories(into);
        copy(folder, into);
        if (mended) {
            copy(folder.resolve("mended"), into);
        }
        return into.resolve("Vagrantfile");
    }

    private static void copy(Path from, Path into) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(into.resolve(file.getFileName().toString()), Files.readAllBytes(file));
            }
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
