package dev.corral.console.sandboxes;

import dev.corral.console.page.Action;
import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
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
                rules.obstacles(),
                row.map(Row::subject).map(subject -> texts(subject, rules)).orElse(Map.of()));
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
