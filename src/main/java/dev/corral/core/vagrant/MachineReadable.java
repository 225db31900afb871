package dev.corral.core.vagrant;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One line of {@code vagrant --machine-readable}: {@code epoch,target,type,data…}.
 *
 * @param at     when Vagrant wrote it
 * @param target the machine's name, empty when the line is about none
 * @param type   the type, for instance {@code ui} or {@code error-exit}
 * @param data   the fields after the type, unescaped; their number differs by type
 */
public record MachineReadable(Instant at, String target, String type, List<String> data) {

    // Behind text that a Vagrantfile printed without ending its line.
    private static final Pattern BEHIND = Pattern.compile(
            "(?<![\\d,])\\d{10},[^,\\s]*,(?:metadata|action|ui|error-exit|ssh-config|provider-name|state|machine-id),.*");

    /**
     * Parses a line; empty when it has another form, as errors have that come before Vagrant is set up, and all that a Vagrantfile
     * prints. What was printed before it on the same line is left out.
     */
    public static Optional<MachineReadable> parse(String line) {
        Optional<MachineReadable> whole = parseWhole(line);
        if (whole.isPresent()) {
            return whole;
        }
        Matcher behind = BEHIND.matcher(line);
        return behind.find() ? parseWhole(behind.group()) : Optional.empty();
    }

    private static Optional<MachineReadable> parseWhole(String line) {
        int first = line.indexOf(',');
        int second = line.indexOf(',', first + 1);
        int third = line.indexOf(',', second + 1);
        if (first <= 0 || second < 0 || !line.chars().limit(first).allMatch(c -> c >= '0' && c <= '9') || first > 11) {
            return Optional.empty();
        }
        String type = third < 0 ? line.substring(second + 1) : line.substring(second + 1, third);
        if (type.isEmpty()) {
            return Optional.empty();
        }
        List<String> data = new ArrayList<>();
        if (third >= 0) {
            for (String field : line.substring(third + 1).split(",", -1)) {
                data.add(unescape(field));
            }
        }
        return Optional.of(new MachineReadable(
                Instant.ofEpochSecond(Long.parseLong(line.substring(0, first))),
                unescape(line.substring(first + 1, second)),
                type,
                List.copyOf(data)));
    }

    /** The field with this index; empty text when the line has fewer. */
    public String field(int index) {
        return index < data.size() ? data.get(index) : "";
    }

    /** For {@code ui} lines the text, without the {@code ==> machine: } that Vagrant puts before each line; else the last field. */
    public String text() {
        if (data.isEmpty()) {
            return "";
        }
        String text = data.getLast();
        if (target.isEmpty()) {
            return text;
        }
        return text.lines().map(this::withoutPrefix).collect(Collectors.joining("\n"));
    }

    /** Whether Vagrant ended because another Vagrant holds the machine's lock. */
    public boolean machineLocked() {
        return type.equals("error-exit")
                && (field(0).endsWith("::MachineLocked") || field(0).endsWith("::MachineActionLockedError"));
    }

    private String withoutPrefix(String line) {
        for (String prefix : List.of("==> " + target + ": ", "    " + target + ": ")) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length());
            }
        }
        return line;
    }

    private static String unescape(String field) {
        return field.replace("%!(VAGRANT_COMMA)", ",").replace("\\n", "\n").replace("\\r", "\r");
    }
}
