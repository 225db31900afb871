package dev.corral.core.recording;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of terminals on this machine. A terminal is recorded while its sandbox belongs to a session in which a
 * person solves a sample, when whoever opens it asks for it, or always where {@code CORRAL_RECORD} says so; else never. Thread-safe.
 */
public final class Recordings {
    /** The variable that says whether each terminal is recorded: {@code no}, {@code yes}, or {@code input} for what is typed as well. */
    public static final String VARIABLE = "CORRAL_RECORD";

    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int MOST_LISTED = 10_000;

    private final Environment environment;
    private final SandboxStore store;

    /** What is recorded of a terminal. */
    public enum Wish {
        /** Nothing, unless a person solves a sample there. */
        NOTHING,
        /** What it shows. */
        OUTPUT,
        /** What it shows and what is typed, passwords too. */
        INPUT
    }

    public Recordings(Environment environment) {
        this.environment = environment;
        this.store = new SandboxStore(CacheDirectory.of(environment));
    }

    /**
     * What the variable says.
     *
     * @throws ExpectedFailure if it says nothing known
     */
    public Wish usual() {
        String value = environment.get(VARIABLE).orElse("no").toLowerCase(Locale.ROOT);
        return switch (value) {
            case "no", "0", "false", "off" -> Wish.NOTHING;
            case "yes", "1", "true", "on" -> Wish.OUTPUT;
            case "input" -> Wish.INPUT;
            default ->
                throw ExpectedFailure.usage(
                        VARIABLE + " is " + PlainText.line(value, 40) + ", which says nothing.",
                        "Set it to yes, no, or input for what is typed as well.");
        };
    }

    /** Where the recordings of terminals lie that belong to no person's solving of a sample, a folder for each sandbox. */
    public Path folder() {
        return store.cache().resolve(SandboxStore.OWN).resolve("recordings");
    }

    /**
     * Begins to record a terminal if it is to be.
     *
     * @param terminal the terminal
     * @param wish     what whoever opens it wants; the variable may want more
     * @return the recording; empty if there is to be none
     * @throws ExpectedFailure if the variable says nothing known, or there is no such sandbox
     * @throws IOException     if it is to be recorded, and can not be
     */
    public Optional<Recorded> begin(Terminal terminal, Wish wish) throws IOException {
        Wish wanted = usual().compareTo(wish) > 0 ? usual() : wish;
        SandboxFiles files = store.find(terminal.sandbox);
        Optional<Path> session = SessionFolders.of(environment, files.id());
        if (session.isEmpty() && wanted == Wish.NOTHING) {
            return Optional.empty();
        }
        Path folder = session.orElseGet(() -> folder().resolve(files.id()));
        Files.createDirectories(folder, SafeFiles.privateDirectory());
        Instant now = Instant.now();
        String machine = terminal.machine.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = "%s-%s-%d-%d%s"
                .formatted(
                        NAME.format(now),
                        machine.isEmpty() ? "primary" : machine.substring(0, Math.min(40, machine.length())),
                        ProcessHandle.current().pid(),
                        NUMBER.incrementAndGet(),
                        RecordingFile.ENDING);
        CastHeader header = CastHeader.of(
                terminal.columns,
                terminal.rows,
                now,
                files.id() + (terminal.machine.isEmpty() ? "" : "/" + terminal.machine),
                new CastHeader.About(files.id(), terminal.machine, terminal.via, 1, 0));
        return Optional.of(new Recorded(
                RecordingWriter.begin(folder.resolve(name), header, RecordingLimits.USUAL), wanted == Wish.INPUT));
    }

    /**
     * A terminal that is opened.
     *
     * @param sandbox its sandbox
     * @param machine its machine; empty for the primary one
     * @param via     what opens it, one word: {@code window} or {@code shell}
     * @param columns its width in cells
     * @param rows    its height
     */
    public record Terminal(String sandbox, String machine, String via, int columns, int rows) {}

    /**
     * All recordings that belong to no person's solving of a sample, newest first. What can not be read is left out and noted.
     *
     * @throws IOException if the folder is there but can not be read
     */
    public List<RecordingFile> list() throws IOException {
        List<RecordingFile> all = new ArrayList<>();
        for (Path folder : SafeFiles.directories(folder())) {
            all.addAll(in(folder));
        }
        all.sort(Comparator.comparing(RecordingFile::modified).reversed());
        return all;
    }

    /**
     * The recordings in a folder, oldest first.
     *
     * @throws IOException if the folder is there but can not be read
     */
    public static List<RecordingFile> in(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + RecordingFile.ENDING)) {
            for (Path entry : entries) {
                if (files.size() < MOST_LISTED
                        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                        && !RecordingFile.later(entry)) {
                    files.add(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(Path::getFileName));
        List<RecordingFile> found = new ArrayList<>();
        for (Path file : files) {
            try {
                found.add(RecordingFile.of(file));
            } catch (IOException | ExpectedFailure e) {
                LOG.warn("{} can't be listed: {}", file, e.getMessage());
            }
        }
        return found;
    }

    /**
     * The recording that somebody means: a file, the name of a recording, or a sandbox, whose newest one it is.
     *
     * @throws ExpectedFailure if there is none
     * @throws IOException     if the folder can not be read
     */
    public Path find(String named) throws IOException {
        Path file = Path.of(named);
        if (Files.exists(file)) {
            return file;
        }
        return list().stream()
                .filter(one -> one.file().getFileName().toString().startsWith(named)
                        || one.header().about().sandbox().equals(named)
                        || named.length() > 2
                                && (one.header().about().sandbox().startsWith(named)
                                        || one.header().about().sandbox().endsWith(named)))
                .findFirst()
                .map(RecordingFile::file)
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "There is no file and no recording " + PlainText.line(named, 200) + ".",
                        "corral recording list shows the recordings."));
    }
}
