package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corral.core.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One project of {@code src/test/resources/vagrantfiles}, with what is known about it besides what plain Vagrant says. Paths are relative
 * to the project's folder.
 */
public record ResolveCase(
        String name,
        String vagrantfile,
        Map<String, String> env,
        Map<String, String> link,
        String primary,
        List<String> reads,
        List<String> absent,
        List<String> lists,
        List<String> named,
        List<String> unread,
        List<String> variables,
        List<String> programs,
        List<String> printed,
        List<String> asked,
        List<String> networks,
        Fails fails) {

    /** How it fails; what is left out is not looked at. */
    public record Fails(@JsonProperty("class") String type, Integer line, String file) {}

    public ResolveCase {
        vagrantfile = Objects.requireNonNullElse(vagrantfile, "Vagrantfile");
        env = Objects.requireNonNullElse(env, Map.of());
        link = Objects.requireNonNullElse(link, Map.of());
        reads = Objects.requireNonNullElse(reads, List.of());
        absent = Objects.requireNonNullElse(absent, List.of());
        lists = Objects.requireNonNullElse(lists, List.of());
        named = Objects.requireNonNullElse(named, List.of());
        unread = Objects.requireNonNullElse(unread, List.of());
        variables = Objects.requireNonNullElse(variables, List.of());
        programs = Objects.requireNonNullElse(programs, List.of());
        printed = Objects.requireNonNullElse(printed, List.of());
        asked = Objects.requireNonNullElse(asked, List.of());
        networks = Objects.requireNonNullElse(networks, List.of());
    }

    @Override
    public String toString() {
        return name;
    }

    /** All of them, by name. */
    public static List<ResolveCase> all() {
        try (Stream<Path> folders = Files.list(source())) {
            return folders.map(ResolveCase::read)
                    .sorted(Comparator.comparing(ResolveCase::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path source() {
        return Path.of("src/test/resources/vagrantfiles");
    }

    private static ResolveCase read(Path folder) {
        try {
            ResolveCase one =
                    Json.mapper().readValue(folder.resolve("case.json").toFile(), ResolveCase.class);
            return new ResolveCase(
                    folder.getFileName().toString(),
                    one.vagrantfile,
                    one.env,
                    one.link,
                    one.primary,
                    one.reads,
                    one.absent,
                    one.lists,
                    one.named,
                    one.unread,
                    one.variables,
                    one.programs,
                    one.printed,
                    one.asked,
                    one.networks,
                    one.fails);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays it out below a folder, with the stub provider beside every file that asks for it; returns the project's folder. */
    public Path layOut(Path below) throws IOException {
        Path target = below.resolve(name);
        Path from = source().resolve(name);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("case.json"))
                    .toList()) {
                Path to = target.resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                if (Files.readString(file, StandardCharsets.ISO_8859_1)
                        .replace("\0", "")
                        .contains("require_relative \"stub\"")) {
                    Files.copy(
                            Path.of("src/test/resources/stub/stub.rb"),
                            to.resolveSibling("stub.rb"),
                            StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        for (Map.Entry<String, String> one : link.entrySet()) {
            Files.createSymbolicLink(target.resolve(one.getKey()), Path.of(one.getValue()));
        }
        return target;
    }
}
