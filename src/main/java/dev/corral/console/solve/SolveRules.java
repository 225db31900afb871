package dev.corral.console.solve;

import dev.corral.console.page.Command;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be done with the chosen session. Pure. */
final class SolveRules {
    private SolveRules() {}

    /**
     * @param busy what is being asked right now; empty if nothing is
     * @param gone whether the sandbox of a session does not exist any more
     * @param more why other commands of the page make no sense now
     */
    static Selection selection(
            Optional<SolveStatus> chosen, String busy, Predicate<SolveStatus> gone, Map<Command, String> more) {
        Map<Command, String> obstacles = new HashMap<>(more);
        for (SolveAction action : SolveAction.values()) {
            obstacle(action, chosen, busy, gone).ifPresent(why -> obstacles.put(action, why));
        }
        return new Selection(Optional.of(Scope.PAGE), obstacles, Map.of());
    }

    private static Optional<String> obstacle(
            SolveAction action, Optional<SolveStatus> chosen, String busy, Predicate<SolveStatus> gone) {
        if (chosen.isEmpty()) {
            return Optional.of("Choose a session first");
        }
        SolveState state = chosen.get().state();
        return switch (action) {
            case CLOCK_START -> state == SolveState.RUNNING ? Optional.of("The clock runs") : listening(state, busy);
            case CLOCK_STOP ->
                state == SolveState.STOPPED ? Optional.of("The clock is stopped") : listening(state, busy);
            case SCORE ->
                !chosen.get().session().joined()
                                && !chosen.get().session().options().scoring()
                        ? Optional.of("The session was begun without scoring on the way")
                        : running(state, busy);
            case VALIDATE, SUBMIT -> running(state, busy);
            case NOTE -> listening(state, busy);
            case GIVE_UP ->
                state.over() || state == SolveState.ENDING
                        ? Optional.of("It is over")
                        : Optional.of(busy).filter(words -> !words.isEmpty());
            case MACHINE_SHELL, HAND_OVER ->
                chosen.get().sandbox().isEmpty()
                        ? Optional.of("There is no machine yet")
                        : state.over() && gone.test(chosen.get())
                                ? Optional.of("Its machine is gone")
                                : Optional.empty();
            case GO_ON ->
                state == SolveState.INTERRUPTED
                        ? Optional.of(busy).filter(words -> !words.isEmpty())
                        : Optional.of("Its run was not cut off");
            case RUN_OUTPUT ->
                chosen.get().session().joined()
                        ? Optional.of("It was started in a terminal, which has its output")
                        : Optional.empty();
        };
    }

    private static Optional<String> listening(SolveState state, String busy) {
        return !state.listening()
                ? Optional.of("Not now: " + state.words())
                : Optional.of(busy).filter(words -> !words.isEmpty());
    }

    private static Optional<String> running(SolveState state, String busy) {
        return state == SolveState.STOPPED ? Optional.of("Start the clock first") : listening(state, busy);
    }

    /** Whether an answer has the form that was asked for, as Inspect judges it: from its beginning; empty if nothing can be said. */
    static Optional<Boolean> form(SolveStatus status, String answer) {
        if (status.session().joined()) {
            return Optional.empty();
        }
        String stripped = answer.strip();
        if (stripped.isEmpty()) {
            return Optional.of(!status.session().options().needsAnswer());
        }
        return AnswerForm.matches(status.session().options().answer(), stripped);
    }
}
