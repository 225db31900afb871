package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.solve.journal.SolveFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ratings of this user, in the state directory: a folder each, with what stays the same and a journal. Thread-safe. */
final class RatingStore {
    private static final Logger LOG = LoggerFactory.getLogger(RatingStore.class);
    private static final Pattern ID = Pattern.compile("r-[a-z0-9]{8}");
    private static final long LARGEST = 8 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path root;

    RatingStore(Environment environment) {
        root = environment.userState().resolve("corral").resolve("ratings");
    }

    static String newId() {
        return "r-" + HexFormat.of().toHexDigits(RANDOM.nextInt());
    }

    void create(Rating rating) {
        try {
            Files.createDirectories(root, SafeFiles.privateDirectory());
            Files.createDirectory(folder(rating.id()), SafeFiles.privateDirectory());
            SafeFiles.replace(
                    file(rating.id()),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(rating));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    List<Rating> list() {
        List<Rating> found = new ArrayList<>();
        try {
            for (Path directory : SafeFiles.directories(root)) {
                String id = directory.getFileName().toString();
                if (ID.matcher(id).matches()) {
                    try {
                        found.add(read(id));
                    } catch (IOException | RuntimeException e) {
                        LOG.warn("{} is passed over", directory, e);
                    }
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
        found.sort(Comparator.comparing(Rating::createdAt).reversed().thenComparing(Rating::id));
        return found;
    }

    Rating find(String named) {
        List<Rating> fitting = named.length() < 3
                ? List.of()
                : list().stream()
                        .filter(one -> one.id().startsWith(named) || one.id().endsWith(named))
                        .toList();
        if (fitting.size() != 1) {
            throw fitting.isEmpty()
                    ? ExpectedFailure.notFound(
                            "There is no rating " + PlainText.line(named, 60) + ".",
                            "corral solve rate list shows those that there are.")
                    : ExpectedFailure.usage(
                            PlainText.line(named, 60) + " fits " + fitting.size() + " ratings.",
                            "Give more of the name.");
        }
        return fitting.getFirst();
    }

    /** What happened, oldest first. A line that is torn or of a later version is passed over. */
    List<RatingEntry> entries(String id) {
        byte[] content;
        try {
            content = OrdinaryFile.read(journal(id), LARGEST);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw unusable(e);
        }
        List<RatingEntry> entries = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
            try {
                RatingEntry entry = line.isBlank() ? null : Json.mapper().readValue(line, RatingEntry.class);
                if (entry != null && entry.kind() != null && entry.at() != null) {
                    entries.add(entry);
                }
            } catch (JsonProcessingException e) {
                LOG.debug("a torn line of {}", id, e);
            }
        }
        return entries;
    }

    /** Appends an entry; it is on disk when this returns. */
    void append(String id, RatingEntry entry) {
        try {
            byte[] line = (Json.mapper().writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
            if (Files.exists(journal(id)) && Files.size(journal(id)) + line.length > LARGEST) {
                throw ExpectedFailure.failed("The journal of " + id + " is full.", "Begin another rating.");
            }
            SafeFiles.append(journal(id), line, true);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Does work while nobody else does any on this rating, whichever process it is in. */
    <T> T locked(String id, SolveFolder.Work<T> work) {
        try {
            return new SolveFolder(folder(id)).locked(work);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private Rating read(String id) throws IOException {
        return Json.mapper().readValue(OrdinaryFile.read(file(id), LARGEST), Rating.class);
    }

    private Path folder(String id) {
        return root.resolve(id);
    }

    private Path file(String id) {
        return folder(id).resolve("rating.json");
    }

    private Path journal(String id) {
        return folder(id).resolve("journal.jsonl");
    }

    private ExpectedFailure unusable(IOException cause) {
        return ExpectedFailure.failed(
                "The ratings in " + root + " can't be used: " + PlainText.line(String.valueOf(cause.getMessage()), 200)
                        + ".",
                "See that the disk has room and that you may write there.",
                cause);
    }
}
