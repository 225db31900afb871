package dev.corral.console.strays;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Notice;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Clipboards;
import dev.corral.core.cleanup.CleanupChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is done with the rows that are chosen or checked. */
final class StrayActions {
    private final StraysPage.Parts parts;
    private final StrayTable table;
    private final StrayLines lines;
    private final Consumer<CleanupChoice> plan;
    private final Runnable details;
    private final Consumer<Runnable> change;

    /**
     * @param plan    shows the plan of a choice
     * @param details shows or hides the details
     * @param change  changes marks and keeps what is in sight
     */
    StrayActions(
            StraysPage.Parts parts,
            StrayTable table,
            StrayLines lines,
            Consumer<CleanupChoice> plan,
            Runnable details,
            Consumer<Runnable> change) {
        this.parts = parts;
        this.table = table;
        this.lines = lines;
        this.plan = plan;
        this.details = details;
        this.change = change;
    }

    /** Takes up the actions of the page. */
    void handle() {
        Actions actions = parts.actions();
        actions.handle(Action.PRUNE, () -> plan.accept(CleanupChoice.prune()));
        actions.handle(Action.CLEAN_UP, () -> plan.accept(CleanupChoice.everyStray()));
        actions.handle(Action.CLEAN_CHOSEN, () -> plan.accept(CleanupChoice.of(toClean())));
        actions.handle(Action.CHECK, () -> change.accept(() -> lines.toggle(table.chosen(true))));
        actions.handle(Action.CHECK_ALL, () -> change.accept(lines::toggleAll));
        actions.handle(Action.STRAY_DETAILS, details);
        actions.handle(Action.STRAY_PIN, this::pin);
        actions.handle(Action.STRAY_COPY, this::copy);
        actions.handle(Action.REVEAL, () -> one().flatMap(row -> row.item().directory())
                .ifPresent(this::reveal));
        actions.handle(Action.SHOW_IN_SANDBOXES, () -> one().ifPresent(
                        row -> parts.inSandboxes().accept(row.item().sandbox())));
    }

    /** The one chosen row, if it is one. */
    Optional<StrayRow> one() {
        List<StrayRow> chosen = table.chosen(false);
        return chosen.size() == 1 ? Optional.of(chosen.getFirst()) : Optional.empty();
    }

    /** Says what can be done with the chosen rows. */
    void judge() {
        StrayRules rules = rules();
        for (Action action : StrayRules.ROW_ACTIONS) {
            parts.actions().obstruct(action, rules.obstacles().getOrDefault(action, ""));
        }
        parts.actions().rename(Action.STRAY_PIN, rules.pinned() ? "Unpin" : "Pin");
    }

    private StrayRules rules() {
        return StrayRules.of(
                table.chosen(true),
                table.chosen(false).isEmpty(),
                lines.checked().size());
    }

    private List<String> toClean() {
        return lines.checked().isEmpty()
                ? table.chosen(true).stream()
                        .filter(StrayRow::checkable)
                        .map(StrayRow::key)
                        .toList()
                : lines.checked();
    }

    private void pin() {
        boolean pinned = rules().pinned();
        parts.commands()
                .pin(
                        table.chosen(true).stream()
                                .filter(StrayRules::pinnable)
                                .map(row -> row.item().directory().orElseThrow())
                                .toList(),
                        !pinned);
    }

    private void copy() {
        List<StrayRow> chosen = table.chosen(true);
        Clipboards.copy(chosen.stream().map(StrayRow::id).collect(Collectors.joining("\n")));
        parts.tell()
                .accept(Notice.news(
                        chosen.size() == 1
                                ? "The id is on the clipboard."
                                : chosen.size() + " ids are on the clipboard."));
    }

    private void reveal(Path directory) {
        Clipboards.copy(directory.toString());
        parts.tell().accept(Notice.news("The directory's path is on the clipboard."));
        Background.run(
                "reveal",
                () -> {
                    parts.openFolder().accept(directory);
                    return true;
                },
                done -> {},
                problem -> parts.tell()
                        .accept(Notice.news("The path is on the clipboard; this desktop offers no file manager.")));
    }
}
