package dev.corral.core.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a recording.
 *
 * @param version the version of asciicast, 2 or 3
 * @param columns the terminal's width in cells at the beginning
 * @param rows    its height
 * @param began   when, if it says
 * @param title   what it is called; may be empty
 * @param about   what Corral knows of it
 */
public record CastHeader(int version, int columns, int rows, Optional<Instant> began, String title, About about) {
    /** No terminal is wider; a file that says so is taken at this. */
    public static final int MOST_COLUMNS = 1000;
    /** No terminal is higher. */
    public static final int MOST_ROWS = 500;

    private static final int LONGEST_WORD = 300;

    /**
     * What Corral writes of a recording beside what asciicast has fields for.
     *
     * @param sandbox the sandbox's id; empty where there is none
     * @param machine the machine's name
     * @param via     how the terminal was opened, one word: {@code window} or {@code shell}
     * @param part    which part of the recording the file is, from 1
     * @param micros  when this part begins, in microseconds since the recording's beginning
     */
    public record About(String sandbox, String machine, String via, int part, long micros) {
        /** Nothing known. */
        public static final About NOTHING = new About("", "", "", 1, 0);

        /** The same of another part. */
        public About part(int number, long beginning) {
            return new About(sandbox, machine, via, number, beginning);
        }
    }

    /** Keeps sizes within what a terminal can be. */
    public CastHeader {
        columns = Math.clamp(columns, 1, MOST_COLUMNS);
        rows = Math.clamp(rows, 1, MOST_ROWS);
    }

    /** One of version 2, as Corral writes it. */
    public static CastHeader of(int columns, int rows, Instant began, String title, About about) {
        return new CastHeader(2, columns, rows, Optional.of(began), title, about);
    }

    /** The line, without its end. */
    public String line() {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("version", 2);
        node.put("width", columns);
        node.put("height", rows);
        began.ifPresent(time -> node.put("timestamp", time.getEpochSecond()));
        if (!title.isEmpty()) {
            node.put("title", title);
        }
        node.putObject("env").put("TERM", "xterm-256color");
        if (!about.equals(About.NOTHING)) {
            ObjectNode ours = node.putObject("corral");
            ours.put("sandbox", about.sandbox);
            ours.put("machine", about.machine);
            ours.put("via", about.via);
            ours.put("part", about.part);
            ours.put("offset", about.micros / 1e6);
            began.ifPresent(time -> ours.put("began", time.toString()));
        }
        return node.toString();
    }

    /**
     * Reads the line.
     *
     * @param named what to call the file in a message
     * @throws ExpectedFailure if it is no header of version 2 or 3
     */
    public static CastHeader parse(String line, String named) {
        JsonNode node;
        try {
            node = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            throw none(named, e);
        }
        if (node == null || !node.isObject()) {
            throw none(named, null);
        }
        int version = node.path("version").asInt(0);
        if (version != 2 && version != 3) {
            throw version == 1
                    ? ExpectedFailure.failed(
                            named + " is a recording of asciicast version 1, which can't be read.",
                            "asciinema convert makes one of version 2 of it.")
                    : none(named, null);
        }
        JsonNode size = version == 3 ? node.path("term") : node;
        JsonNode ours = node.path("corral");
        About about = ours.isObject()
                ? new About(
                        word(ours, "sandbox"),
                        word(ours, "machine"),
                        word(ours, "via"),
                        Math.max(1, ours.path("part").asInt(1)),
                        CastLines.micros(ours.path("offset").asDouble(0)))
                : About.NOTHING;
        return new CastHeader(
                version,
                size.path(version == 3 ? "cols" : "width").asInt(80),
                size.path(version == 3 ? "rows" : "height").asInt(24),
                exact(ours.path("began").asText(""))
                        .or(() -> began(node.path("timestamp").asDouble(0))),
                word(node, "title"),
                about);
    }

    // The field of the format has whole seconds only.
    private static Optional<Instant> exact(String time) {
        try {
            return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        } catch (DateTimeException e) {
            // Not ours.
            return Optional.empty();
        }
    }

    private static Optional<Instant> began(double seconds) {
        try {
            return seconds > 0 ? Optional.of(Instant.ofEpochSecond((long) seconds)) : Optional.empty();
        } catch (DateTimeException e) {
            // A time beyond all years says nothing.
            return Optional.empty();
        }
    }

    private static String word(JsonNode node, String field) {
        return PlainText.line(node.path(field).asText(""), LONGEST_WORD);
    }

    private static ExpectedFailure none(String named, @Nullable Throwable cause) {
        return ExpectedFailure.failed(
                named + " is no recording of a terminal.",
                "Recordings are asciicast files of version 2 or 3, or the .timing file of script beside its .output.",
                cause);
    }
}
