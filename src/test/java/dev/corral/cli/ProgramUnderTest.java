package dev.corral.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * How a test's process starts the command line that was just built: from a jar with an archive of its classes beside it, as people get it.
 * Hundreds are started in a run, and from a folder of classes each takes nearly twice the time of a processor.
 */
final class ProgramUnderTest {
    private static final String MAIN = "dev.corral.Main";
    private static final List<String> OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED");
    private static final int DUMP_SECONDS = 120;

    private ProgramUnderTest() {}

    /** Java, its options and the main class; the arguments follow. */
    static List<String> command() {
        return Built.COMMAND;
    }

    private static final class Built {
        static final List<String> COMMAND = build();

        private static List<String> build() {
            try {
                Path folder = Files.createTempDirectory("corral-program");
                Path archive = folder.resolve("corral.jsa");
                String classPath = classPath(folder.resolve("corral.jar"));
                List<String> dump =
                        command("-XX:ArchiveClassesAtExit=" + archive, classPath, "list", "sandboxes", "--json");
                ProcessBuilder dumper = new ProcessBuilder(dump)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("dump.log").toFile());
                dumper.environment()
                        .put(
                                "INSPECT_SANDBOX_CACHE_DIR",
                                folder.resolve("cache").toString());
                Process process = dumper.start();
                if (!process.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
                // Without an archive it is slower and the same.
                return command("-XX:SharedArchiveFile=" + archive, classPath);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static List<String> command(String option, String classPath, String... arguments) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(OPTIONS);
            command.addAll(List.of("-Xshare:auto", "-Xlog:disable", option, "-cp", classPath, MAIN));
            command.addAll(List.of(arguments));
            return List.copyOf(command);
        }

        // It works in another directory, where relative entries would lead nowhere; an archive allows no folders.
        private static String classPath(Path jar) throws IOException {
            String entries = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            List<Path> parts = Stream.of(entries.split(File.pathSeparator))
                    .map(entry -> Path.of(entry).toAbsolutePath())
                    .toList();
            Path classes = parts.stream()
                    .filter(part -> part.endsWith("classes"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no folder of classes in " + entries));
            pack(classes, jar);
            return Stream.concat(Stream.of(jar), parts.stream().filter(Files::isRegularFile))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }

        private static void pack(Path classes, Path jar) throws IOException {
            try (OutputStream file = Files.newOutputStream(jar);
                    ZipOutputStream to = new ZipOutputStream(file);
                    Stream<Path> tree = Files.walk(classes)) {
                to.setLevel(Deflater.NO_COMPRESSION);
                for (Path part : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                    to.putNextEntry(new ZipEntry(classes.relativize(part).toString()));
                    Files.copy(part, to);
                    to.closeEntry();
                }
            }
        }
    }
}
