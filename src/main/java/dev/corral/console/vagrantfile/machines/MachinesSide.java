package dev.corral.console.vagrantfile.machines;

import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.console.remedy.Offer;
import dev.corral.console.remedy.Remedies;
import dev.corral.console.remedy.SandboxWays;
import dev.corral.console.vagrantfile.DebugSide;
import dev.corral.console.vagrantfile.boot.BootPane;
import dev.corral.console.vagrantfile.good.GoodView;
import dev.corral.console.vagrantfile.proof.Proof;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.vagrantfile.steps.StepMemory;
import dev.corral.console.vagrantfile.variables.SetMemory;
import dev.corral.console.vagrantfile.variables.SetsBar;
import dev.corral.console.vagrantfile.watch.WatchBar;
import dev.corral.console.work.SpareMachines;
import dev.corral.core.hypervisor.console.ScreenPicture;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;

/**
 * The machines of the Vagrantfile that is being edited, beside the editor: what can be done to them, how they came up step by step, what
 * the saved file means, which variables it reads, and what of it does not hold yet. For the FX thread.
 */
public final class MachinesSide implements DebugSide {
    private final PageContext context;
    private final DebugModel model;
    private final DebugCommands commands;
    private final DebugToolBar tools;
    private final WatchBar watch;
    private final CardsView cards;
    private final OutputView output;
    private final TimelineView timeline;
    private final ResolvedView resolved;
    private final VariablesView variables;
    private final SetsBar sets;
    private final ChangesView changes;
    private final GoodView good;
    private final Tab timelineTab = tab("timeline", "Timeline");
    private final Tab resolvedTab = tab("resolved", "Resolved");
    private final Tab variablesTab = tab("variables", "Variables");
    private final Tab changesTab = tab("changes", "Changes");
    private final Tab goodTab = tab("good", "Last good");
    private final TabPane tabs;
    private final VBox box;
    private final List<Subscription> subscriptions;
    private final SetChangeListener<String> cancelling = change -> show();
    private Set<String> seen = Set.of();
    private Consumer<Optional<Resolution>> told = answer -> {};
    private int known;
    private boolean showing;
    private boolean again;

    /**
     * @param context what a page works with
     * @param jump    shows a line of a file in the editor
     */
    public MachinesSide(PageContext context, Consumer<Place> jump) {
        this.context = context;
        model = new DebugModel(
                context.corral(),
                context.commands(),
                context.machines(),
                Threads.WINDOW,
                new StepMemory(context.stateFolder()),
                new SetMemory(context.stateFolder()),
                this::show);
        commands = new DebugCommands(model, context.commands(), context.machines());
        Remedies remedies = Remedies.of(context, this::saved);
        watch = new WatchBar(model::watch);
        SpareMachines spare = new SpareMachines(context.machines());
        tools = new DebugToolBar(commands::run, model::choose, watch.button(), spare);
        cards = new CardsView(new CardLinks(context, model, commands, remedies));
        BootPane boot = new BootPane(
                machine -> ScreenPicture.take(
                        context.corral().environment(),
                        Manifest.hosts(model.sandboxes().story().flatMap(SandboxView::manifest)),
                        machine.provider(),
                        machine.id(),
                        machine.key()),
                failure -> context.desk().tell(Notice.of(Problem.of(failure))));
        output = new OutputView(
                context.corral().logs(),
                jump,
                new OutputView.Helping() {
                    @Override
                    public List<Offer> offers(MachineSteps steps, Step step, FailureView failure, Place fault) {
                        return commands.offers(steps, step, failure, fault);
                    }

                    @Override
                    public void run(Offer offer, MachineSteps steps, Step step) {
                        remedies.run(
                                offer,
                                new SandboxWays(
                                        model.sandboxes().story(),
                                        what -> commands.again(what, steps, step),
                                        jump,
                                        what -> look(what, steps, boot)));
                    }
                },
                boot);
        timeline = new TimelineView(
                output,
                new TimelineCell.Asked() {
                    @Override
                    public void rerun(MachineSteps steps, Step step, boolean onward) {
                        commands.rerun(steps, step, onward);
                    }

                    @Override
                    public Optional<String> mayRerun(MachineSteps steps, Step step) {
                        return commands.mayRerun(steps, step);
                    }
                },
                Tables.empty(
                        "Up starts a sandbox of this Vagrantfile. Its steps stand here while it comes up, and stay."));
        resolved = new ResolvedView(() -> model.reading().ask(), jump);
        sets = new SetsBar(model.sets());
        variables = new VariablesView(model::set, jump, sets.node());
        changes = new ChangesView(commands::apply, jump);
        timelineTab.setContent(timeline.node());
        resolvedTab.setContent(resolved.node());
        variablesTab.setContent(variables.node());
        changesTab.setContent(changes.node());
        good = new GoodView(context.corral().environment(), this::showGood);
        goodTab.setContent(good.node());
        tabs = new TabPane(timelineTab, resolvedTab, variablesTab, changesTab);
        tabs.setId("debug-tabs");
        tabs.getStyleClass().add("debug-tabs");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        box = new VBox(tools.node(), watch.line(), cards.node(), tabs);
        box.setId("machines-side");
        box.getStyleClass().add("machines-side");
        subscriptions = List.of(
                context.machines().work().subscribe(now -> show()),
                context.ticker().now().subscribe(now -> show()));
        context.commands().cancelling().addListener(cancelling);
        show();
    }

