package dev.corral.console.solve.golden;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.solve.golden.Divergence;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is said about golden runs. Pure. */
final class GoldenText {
    private GoldenText() {}

    /** How a check ended, or how far it is, in a few words. */
    static String words(GoldenState state) {
        return switch (state.phase()) {
            case NONE, READING, READY, UNREADABLE -> "";
            case RUNNING -> "Being replayed";
            case CANCELLING -> "Being cancelled; its sandbox is destroyed first";
            case PASSED -> "Passed: the sample is solved as then";
            case DIVERGED ->
                state.result()
                        .flatMap(GoldenCheck.Result::divergence)
                        .map(one -> "Diverged at " + (one.step() == 0 ? "the end" : "step " + one.step()))
                        .orElse("Diverged");
            case NOT_TRIED -> "It could not be tried, which says nothing about the sample";
            case CANCELLED -> "Cancelled; nothing is known about the sample";
        };
    }

    /** How that looks. */
    static StateStyle look(GoldenState.Phase phase) {
        return switch (phase) {
            case PASSED -> StateStyle.READY;
            case DIVERGED -> StateStyle.FAILED;
            case NOT_TRIED -> StateStyle.STRAY;
            case RUNNING, CANCELLING, READING -> StateStyle.CHANGING;
            case NONE, READY, CANCELLED, UNREADABLE -> StateStyle.OFF;
        };
    }

    /** What differs. */
    static String what(Divergence one) {
        return switch (one.kind()) {
            case OUTPUT -> "Line " + one.line() + " of what it shows is another one:";
            case EXIT -> "It ended with another status:";
            case TIME_LIMIT -> "It did not end in time:";
            case SHELL_ENDED -> "It ended the shell, or the machine went:";
            case SCORE -> "The score is another one:";
        };
    }

    /** What was expected or seen, or that it was nothing. */
    static String shown(String text) {
        return text.isEmpty() ? "(nothing)" : Texts.line(text);
    }

    /** {@code 12 commands, 2 left out}. */
    static String commands(int run, int skipped) {
        return Formats.count(run, "command", "commands") + (skipped == 0 ? "" : ", " + skipped + " left out");
    }

    /** Where it comes from. */
    static String origin(Golden golden) {
        return golden.recorded()
                .map(one -> (one.who().isEmpty() ? "Solved" : "Solved by " + Texts.line(one.who()))
                        + one.at().map(at -> ", " + Formats.exact(at)).orElse(""))
                .orElse("Written by hand");
    }

    /** What the scorers should say. */
    static String expected(Golden golden) {
        return golden.scores()
                .filter(scores -> !scores.isEmpty())
                .map(scores -> scores(scores))
                .orElse("whatever they say");
    }

    private static String scores(java.util.Map<String, String> scores) {
        return new TreeMap<>(scores)
                .entrySet().stream()
                        .map(one -> Texts.line(one.getKey()) + ": " + Texts.line(one.getValue()))
                        .collect(Collectors.joining("  ·  "));
    }

    /** What is to be said about a result besides, a line each. */
    static List<String> facts(GoldenCheck.Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(commands(result.commands(), result.skipped()) + " of the file");
        lines.add(
                result.scored()
                        ? "Scored: " + scores(result.scores())
                        : "Not scored: " + Texts.line(result.notScored()) + ".");
        lines.add(
                result.kept()
                        ? "The sandbox " + result.sandbox() + " is kept."
                        : "The sandbox " + result.sandbox() + " is gone.");
        if (!result.log().isEmpty()) {
            lines.add("Log: " + Texts.whole(result.log()));
        }
        return lines;
    }
}
