package dev.corral.core.vagrant.ruby;

import dev.corral.core.base.ExpectedFailure;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the Ruby that runs Vagrant. A distribution's Vagrant is a Ruby script and names it in its first line; the makers' own brings one
 * along beside its launcher; else it is the one that is called {@code ruby}.
 */
public final class RubyProgram {
    private static final int FIRST_LINE = 512;
    private static final Path MAKERS = Path.of("/opt/vagrant/embedded/bin/ruby");

    private RubyProgram() {}

    /**
     * The program. Reads a line of a file.
     *
     * @param vagrant   the program {@code vagrant}
     * @param variables the variables that it would run with
     * @throws ExpectedFailure if there is none
     */
    public static Path of(Path vagrant, Map<String, String> variables) {
        String path = Objects.requireNonNullElse(variables.get("PATH"), "/usr/bin:/bin");
        return named(vagrant, path)
                .or(() -> beside(vagrant))
                .or(() -> onPath("ruby", path))
                .or(() -> Optional.of(MAKERS).filter(Files::isExecutable))
                .orElseThrow(() -> ExpectedFailure.failed(
                        "The Ruby that runs Vagrant can't be found.", "Install ruby, or put it on this shell's PATH."));
    }

    private static Optional<Path> named(Path vagrant, String path) {
        String first;
        try (InputStream in = Files.newInputStream(vagrant)) {
            first = new String(in.readNBytes(FIRST_LINE), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // What can't be read names nothing.
            return Optional.empty();
        }
        if (!first.startsWith("#!")) {
            return Optional.empty();
        }
        List<String> words = List.of(
                first.substring(2).lines().findFirst().orElse("").strip().split("\\s+"));
        return words.stream()
                .filter(word -> Path.of(word).getFileName() != null
                        && Path.of(word).getFileName().toString().startsWith("ruby"))
                .findFirst()
                .flatMap(word -> word.startsWith("/") ? Optional.of(Path.of(word)) : onPath(word, path))
                .filter(Files::isExecutable);
    }

    private static Optional<Path> beside(Path vagrant) {
        Path real;
        try {
            real = vagrant.toRealPath();
        } catch (IOException e) {
            // A link that leads nowhere has nothing beside it.
            return Optional.empty();
        }
        return Stream.iterate(real.getParent(), Objects::nonNull, Path::getParent)
                .limit(3)
                .map(folder -> folder.resolve("embedded/bin/ruby"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> onPath(String name, String path) {
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder.isEmpty() ? "." : folder, name))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .map(Path::toAbsolutePath)
                .findFirst();
    }
}
