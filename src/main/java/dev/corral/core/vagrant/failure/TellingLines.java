package dev.corral.core.vagrant.failure;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.regex.Pattern;

/**
 * Keeps of an output without end its last lines and those that look as if they told what went wrong: a script that goes on after its error
 * prints the cause long before its last line. For one thread.
 */
public final class TellingLines {
    private static final int LAST_SHOWN = 4;

    /** What programs begin an error's line with, and what the C library calls errors. */
    private static final Pattern STRONG =
            Pattern.compile("(?i)^\\W*(?:\\S+:\\s+|npm\\s+)*(?:e|err|error|fatal|panic|abort(?:ed)?)\\s*[:!\\]]"
                    + "|^traceback \\(most recent|^\\w+(?:\\.\\w+)*(?:Error|Exception)\\b"
                    + "|no space left on device|permission denied|no such file or directory|command not found|connection refused"
                    + "|could not resolve|temporary failure in name resolution|cannot allocate memory|out of memory|segmentation fault"
                    + "|read-only file system|operation not permitted|unable to locate package|returned a non-zero code"
                    + "|syntax error|undefined reference|certificate verify failed");

    private static final Pattern WEAK = Pattern.compile(
            "(?i)\\b(?:errors?|fail(?:ed|ure|s)?|cannot|can't|could not|unable|denied|refused|timed out|not found"
                    + "|unreachable|invalid|missing|killed|exit(?:ed)? (?:code|status) [1-9])\\b");
    private static final Pattern HARMLESS = Pattern.compile(
            "(?i)\\b(?:0|no|without) (?:errors?|failures?|failed)\\b|\\b(?:errors?|failures?|failed)\\s*[:=]\\s*0\\b");

    private final int most;
    private final Deque<Line> last = new ArrayDeque<>();
    /** The least telling first, and of those that tell as much the latest: what came first is more often the cause. */
    private final PriorityQueue<Line> telling = new PriorityQueue<>(Comparator.comparingInt(Line::score)
            .thenComparing(Comparator.comparingLong(Line::number).reversed()));

    private long count;

    private record Line(long number, int score, String text) {}

    /** @param most how many of each kind are kept */
    public TellingLines(int most) {
        this.most = most;
    }

    /** How much a line tells: 0 for nothing that anybody could see. */
    static int score(String line) {
        if (HARMLESS.matcher(line).find()) {
            return 0;
        }
        return STRONG.matcher(line).find() ? 2 : WEAK.matcher(line).find() ? 1 : 0;
    }

    /** Takes the next line of the output. */
    public void add(String text) {
        Line line = new Line(count++, score(text), text);
        last.addLast(line);
        if (last.size() > most) {
            last.removeFirst();
        }
        if (line.score() > 0) {
            telling.add(line);
            if (telling.size() > most) {
                telling.remove();
            }
        }
    }

    /** The last lines, in their order. */
    public List<String> last() {
        return last.stream().map(Line::text).toList();
    }

    /** The lines that matter, so many at most, in their order: the most telling ones, the very last, and what came just before. */
    public List<String> best(int shown) {
        List<Line> chosen = new ArrayList<>(last.stream()
                .skip(Math.max(0, last.size() - Math.min(LAST_SHOWN, shown)))
                .toList());
        List<Line> others = new ArrayList<>(telling.stream()
                .sorted(Comparator.comparingInt(Line::score).reversed().thenComparingLong(Line::number))
                .toList());
        others.addAll(last.reversed());
        for (Line line : others) {
            if (chosen.size() >= shown) {
                break;
            }
            if (!chosen.contains(line)) {
                chosen.add(line);
            }
        }
        return chosen.stream()
                .sorted(Comparator.comparingLong(Line::number))
                .map(Line::text)
                .toList();
    }
}