    /** One for a page of this window. */
    public static Optional<DebugSide> beside(PageContext context, BiConsumer<Path, Integer> jump) {
        return Optional.of(
                new MachinesSide(context, place -> jump.accept(Path.of(place.file()), Math.max(1, place.line()))));
    }

    private void look(Offer.Look what, MachineSteps steps, BootPane boot) {
        if (what == Offer.Look.CONSOLE) {
            boot.takePicture();
        } else {
            model.sandboxes().current().ifPresent(view -> steps.machine().view().ifPresent(machine -> context.dock()
                    .openTerminalAtFailure(view, machine)));
        }
    }

    private static Tab tab(String id, String title) {
        Tab tab = new Tab(title);
        tab.setId("debug-" + id);
        tab.setClosable(false);
        return tab;
    }

    /** What is shown. */
    @Override
    public Node node() {
        return box;
    }

    /** A Vagrantfile is being edited now; the same once more changes nothing. */
    @Override
    public void opened(Path vagrantfile) {
        model.open(vagrantfile);
    }

    @Override
    public void means(Path file, int line) {
        resolvedTab.getTabPane().getSelectionModel().select(resolvedTab);
        resolved.reveal(file, line);
    }

    @Override
    public void openedFor(Path vagrantfile, String sample, Map<String, String> itsVariables) {
        model.offer(vagrantfile, sample, itsVariables);
    }

    @Override
    public Optional<Path> copy(Path file) {
        return model.copy(file);
    }

    /** A file was saved: the Vagrantfile, or one that it reads or runs. */
    @Override
    public void saved(Path file) {
        model.saved();
    }

    /** Shows a new inventory. */
    public void update(Inventory inventory) {
        model.inventory(inventory);
    }

    /** The same as a page does it: what comes back shows it, on the FX thread. */
    @Override
    public Runnable prepare(Inventory inventory) {
        return () -> update(inventory);
    }

    @Override
    public void whenRead(Consumer<Optional<Resolution>> then) {
        told = then;
    }

    // What is drawn may call for drawing.
    private void show() {
        if (showing) {
            again = true;
            return;
        }
        showing = true;
        do {
            again = false;
            draw();
        } while (again);
        showing = false;
    }

    private void draw() {
        Instant now = Instant.now();
        if (model.reading().answers() != known) {
            known = model.reading().answers();
            told.accept(model.reading().latest());
        }
        Map<Tool, String> obstacles = model.obstacles();
        tools.show(obstacles);
        tools.show(
                model.sandboxes().all(),
                model.sandboxes().current(),
                model.file().isPresent());
        List<MachineSteps> timelines = model.timelines(now);
        cards.show(
                model.cards(timelines, now),
                model.proof(),
                model.sandboxes().story().isPresent(),
                now);
        timeline.show(
                TimelineRow.of(timelines),
                model.sandboxes().story().map(SandboxView::id).orElse(""),
                model.file());
        Optional<Resolution> said = model.reading().said();
        resolved.show(
                said,
                model.reading().trouble(),
                model.reading().unasked(),
                model.reading().underWay());
        List<VariableRow> rows = model.variableRows();
        variables.show(rows);
        sets.show(model.variables());
        title(variablesTab, "Variables", rows.size());
        changes.show(
                model.changes().found(),
                model.changes().note(),
                obstacles.getOrDefault(Tool.PROVISION, ""),
                name -> model.sandboxes()
                        .current()
                        .map(view -> view.plainName(name))
                        .orElse(name));
        title(changesTab, "Changes", model.changes().found().size());
        good.show(model.sandboxes().story());
        watch.show(model.watch().on(), model.watch().words(), model.changes().left());
        tellWhatIsSeen(timelines);
    }

    // What a card or the output tells needs no notice over it.
    private void tellWhatIsSeen(List<MachineSteps> timelines) {
        Set<String> now = new HashSet<>();
        if (inSight()) {
            timelines.stream()
                    .flatMap(one -> one.steps().stream())
                    .filter(step -> step.state() == Step.State.FAILED)
                    .flatMap(step -> step.run().stream())
                    .forEach(run -> now.add(run.operation().workflow()));
            model.proof()
                    .filter(proof -> proof.state() == Proof.State.FAILED)
                    .ifPresent(proof -> now.add(Notice.sandbox(proof.sandbox())));
        }
        // Another page that is in sight says what it shows itself.
        if (inSight() || !seen.isEmpty()) {
            context.onScreen().accept(now);
        }
        seen = now;
    }

    private boolean inSight() {
        for (Node node = box; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return box.getScene() != null;
    }

    // It has a tab only while there is a start that failed.
    private void showGood() {
        if (tabs == null) {
            return;
        }
        title(goodTab, "Last good", good.count());
        if (good.shown() && !tabs.getTabs().contains(goodTab)) {
            tabs.getTabs().add(1, goodTab);
        } else if (!good.shown()) {
            tabs.getTabs().remove(goodTab);
        }
    }

    private static void title(Tab tab, String word, int count) {
        String text = count == 0 ? word : word + " " + count;
        if (!text.equals(tab.getText())) {
            tab.setText(text);
        }
    }

    /** Ends what runs in the background. May be called twice. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::unsubscribe);
        context.commands().cancelling().removeListener(cancelling);
        output.close();
    }
}
