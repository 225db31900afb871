package dev.corral.core.vagrant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a project's {@code .vagrant} directory, without Vagrant and without locks. */
public final class LocalState {
    private static final long SANE_SIZE = 64 * 1024;

    private LocalState() {}

    /**
     * One machine of one provider in {@code .vagrant}.
     *
     * @param name      the machine's name
     * @param provider  the provider's name
     * @param id        the provider's id; empty while Vagrant has noted none
     * @param directory its data directory
     */
    public record LocalMachine(String name, String provider, String id, Path directory) {

        /** The box it was made from, where the provider notes it. */
        public Optional<String> box() {
            return read(directory.resolve("box_meta")).flatMap(text -> {
                try {
                    JsonNode node = Json.mapper().readTree(text).path("name");
                    return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
                } catch (IOException e) {
                    // Vagrant writes it in place: a torn read is no news, the next look finds it whole.
                    return Optional.empty();
                }
            });
        }
    }

    /**
     * The machines noted below {@code project/.vagrant}, by name.
     *
     * @throws IOException if the directory is there but can not be read: then nothing may be concluded from it
     */
    public static List<LocalMachine> machines(Path project) throws IOException {
        List<LocalMachine> machines = new ArrayList<>();
        for (Path machine : SafeFiles.directories(project.resolve(".vagrant/machines"))) {
            for (Path provider : SafeFiles.directories(machine)) {
                machines.add(new LocalMachine(
                        machine.getFileName().toString(),
                        provider.getFileName().toString(),
                        id(provider.resolve("id")),
                        provider));
            }
        }
        machines.sort(Comparator.comparing(LocalMachine::name).thenComparing(LocalMachine::provider));
        return machines;
    }

    // An id that is there but can not be read must not pass for "no machine".
    private static String id(Path file) throws IOException {
        try {
            return new String(OrdinaryFile.read(file, SANE_SIZE), StandardCharsets.UTF_8).strip();
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(OrdinaryFile.read(file, SANE_SIZE), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
