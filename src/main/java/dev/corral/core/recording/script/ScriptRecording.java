package dev.corral.core.recording.script;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastHeader;
import dev.corral.core.recording.CastLines;
import dev.corral.core.recording.Utf8Chunks;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * A recording of util-linux's {@code script} with its advanced timing: NAME.timing says how many bytes of NAME.output came after how many
 * seconds. Inspect's human agent makes these. The output's first line is not counted, and its last one is missing when it was read before
 * the shell ended.
 */
public final class ScriptRecording {
    private static final String TIMING = ".timing";
    private static final String OUTPUT = ".output";
    private static final long LARGEST = 512L << 20;
    private static final DateTimeFormatter START = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:MM", "Z")
            .toFormatter(Locale.ROOT);

    private final byte[] output;
    private final Utf8Chunks text = new Utf8Chunks();
    private int at;
    private double seconds;
    private int columns = 80;
    private int rows = 24;
    private Optional<Instant> began = Optional.empty();

    private ScriptRecording(byte[] output) {
        this.output = output;
        while (at < output.length && output[at] != '\n') {
            at++;
        }
        at = Math.min(at + 1, output.length);
    }

    /** Whether a file is, by its name, one of the two that make such a recording. */
    public static boolean is(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(TIMING) || name.endsWith(OUTPUT);
    }

    /**
     * The same recording as an asciicast file, which the caller deletes.
     *
     * @param file either of the two files
     * @throws ExpectedFailure if one is missing or says nothing
     * @throws IOException if one can not be read, or the new one not be written
     */
    public static Path converted(Path file) throws IOException {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - (name.endsWith(TIMING) ? TIMING : OUTPUT).length());
        byte[] timing = read(file.resolveSibling(stem + TIMING));
        byte[] output = read(file.resolveSibling(stem + OUTPUT));
        Path made = Files.createTempFile("corral-", ".cast");
        boolean done = false;
        try (BufferedWriter out = Files.newBufferedWriter(made, StandardCharsets.UTF_8)) {
            convert(new String(timing, StandardCharsets.UTF_8), output, stem, out);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(made);
            }
        }
        return made;
    }

    private static byte[] read(Path file) throws IOException {
        try {
            return OrdinaryFile.read(file, LARGEST);
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound(
                    "There is no " + file.getFileName() + " beside it.",
                    "A recording of script is two files: one ends with .timing, the other one with .output.");
        }
    }

    /**
     * Writes the recording as asciicast.
     *
     * @param timing what the timing file holds
     * @param output what the output file holds
     * @param title  what to call it
     * @throws ExpectedFailure if no line of the timing says anything
     */
    public static void convert(String timing, byte[] output, String title, Writer out) throws IOException {
        ScriptRecording recording = new ScriptRecording(output);
        StringBuilder lines = new StringBuilder();
        int known = 0;
        for (String line : timing.split("\n")) {
            known += recording.line(line.strip().split(" ", 4), lines) ? 1 : 0;
        }
        if (known == 0) {
            throw ExpectedFailure.failed(
                    "The timing file tells nothing.",
                    "It must be one of script with -m advanced, or of Inspect's human agent.");
        }
        out.write(new CastHeader(2, recording.columns, recording.rows, recording.began, title, CastHeader.About.NOTHING)
                        .line()
                + "\n");
        out.append(lines);
    }

    private boolean line(String[] words, StringBuilder lines) {
        if (words.length < 3 || words[0].length() != 1) {
            return false;
        }
        double delta;
        try {
            delta = Double.parseDouble(words[1]);
        } catch (NumberFormatException e) {
            return false;
        }
        seconds += delta > 0 && delta < 1e9 ? delta : 0;
        switch (words[0]) {
            case "H" -> header(words[2], words.length > 3 ? words[3] : "");
            case "O" -> output(words[2], lines);
            case "S" -> signal(words, lines);
            case "I" -> {
                // What was typed may be a password; it stays where it is.
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void header(String key, String value) {
        switch (key) {
            case "COLUMNS" -> columns = number(value, columns);
            case "LINES" -> rows = number(value, rows);
            case "START_TIME" -> {
                try {
                    began = Optional.of(
                            OffsetDateTime.parse(value.strip(), START).toInstant());
                } catch (DateTimeParseException e) {
                    // Then nobody knows when it was.
                    began = Optional.empty();
                }
            }
            default -> {
                // The shell, the command and the terminal's name change nothing that is shown.
            }
        }
    }

    private void output(String count, StringBuilder lines) {
        int length = Math.clamp(number(count, 0), 0, output.length - at);
        add(CastEvent.OUTPUT, text.take(output, at, length), lines);
        at += length;
    }

    private void signal(String[] words, StringBuilder lines) {
        if (words[2].equals("SIGWINCH") && words.length > 3) {
            int newRows = rows;
            int newColumns = columns;
            for (String word : words[3].split(" ")) {
                if (word.startsWith("ROWS=")) {
                    newRows = number(word.substring(5), newRows);
                } else if (word.startsWith("COLS=")) {
                    newColumns = number(word.substring(5), newColumns);
                }
            }
            add(CastEvent.RESIZE, newColumns + "x" + newRows, lines);
        }
    }

    private void add(char code, String data, StringBuilder lines) {
        if (!data.isEmpty()) {
            CastLines.append(lines, new CastEvent(Math.min((long) (seconds * 1e6), CastLines.LONGEST), code, data));
        }
    }

    private static int number(String word, int otherwise) {
        try {
            return Integer.parseInt(word.strip());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
