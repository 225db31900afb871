package dev.corral.core.solve.journal;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of this user, in the state directory. Thread-safe, also across processes. */
public final class SolveStore {
    private static final Logger LOG = LoggerFactory.getLogger(SolveStore.class);
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;

    /** Those of this environment's state directory. */
    public SolveStore(Environment environment) {
        root = environment.userState().resolve("corral").resolve("solve");
    }

    /** A session with its directory. */
    public record Stored(SolveSession session, SolveFolder folder) {}

    /** Where they are. */
    public Path root() {
        return root;
    }

    /** A new name for a session of that sample. */
    public static String newId(String sample) {
        String slug =
                sample.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String head = slug.length() > 20 ? slug.substring(0, 20).replaceAll("-$", "") : slug;
        String tail = HexFormat.of().toHexDigits(RANDOM.nextInt());
        return head.isEmpty() ? tail : head + "-" + tail;
    }

    /**
     * Makes the directory of a session.
     *
     * @throws ExpectedFailure if it can not be made
     */
    public Stored create(SolveSession session) {
        SolveFolder folder = new SolveFolder(root.resolve(session.id()));
        try {
            Files.createDirectories(root, SafeFiles.privateDirectory());
            Files.createDirectory(folder.directory(), SafeFiles.privateDirectory());
            SafeFiles.replace(
                    folder.session(),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(session));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "A session can't be begun in " + root + ".",
                    "See that the folder can be written to and its disk has room.",
                    e);
        }
        return new Stored(session, folder);
    }

    /** All sessions, newest first; what can't be read is left out and noted in the log. */
    public List<Stored> list() {
        List<Stored> found = new ArrayList<>();
        try {
            for (Path directory : SafeFiles.directories(root)) {
                read(directory).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed("The sessions in " + root + " can't be read.", "Give yourself access.", e);
        }
        found.sort(Comparator.comparing((Stored stored) -> stored.session().createdAt())
                .reversed()
                .thenComparing(stored -> stored.session().id()));
        return found;
    }

    /**
     * The session of that id; an unambiguous beginning or end is enough.
     *
     * @throws ExpectedFailure if there is none or more than one
     */
    public Stored find(String id) {
        if (NAME.matcher(id).matches()) {
            Optional<Stored> exact = read(root.resolve(id));
            if (exact.isPresent()) {
                return exact.get();
            }
        }
        List<Stored> fitting = id.isBlank()
                ? List.of()
                : list().stream()
                        .filter(stored -> stored.session().id().startsWith(id)
                                || stored.session().id().endsWith(id))
                        .toList();
        if (fitting.isEmpty()) {
            throw ExpectedFailure.notFound(
                    "There is no session " + id + ".", "corral solve list shows those that there are.");
        }
        if (fitting.size() > 1) {
            throw ExpectedFailure.usage(
                    id + " fits " + fitting.size() + " sessions: "
                            + String.join(
                                    ", ",
                                    fitting.stream()
                                            .map(stored -> stored.session().id())
                                            .toList())
                            + ".",
                    "Give more of the name.");
        }
        return fitting.getFirst();
    }

    private static Optional<Stored> read(Path directory) {
        SolveFolder folder = new SolveFolder(directory);
        if (!Files.isRegularFile(folder.session())) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Stored(folder.read(), folder))
                    .filter(stored ->
                            stored.session().id().equals(directory.getFileName().toString()));
        } catch (IOException e) {
            LOG.warn("{} is passed over", folder.session(), e);
            return Optional.empty();
        }
    }
}
