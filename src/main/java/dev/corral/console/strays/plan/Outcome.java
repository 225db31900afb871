package dev.corral.console.strays.plan;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.cleanup.CleanupStep.Action;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.cleanup.StepResult.Status;

/** How a step of a cleanup is shown. Pure. */
public final class Outcome {
    private Outcome() {}

    /** Shape and colour. */
    public static StateStyle look(Status status) {
        return switch (status) {
            case WAITING, STOPPED, LEFT_ALONE -> StateStyle.OFF;
            case RUNNING -> StateStyle.CHANGING;
            case DONE, GONE -> StateStyle.READY;
            case FAILED -> StateStyle.FAILED;
        };
    }

    /** A word or two. */
    public static String word(StepResult result) {
        boolean keeps = result.step().action() == Action.SHUT_DOWN;
        return switch (result.status()) {
            case WAITING -> "waiting";
            case RUNNING -> keeps ? "shutting down" : "removing";
            case DONE -> keeps ? "shut down" : "removed";
            case FAILED -> "failed";
            case LEFT_ALONE -> "left alone";
            case GONE -> "gone already";
            case STOPPED -> "not begun";
        };
    }

    /** Why it came so and what can be done, or what it gave back. */
    public static String tip(StepResult result) {
        if (!result.problem().isEmpty()) {
            return Texts.line((result.problem() + " " + result.nextStep()).strip());
        }
        if (result.status() == Status.DONE && result.step().bytes() != 0) {
            return result.regained() < 0
                    ? "What it gave back could not be measured"
                    : Formats.bytes(result.regained()) + " regained";
        }
        return "";
    }
}
