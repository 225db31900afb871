package dev.corral.cli.solve;

import dev.corral.cli.output.Output;
import dev.corral.core.base.PlainText;
import dev.corral.core.solve.LimitKeeper;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.clock.ActiveLimit;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.Interval;
import dev.corral.core.solve.journal.SolveEntry;
import java.util.List;

/** A session for people. */
final class SolveText {
    private SolveText() {}

    static void print(SolveStatus status, Output output) {
        ClockReading clock = status.clock();
        output.line(status.session().id() + "  " + status.state().words());
        output.line("  " + status.session().task() + " · " + status.session().sample()
                + (status.session().who().isEmpty()
                        ? ""
                        : " · " + status.session().who()));
        if (!status.sandbox().isEmpty()) {
            output.line("  sandbox " + status.sandbox());
        }
        if (!status.story().log().isEmpty()) {
            output.line("  log " + status.story().log());
        }
        if (!status.story().command().isEmpty()) {
            output.line("  " + status.story().command());
        }
        if (clock.started()) {
            output.line("  wall " + SolveDocument.hands(clock.wall()) + "  active "
                    + SolveDocument.hands(clock.active()) + "  adjusted " + SolveDocument.hands(clock.adjusted()));
        }
        LimitKeeper.of(status).ifPresent(limit -> output.line("  " + words(limit)));
        clock.changes().forEach(change -> output.line("  " + change));
        if (!clock.intervals().isEmpty()) {
            output.table(
                    List.of("INTERVAL", "FROM", "LENGTH", "WHAT", "COUNTS", "REASON"),
                    clock.intervals().stream().map(SolveText::cells).toList());
        }
        for (SolveEntry entry : status.story().story()) {
            output.line("  " + SolveDocument.place(status, entry) + "\t" + words(entry));
        }
        SolveDocument.of(status).scores().forEach((scorer, value) -> output.line("  " + scorer + ": " + value));
        if (!status.story().fault().isEmpty()) {
            output.line("  " + PlainText.line(status.story().fault(), 500));
        }
    }

    private static String words(ActiveLimit limit) {
        return "limit " + SolveDocument.hands(limit.limit()) + " of active time, "
                + (limit.reached()
                        ? "over by " + SolveDocument.hands(limit.left().negated())
                        : SolveDocument.hands(limit.left()) + " left; then "
                                + limit.then().consequence());
    }

    private static List<String> cells(Interval each) {
        return List.of(
                each.id(),
                SolveDocument.hands(each.from()),
                SolveDocument.hands(each.length()) + (each.open() ? " …" : ""),
                each.kind().words() + (each.detail().isEmpty() ? "" : " (" + each.detail() + ")"),
                each.decidable() ? each.counted() ? "yes" : "no" : "never",
                each.reason());
    }

    private static String words(SolveEntry entry) {
        String text = PlainText.line(entry.text(), 300);
        return switch (entry.kind()) {
            case RUN -> "run of Inspect began";
            case READY -> "ready";
            case START -> "clock started";
            case STOP -> "clock stopped";
            case NOTE -> "note: " + text;
            case SCORE ->
                "score" + (text.isEmpty() ? "" : " of " + text) + ": " + entry.fact("value") + " ("
                        + entry.fact("scorer") + ")";
            case SUBMIT -> entry.unclear() ? "ended without an answer" : "submitted: " + text;
            case QUIT -> entry.unclear() ? "ended without an answer" : "given up";
            case GONE -> "Inspect ended without finishing";
            case ENDED -> "ended: " + entry.fact("status");
            case HANDED -> "handed over to " + text;
            case EXTENDED -> "handed over for another time: " + text;
            case TAKEN_BACK -> "taken back from " + text;
            case HAND_OVER_ENDED -> "no longer handed over: " + text;
            case CAME -> "came in: " + text;
            case LEFT -> "left: " + text;
            case REBOOTED -> "the machine was started anew";
            case FETCHED ->
                "recordings brought here: " + entry.fact("files") + " new" + (text.isEmpty() ? "" : ", " + text);
            case LIMIT -> text;
            default -> entry.kind().word() + (text.isEmpty() ? "" : ": " + text);
        };
    }
}
