package dev.corral.console.strays;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Notice;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.PageContext;
import dev.corral.console.page.Reveal;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.SandboxRules;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxVagrantfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What is done with the rows that are chosen or checked. */
final class StrayActions {
    private final PageContext parts;
    private final StrayTable table;
    private final StrayLines lines;
    private final Consumer<CleanupChoice> plan;
    private final Runnable details;
    private final Consumer<Runnable> change;
    private Map<Path, SandboxView> sandboxes = Map.of();

    /**
     * @param plan    shows the plan of a choice
     * @param details shows or hides the details
     * @param change  changes marks and keeps what is in sight
     */
    StrayActions(
            PageContext parts,
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
        actions.handle(Action.TERMINAL, () -> sandbox().ifPresent(view -> SandboxCommands.primary(view)
                .ifPresent(machine -> parts.dock().openTerminal(view, machine))));
        actions.handle(Action.LOG, () -> sandbox().ifPresent(parts.dock()::openLog));
        actions.handle(Action.VAGRANTFILE, () -> sandbox().ifPresent(view -> parts.dock()
                .openVagrantfile(view.id(), view.directory().resolve("Vagrantfile"), SandboxRules.faultyLine(view))));
        actions.handle(Action.EDIT_VAGRANTFILE, () -> sandbox().ifPresent(view -> parts.navigation()
                .go(new Reveal.Vagrantfile(
                        view.manifest()
                                .map(Manifest::vagrantfile)
                                .filter(file -> !file.isEmpty())
                                .map(Path::of),
                        Optional.of(SandboxVagrantfile.of(view.directory(), view.manifest())),
                        SandboxRules.faultyLine(view)))));
        actions.handle(Action.CANCEL, () -> sandbox()
                .ifPresent(view -> parts.commands().cancel(view.id())));
        actions.handle(Action.DESTROY, () -> sandbox()
                .ifPresent(view -> parts.commands().destroy(List.of(view), table.isFocused())));
        actions.handle(Action.DETAILS, details);
        actions.handle(Action.PIN, this::pin);
        actions.handle(Action.COPY, this::copy);
        actions.handle(Action.REVEAL, () -> one().flatMap(row -> row.item().directory())
                .ifPresent(this::reveal));
        actions.handle(Action.SHOW_IN_SANDBOXES, () -> one().ifPresent(row ->
                parts.navigation().go(new Reveal.Sandbox(row.item().sandbox()))));
    }

    /** The one chosen row, if it is one. */
    Optional<StrayRow> one() {
        List<StrayRow> chosen = table.chosen(false);
        return chosen.size() == 1 ? Optional.of(chosen.getFirst()) : Optional.empty();
    }

    /** Takes note of the sandboxes that there are, by their directories. */
    void know(Map<Path, SandboxView> byDirectory) {
        sandboxes = byDirectory;
    }

    // What can be done with a sandbox elsewhere can be done with it here.
    private Optional<SandboxView> sandbox() {
        return one().filter(row -> row.item().kind() == ItemKind.SANDBOX)
                .flatMap(row -> row.item().directory())
                .map(sandboxes::get);
    }

    /** Says what can be done with the chosen rows. */
    void judge() {
        parts.actions()
                .select(rules().selection(!table.chosen(true).isEmpty()
                        || !lines.checked().isEmpty()));
    }

    private StrayRules rules() {
        return StrayRules.of(
                table.chosen(true),
                table.chosen(false).isEmpty(),
                lines.checked().size(),
                sandbox(),
                new StrayRules.UnderWay(
                        parts.commands()::cancellable, parts.machines().work().get()));
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
