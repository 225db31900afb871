package dev.corral.core.solve.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.recording.replay.CommandWalk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Golden runs on disk, as JSON that people edit: a word that means nothing is refused, so that no check is lost to a slip. */
public final class GoldenFile {
    private static final long LARGEST = 16 << 20;
    static final int MOST_STEPS = 5_000;
    private static final int MOST_SHELLS = 50;
    private static final int LONGEST_COMMAND = 64 << 10;
    private static final int LONGEST_LIMIT = 24 * 3600;
    private static final ObjectReader STRICT = Json.mapper()
            .readerFor(Golden.class)
            .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .without(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL);

    private GoldenFile() {}

    /**
     * Reads one.
     *
     * @throws ExpectedFailure if it is not there, is none, or says something that makes no sense
     */
    public static Golden read(Path file) {
        return open(file).golden();
    }

    /** One as it was read, so that nobody's changes since then are lost when it is written again. */
    public static final class Opened {
        private final Path file;
        private final byte[] bytes;
        private final Golden golden;

        private Opened(Path file, byte[] bytes, Golden golden) {
            this.file = file;
            this.bytes = bytes;
            this.golden = golden;
        }

        /** What it says. */
        public Golden golden() {
            return golden;
        }

        /**
         * Writes another one in its place.
         *
         * @throws ExpectedFailure if the file has changed meanwhile, or can't be written
         */
        public void replace(Golden changed) {
            byte[] now;
            try {
                now = OrdinaryFile.read(file, LARGEST);
            } catch (IOException e) {
                throw ExpectedFailure.failed(
                        file + " can't be read any more, so nothing is written.", "See what became of it.", e);
            }
            if (!Arrays.equals(bytes, now)) {
                throw ExpectedFailure.failed(
                        file + " was changed while the golden run was replayed, so nothing is written into it.",
                        "Replay it again.");
            }
            write(changed, file, true);
        }
    }

    /**
     * Reads one that may be written again.
     *
     * @throws ExpectedFailure as {@link #read}
     */
    public static Opened open(Path file) {
        Golden golden;
        byte[] bytes;
        try {
            bytes = OrdinaryFile.read(file, LARGEST);
            golden = STRICT.readValue(bytes);
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound(
                    "There is no file " + file + ".", "corral solve export SESSION --golden FILE makes one.");
        } catch (JsonProcessingException e) {
            if (e.getCause() instanceof ExpectedFailure wrong) {
                throw wrong(file, e, wrong.getMessage());
            }
            throw wrong(file, e, PlainText.line(e.getOriginalMessage(), 200));
        } catch (IOException e) {
            throw ExpectedFailure.failed("The golden run " + file + " can't be read.", "Give yourself access.", e);
        }
        if (golden == null) {
            throw ExpectedFailure.usage("The file " + file + " is empty.", "");
        }
        check(golden, file);
        return new Opened(file, bytes, golden);
    }

    private static ExpectedFailure wrong(Path file, JsonProcessingException e, String why) {
        int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
        return ExpectedFailure.usage(
                "The golden run " + file + (line > 0 ? ", line " + line : "") + ", can't be read: " + why,
                "Mend the file, or make it anew with corral solve export SESSION --golden FILE.");
    }

    private static void check(Golden golden, Path file) {
        if (golden.golden() != Golden.VERSION) {
            throw ExpectedFailure.usage(
                    file + " is no golden run of version " + Golden.VERSION + ".",
                    "It must begin with \"golden\" : " + Golden.VERSION + "; a newer Corral may know its version.");
        }
        if (golden.taskFile().isBlank() || golden.sample().isEmpty()) {
            throw ExpectedFailure.usage(file + " names no task_file or no sample.", "Add what is missing.");
        }
        try {
            var _ = taskFile(golden, file);
        } catch (InvalidPathException e) {
            throw ExpectedFailure.usage(
                    "The task_file of " + file + " can't be a path: " + PlainText.line(e.getReason(), 200) + ".",
                    "Mend it.");
        }
        if (golden.steps().size() > MOST_STEPS || golden.shells().size() > MOST_SHELLS) {
            throw ExpectedFailure.usage(
                    file + " has more than " + MOST_STEPS + " steps or " + MOST_SHELLS + " shells.", "Part it.");
        }
        for (int i = 0; i < golden.steps().size(); i++) {
            String problem = problem(golden, golden.steps().get(i));
            if (!problem.isEmpty()) {
                throw ExpectedFailure.usage("Step " + (i + 1) + " of " + file + " " + problem + ".", "Mend it.");
            }
        }
    }

    private static String problem(Golden golden, GoldenStep step) {
        if (step.note().isPresent() == step.command().isPresent()) {
            return "must have either a command or a note";
        }
        int shell = step.shell().orElse(1);
        if (shell < 1 || shell > golden.shells().size()) {
            return "runs in shell " + shell + ", which there is not";
        }
        if (golden.limit(step) < 1 || golden.limit(step) > LONGEST_LIMIT) {
            return "has a time limit of " + golden.limit(step) + " s";
        }
        if (step.output().orElse(List.of()).size() > CommandWalk.MOST_LINES) {
            return "expects more than " + CommandWalk.MOST_LINES
                    + " lines; keep the first ones with \"check\" : \"beginning\"";
        }
        String typed = step.command().orElse("") + step.input().orElse("");
        if (typed.length() > LONGEST_COMMAND) {
            return "is longer than " + (LONGEST_COMMAND >> 10) + " KiB";
        }
        // A terminal would obey them instead of passing them on.
        return typed.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' || c == 0x7f)
                ? "has a control character; write it as $'\\x03' or the like"
                : "";
    }

    /** The task file that a golden run means. */
    public static Path taskFile(Golden golden, Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        return folder.resolve(golden.taskFile()).normalize();
    }

    /** A task file as a golden run in that file names it. */
    public static String named(Path taskFile, Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
        Path absolute = taskFile.toAbsolutePath().normalize();
        return Objects.equals(folder.getRoot(), absolute.getRoot())
                ? folder.relativize(absolute).toString().replace('\\', '/')
                : absolute.toString();
    }

    /** The bytes of the file. */
    public static byte[] bytes(Golden golden) {
        return json(golden);
    }

    /** A step of it, as in the file but for the indentation. */
    static byte[] bytes(GoldenStep step) {
        return json(step);
    }

    private static byte[] json(Object value) {
        try {
            return (Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }

    /**
     * Writes a new one.
     *
     * @param replace whether one that is there is replaced
     * @throws ExpectedFailure if it can't be written, or is there
     */
    public static void write(Golden golden, Path file, boolean replace) {
        if (!replace && Files.exists(file)) {
            throw ExpectedFailure.failed(file + " is there already.", "Give another name, or remove it first.");
        }
        try {
            SafeFiles.replace(file.toAbsolutePath(), bytes(golden));
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The golden run can't be written to " + file + ".",
                    "See that the folder is there and can be written to.",
                    e);
        }
    }
}
