package dev.corral.core.solve.handover;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this user has handed over: a file each, changed under a lock; any process may take back what another serves. Thread-safe. */
final class GrantStore {
    private static final Logger LOG = LoggerFactory.getLogger(GrantStore.class);
    private static final Pattern ID = Pattern.compile("h-[a-z0-9]{8}");
    private static final String ENDING = ".json";
    private static final long LARGEST = 256 << 10;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final SecureRandom RANDOM = new SecureRandom();
    // A process may not ask twice for one lock.
    private static final ReentrantLock HERE = new ReentrantLock();

    private final Path root;

    GrantStore(Environment environment) {
        root = environment.userState().resolve("corral").resolve("handover");
    }

    /** Where the gateway's own key lies. */
    Path hostKey() {
        return root.resolve("host_key");
    }

    static String newId() {
        return "h-" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    }

    /**
     * Writes a new one down, unless its machine is handed over to its key already, and forgets those that ended long ago.
     *
     * @return the one that is in its way; empty if it was written
     */
    Optional<Grant> create(Grant grant) {
        Grant known = locked(() -> {
            Instant now = Instant.now();
            Instant old = now.minus(KEPT);
            for (Grant each : list()) {
                if (!each.over(now) && each.same(grant)) {
                    return each;
                }
                if (each.overSince().isBefore(old) && !each.served()) {
                    Files.deleteIfExists(file(each.id()));
                }
            }
            write(grant);
            return grant;
        });
        return Optional.of(known).filter(one -> !one.id().equals(grant.id()));
    }

    /**
     * Changes one.
     *
     * @return what it is then
     * @throws ExpectedFailure if there is none of that id, or it can't be written
     */
    Grant update(String id, UnaryOperator<Grant> change) {
        return locked(() -> {
            Grant before = read(file(id));
            Grant after = change.apply(before);
            if (!after.equals(before)) {
                write(after);
            }
            return after;
        });
    }

    /**
     * Deletes one, without the lock: for where nothing can be written.
     *
     * @throws IOException if that does not work either
     */
    void delete(String id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    /**
     * One as it is now.
     *
     * @throws NoSuchFileException if it is not there any more
     * @throws IOException         if it can't be read
     */
    Grant get(String id) throws IOException {
        return read(file(id));
    }

    /** All, newest first; one that can't be read is left out and noted. */
    List<Grant> list() {
        List<Grant> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "h-*" + ENDING)) {
            for (Path file : files) {
                try {
                    Grant grant = read(file);
                    if (file.equals(file(grant.id()))) {
                        found.add(grant);
                    }
                } catch (IOException | RuntimeException e) {
                    LOG.warn("{} is passed over", file, e);
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw ExpectedFailure.failed(
                    "What was handed over can't be read from " + root + ".", "Give yourself access.", e);
        }
        found.sort(Comparator.comparing(Grant::createdAt).reversed().thenComparing(Grant::id));
        return found;
    }

    /**
     * The one of that id; an unambiguous part of it will do.
     *
     * @throws ExpectedFailure if there is none or more than one
     */
    Grant find(String named) {
        List<Grant> fitting = named.length() < 3
                ? List.of()
                : list().stream()
                        .filter(one -> one.id().startsWith(named) || one.id().endsWith(named))
                        .toList();
        if (fitting.isEmpty()) {
            throw ExpectedFailure.notFound(
                    "Nothing of the name " + PlainText.line(named, 60) + " was handed over.",
                    "corral solve hand-over list shows what was.");
        }
        if (fitting.size() > 1) {
            throw ExpectedFailure.usage(
                    PlainText.line(named, 60) + " fits " + fitting.size() + " of what was handed over.",
                    "Give more of the name.");
        }
        return fitting.getFirst();
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no name of a grant: " + id);
        }
        return root.resolve(id + ENDING);
    }

    private static Grant read(Path file) throws IOException {
        return Optional.ofNullable(Json.mapper().readValue(OrdinaryFile.read(file, LARGEST), Grant.class))
                .orElseThrow(() -> new IOException(file + " is empty"));
    }

    private void write(Grant grant) throws IOException {
        SafeFiles.replace(
                file(grant.id()), Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(grant));
    }

    private interface Work {
        Grant run() throws IOException;
    }

    private Grant locked(Work work) {
        HERE.lock();
        try {
            if (HERE.getHoldCount() > 1) {
                return work.run();
            }
            Files.createDirectories(root, SafeFiles.privateDirectory());
            Path file = root.resolve("lock");
            SafeFiles.touch(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("no lock on " + file);
                }
                return work.run();
            }
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound(
                    "It is no longer among what was handed over.", "corral solve hand-over list shows what is.");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "What is handed over can't be written to " + root + ": "
                            + PlainText.line(String.valueOf(e.getMessage()), 200) + ".",
                    "See that its disk has room and that you may write there.",
                    e);
        } finally {
            HERE.unlock();
        }
    }
}
