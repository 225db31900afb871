package dev.corral.core.solve.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What may differ between two runs of the same commands in two sandboxes: times and dates, how long something took, process ids,
 * addresses, and what the sandbox and its machines are called. All else must be the same; numbers and long hexadecimal words too, since a
 * flag may be one. Pure; what a line holds costs time in proportion to its length only.
 */
final class Tolerance {
    /** Stands in an expected line for anything. */
    static final String ANY = "{{any}}";

    private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";
    private static final String DAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? +)?";
    private static final String CLOCK = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?[AaPp][Mm])?";
    private static final String ZONE = "(?: ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}|[A-Z]{3,4})\\b)?";
    private static final Pattern ISO = Pattern.compile("\\b\\d{4}[-/]\\d{2}[-/]\\d{2}(?:[T ]" + CLOCK + ZONE + ")?");
    private static final Pattern LONG_DATE = Pattern.compile("\\b" + DAY + "(?:" + MONTH + " {1,2}\\d{1,2}|\\d{1,2} "
            + MONTH + ")\\b(?:,? \\d{4}\\b)?(?:,? {1,2}" + CLOCK + ZONE + ")?(?: {1,2}\\d{4}\\b)?");
    private static final Pattern TIME = Pattern.compile("(?<![\\w:])" + CLOCK + "(?![\\w:])");
    private static final Pattern EPOCH = Pattern.compile("(?<![\\w.])1[5-9]\\d{8}(?:\\.\\d{1,9})?(?![\\w.])");
    private static final Pattern SPAN = Pattern.compile(
            "(?<![\\w.])\\d{1,9}(?:\\.\\d{1,9})? ?(?:ns|us|µs|ms|secs?|seconds?|mins?|minutes?|hours?|days?|s)(?!\\w)"
                    + "|(?<![\\w.])\\d{1,9}m\\d{1,2}[.,]\\d{1,9}s(?!\\w)");
    private static final Pattern MAC = Pattern.compile("(?<![\\w:])(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?![\\w:])");
    private static final Pattern IPV4 = Pattern.compile("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?!\\.?\\w)");
    private static final Pattern IPV6 =
            Pattern.compile("(?<![\\w:.])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\\w:])");
    private static final Pattern JOB_BEGUN = Pattern.compile("^\\[\\d{1,4}\\] +\\d{1,8}$");
    private static final Pattern JOB = Pattern.compile(
            "^\\[\\d{1,4}\\] ?[+-]? +(?:Done|Running|Stopped|Exit \\d{1,3}|Terminated|Killed|Hangup)(?: .*)?$");
    // Neither of && nor of a redirection.
    private static final Pattern BACKGROUND = Pattern.compile("(?<![&<>|])&(?![&>])");
    private static final Pattern PID = Pattern.compile("(?i)\\b(pid[ =:#]{1,3}|process )\\d{1,8}\\b");
    private static final Pattern DAEMON = Pattern.compile("\\b([A-Za-z][\\w./-]{0,40})\\[\\d{1,8}\\](?=:)");
    // A line of words in which PID is one, is none yet.
    private static final Pattern PROCESSES =
            Pattern.compile("(?=.*(?<!\\S)PID(?!\\S))(?=.*(?<!\\S)(?:TTY|TIME\\+?|CMD|COMMAND|USER)(?!\\S)).*");
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?:\\.\\d+)?(?![\\w.])");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");

    /** What a shell may say of jobs in the background between the lines of a command. */
    enum Jobs {
        /** Nothing: it has none. */
        NONE,
        /** How those of earlier commands are. */
        EARLIER,
        /** That too, and the numbers of new ones. */
        NEW
    }

    private final List<Pattern> names;

    /** @param names what the sandbox and its machines are called, in either run */
    Tolerance(List<String> names) {
        // A short one would be found everywhere.
        this.names = names.stream()
                .filter(name -> name.length() > 2 && !name.equals("localhost"))
                .distinct()
                .map(name -> Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])"))
                .toList();
    }

    /** Whether a command begins something in the background. A sign in a quoted word counts too. */
    static boolean background(String command) {
        return BACKGROUND.matcher(command).find();
    }

    /**
     * The lines without what the shell itself says of jobs in the background: when it does is a matter of the moment. Where it has none,
     * such a line is a program's, as R prints numbers.
     */
    static List<String> settled(List<String> lines, Jobs jobs) {
        return lines.stream()
                .filter(line -> jobs == Jobs.NONE || !JOB.matcher(line).matches())
                .filter(line -> jobs != Jobs.NEW || !JOB_BEGUN.matcher(line).matches())
                .toList();
    }

    /** The lines without what may differ. */
    List<String> plain(List<String> lines) {
        List<String> plain = new ArrayList<>();
        boolean processes = false;
        for (String line : lines) {
            String one = plain(line);
            // Below a header of ps or top each number is of the moment.
            plain.add(processes ? NUMBER.matcher(one).replaceAll("<number>") : one);
            processes = !line.isBlank() && (processes || PROCESSES.matcher(line).matches());
        }
        return plain;
    }

    private String plain(String line) {
        String text = line;
        for (Pattern name : names) {
            text = name.matcher(text).replaceAll("<name>");
        }
        text = MAC.matcher(text).replaceAll("<address>");
        text = IPV6.matcher(text).replaceAll(Tolerance::sixth);
        text = IPV4.matcher(text).replaceAll(Tolerance::fourth);
        text = ISO.matcher(text).replaceAll("<time>");
        text = LONG_DATE.matcher(text).replaceAll("<time>");
        text = TIME.matcher(text).replaceAll("<time>");
        text = EPOCH.matcher(text).replaceAll("<time>");
        text = SPAN.matcher(text).replaceAll("<span>");
        text = PID.matcher(text).replaceAll("$1<pid>");
        text = DAEMON.matcher(text).replaceAll("$1[<pid>]");
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    // A machine's own address is the same in each.
    private static String fourth(MatchResult found) {
        return found.group().startsWith("127.") || found.group().equals("0.0.0.0") ? found.group() : "<address>";
    }

    // 10:20:30 looks much the same.
    private static String sixth(MatchResult found) {
        String text = found.group();
        boolean address = text.contains("::") && text.length() > 3
                || text.chars().filter(c -> c == ':').count() == 7;
        return address ? "<address>" : text;
    }

    /** Whether a line is as expected; both are plain already. */
    static boolean agrees(String expected, String seen) {
        if (!expected.contains(ANY)) {
            return expected.equals(seen);
        }
        String[] parts = expected.split(Pattern.quote(ANY), -1);
        String first = parts[0];
        String last = parts[parts.length - 1];
        if (seen.length() < first.length() + last.length() || !seen.startsWith(first) || !seen.endsWith(last)) {
            return false;
        }
        int at = first.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = seen.indexOf(parts[i], at);
            if (found < 0 || found + parts[i].length() > seen.length() - last.length()) {
                return false;
            }
            at = found + parts[i].length();
        }
        return true;
    }
}
