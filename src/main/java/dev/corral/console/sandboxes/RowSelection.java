package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.page.Command;
import dev.corral.console.page.GuestAction;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
import dev.corral.console.work.Openable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a chosen row is to the commands. Pure. */
final class RowSelection {
    private RowSelection() {}

    /** The selection of a row that has been judged. */
    static Selection of(Optional<Row> row, RowRules rules) {
        return new Selection(
                row.map(Row::subject).map(RowSelection::kind),
                obstacles(row.map(Row::subject), rules),
                row.map(Row::subject).map(subject -> texts(subject, rules)).orElse(Map.of()));
    }

    // What is inside a VM can be seen where a terminal can be had.
    private static Map<Command, String> obstacles(Optional<Subject> subject, RowRules rules) {
        Map<Command, String> obstacles = new HashMap<>(rules.obstacles());
        if (subject.isEmpty()) {
            for (GuestAction action : GuestAction.values()) {
                obstacles.put(action, "Choose a row first");
            }
        } else {
            Openable.terminal(RowRules.terminalMachine(subject.get())).ifPresent(why -> {
                obstacles.put(GuestAction.NEW_TERMINAL, why);
                obstacles.put(GuestAction.FILES, why);
            });
            if (subject.get().sandbox().isEmpty()) {
                obstacles.put(GuestAction.NETWORK, "There is no sandbox yet");
            }
        }
        return obstacles;
    }

    private static Scope kind(Subject subject) {
        return switch (subject) {
            case Subject.Eval eval -> Scope.EVAL;
            case Subject.Sample sample -> Scope.SAMPLE;
            case Subject.Sandbox sandbox -> Scope.SANDBOX;
            case Subject.Machine machine -> Scope.VM;
            case Subject.Group group -> Scope.GROUP;
            case Subject.File file -> Scope.TASK_FILE;
        };
    }

    private static Map<Action, String> texts(Subject subject, RowRules rules) {
        Map<Action, String> texts = new HashMap<>();
        texts.put(Action.PIN, rules.pinned() ? "Unpin" : "Pin");
        texts.put(Action.COPY, "Copy directory");
        texts.put(Action.START, start(subject));
        texts.put(Action.DESTROY, destroy(subject));
        texts.put(Action.CLOSE_TASK_FILE, ofFolder(subject) ? "Close folder" : "Close task file");
        return texts;
    }

    private static String start(Subject subject) {
        if (subject instanceof Subject.Sample && !subject.sandboxes().isEmpty()) {
            return "Start another";
        }
        return RowRules.failed(subject) ? "Start again" : "Start";
    }

    private static String destroy(Subject subject) {
        if (subject instanceof Subject.Group) {
            return "Destroy all strays";
        }
        return MachineRules.oneOfSeveral(subject).isPresent() ? "Destroy VM" : "Destroy";
    }

    private static boolean ofFolder(Subject subject) {
        return subject instanceof Subject.Eval eval
                && eval.opened()
                        .filter(opened -> !opened.stands(Path.of(eval.file())))
                        .isPresent();
    }
}
