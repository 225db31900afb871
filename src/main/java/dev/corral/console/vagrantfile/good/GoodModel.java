package dev.corral.console.vagrantfile.good;

import dev.corral.console.fx.Threads;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.good.LastGood;
import dev.corral.core.operation.good.StartChange;
import dev.corral.core.sandbox.OperationKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Compares the start of the sandbox that is shown with the last one that worked, once it has failed. For the FX thread. */
public final class GoodModel {
    private final Threads threads;
    private final Function<String, Optional<LastGood>> compare;
    private final Runnable changed;
    private String of = "";
    private Optional<LastGood> found = Optional.empty();
    private String trouble = "";
    private boolean answered;

    /**
     * @param threads where it is compared
     * @param compare compares the start of a sandbox, by its id; blocks
     * @param changed told when something else is to be shown
     */
    public GoodModel(Threads threads, Function<String, Optional<LastGood>> compare, Runnable changed) {
        this.threads = threads;
        this.compare = compare;
        this.changed = changed;
    }

    /** Looks at this sandbox; compares only what has failed, and each start once. */
    public void look(Optional<SandboxView> sandbox) {
        String failed = sandbox.flatMap(GoodModel::failedStart)
                .map(start -> sandbox.orElseThrow().id() + " " + start.workflow())
                .orElse("");
        if (failed.equals(of)) {
            return;
        }
        of = failed;
        found = Optional.empty();
        trouble = "";
        answered = false;
        if (!failed.isEmpty()) {
            String id = sandbox.orElseThrow().id();
            threads.background(
                    "last-good",
                    () -> compare.apply(id),
                    answer -> take(failed, answer, ""),
                    failure -> take(
                            failed,
                            Optional.empty(),
                            failure instanceof ExpectedFailure known
                                    ? known.getMessage()
                                    : "It can't be compared: " + failure));
        }
    }

    private void take(String asked, Optional<LastGood> answer, String why) {
        if (asked.equals(of)) {
            found = answer;
            trouble = why;
            answered = true;
            changed.run();
        }
    }

    private static Optional<OperationView> failedStart(SandboxView view) {
        return view.operations().stream()
                .filter(one -> one.kind() == OperationKind.START)
                .reduce((first, second) -> second)
                .filter(start -> start.failure().filter(why -> !why.cancelled()).isPresent());
    }

    /** Whether there is a start that failed, and so something to show. */
    public boolean shown() {
        return !of.isEmpty();
    }

    /** The differences. */
    public List<StartChange> changes() {
        return found.map(LastGood::changes).orElse(List.of());
    }

    /** A line above them. */
    public String heading(Instant now) {
        return found.map(good -> "Compared with sandbox " + Texts.line(good.sandbox()) + ", whose start worked "
                        + Formats.ago(good.at(), now) + ".")
                .orElse("");
    }

    /** What to say where there is none. */
    public String note() {
        if (!answered) {
            return "Comparing…";
        }
        if (!trouble.isEmpty()) {
            return Texts.whole(trouble);
        }
        return found.isEmpty()
                ? "No start of this Vagrantfile has worked yet that Corral knows of."
                : "Nothing differs: files, variables, boxes and versions are the same as when it worked.";
    }
}
