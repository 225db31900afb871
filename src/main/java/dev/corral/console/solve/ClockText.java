package dev.corral.console.solve;

import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveEntry;
import java.time.Duration;

/** How times and events of a session are written. Pure. */
final class ClockText {
    private ClockText() {}

    /** {@code 00:41:20}. */
    static String hands(Duration time) {
        return "%02d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    /** {@code 41:20}, or with hours where there are some. */
    static String place(Duration time) {
        return time.toHours() > 0
                ? "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : "%02d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
    }

    /** What an entry of the story says; untrusted parts are not made plain yet. */
    static String words(SolveEntry entry) {
        return switch (entry.kind()) {
            case RUN -> "run of Inspect began";
            case READY -> "machine ready";
            case START -> "clock started";
            case STOP -> "paused";
            case NOTE -> "note · " + entry.text();
            case SCORE ->
                "score check " + (entry.text().isEmpty() ? "" : entry.text() + " ") + "→ " + entry.fact("value");
            case SUBMIT -> entry.unclear() ? "ended without an answer" : "submitted " + entry.text();
            case QUIT -> entry.unclear() ? "ended without an answer" : "given up";
            case GONE -> "Inspect ended without finishing";
            case ENDED -> "ended · " + entry.fact("status");
            case REBOOTED -> "the machine was started anew";
            case HANDED -> "handed over to " + entry.text();
            case EXTENDED -> "handed over for another time · " + entry.text();
            case TAKEN_BACK -> "taken back from " + entry.text();
            case HAND_OVER_ENDED -> "no longer handed over · " + entry.text();
            case CAME -> "came in · " + entry.text();
            case LEFT -> "left · " + entry.text();
            case FETCHED ->
                "recordings brought here · " + entry.fact("files") + " new"
                        + (entry.text().isEmpty() ? "" : ", " + entry.text());
            case FAULT, LIMIT -> entry.text();
            default -> entry.kind().word();
        };
    }

    /** Whether an entry is about something that went wrong. */
    static boolean wrong(SolveEntry entry) {
        return entry.kind() == EntryKind.FAULT || entry.kind() == EntryKind.GONE;
    }
}
