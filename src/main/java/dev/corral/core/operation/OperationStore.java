package dev.corral.core.operation;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journals of operations that are about no single sandbox, such as cleanups: one file each below {@code .corral/operations} of the
 * cache directory, named by when it began. Only the newest are kept. Thread-safe, also across processes.
 */
public final class OperationStore {
    private static final Logger LOG = LoggerFactory.getLogger(OperationStore.class);
    private static final int KEPT = 100;
    private static final String END = ".jsonl";
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path directory;

    /** Those of this cache directory, which need not exist. */
    public OperationStore(Path cache) {
        directory = cache.resolve(SandboxStore.OWN).resolve("operations");
    }

    /**
     * One that is kept.
     *
     * @param name the name by which people ask for it
     * @param journal its journal
     */
    public record Kept(String name, Journal journal) {
        /** Its folder with the logs of what it ran, which is not there when it ran nothing. */
        public SandboxFiles files() {
            return SandboxFiles.inOne(journal.file().resolveSibling(name));
        }
    }

    /**
     * Where an operation that begins now writes.
     *
     * @param journal its journal
     * @param files   its folder, for the logs of what it runs; made by whoever writes there
     */
    public record Begun(OperationJournal journal, SandboxFiles files) {}

    /** A journal for an operation that begins now. What can't be written of it is lost; the operation goes on. */
    public OperationJournal journal() {
        return begin().journal();
    }

    /** The same with a folder beside it. */
    public Begun begin() {
        String name = NAME.format(Instant.now()) + "-"
                + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
        try {
            Files.createDirectories(directory, SafeFiles.privateDirectory());
            List<Kept> all = list();
            for (Kept old : all.subList(Math.min(KEPT - 1, all.size()), all.size())) {
                Files.deleteIfExists(old.journal().file());
                SafeFiles.deleteTree(old.files().own());
            }
        } catch (IOException e) {
            LOG.warn("the journal of an operation is lost", e);
        }
        Kept made = new Kept(name, new Journal(directory.resolve(name + END)));
        return new Begun(OperationJournal.lossy(made.journal()), made.files());
    }

    /**
     * The kept ones, newest first.
     *
     * @throws IOException if they can not be read
     */
    public List<Kept> list() throws IOException {
        List<Kept> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + END)) {
            for (Path file : files) {
                if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    continue;
                }
                String name = file.getFileName().toString();
                found.add(new Kept(name.substring(0, name.length() - END.length()), new Journal(file)));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        found.sort(Comparator.comparing(Kept::name).reversed());
        return found;
    }

    /** The one with this name, or the only one whose name begins or ends so. */
    public Optional<Kept> find(String name) throws IOException {
        List<Kept> all = list();
        Optional<Kept> exact =
                all.stream().filter(kept -> kept.name().equals(name)).findFirst();
        List<Kept> like = all.stream()
                .filter(kept -> name.length() > 2
                        && (kept.name().startsWith(name) || kept.name().endsWith(name)))
                .toList();
        return exact.or(() -> like.size() == 1 ? Optional.of(like.getFirst()) : Optional.empty());
    }
}
