package dev.corral.console.vagrantfile.machines;

import dev.corral.console.page.Action;
import dev.corral.console.remedy.Offer;
import dev.corral.console.remedy.Offers;
import dev.corral.console.remedy.SandboxWays;
import dev.corral.console.sandboxes.MachineRules;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.steps.MachineSteps;
import dev.corral.console.vagrantfile.steps.Step;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.Machines;
import dev.corral.console.work.Openable;
import dev.corral.console.work.SandboxCommands;
import dev.corral.console.work.Verb;
import dev.corral.core.hypervisor.console.ScreenPicture;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.diff.Difference;
import dev.corral.core.vagrantfile.hook.Selection;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Does what the tools say, to the machines of the open Vagrantfile. For the FX thread; what blocks runs elsewhere. */
final class DebugCommands {
    /** With these the tools take the saved file along. */
    private static final Set<Verb> TAKES_SAVED = EnumSet.of(Verb.UP, Verb.PROVISION, Verb.RELOAD);

    private final DebugModel model;
    private final SandboxCommands commands;
    private final MachineCommands machines;

    DebugCommands(DebugModel model, SandboxCommands commands, MachineCommands machines) {
        this.model = model;
        this.commands = commands;
        this.machines = machines;
    }

    /** Does it, if it makes sense now. */
    void run(Tool tool) {
        if (model.obstacles().containsKey(tool) || model.file().isEmpty()) {
            return;
        }
        Path file = model.file().get();
        Optional<SandboxView> sandbox = model.sandboxes().current();
        switch (tool) {
            case UP -> sandbox.ifPresentOrElse(view -> verb(Verb.UP, view), () -> start(file));
            case PROVISION -> sandbox.ifPresent(view -> verb(Verb.PROVISION, view));
            case RELOAD -> sandbox.ifPresent(view -> verb(Verb.RELOAD, view));
            case HALT -> sandbox.ifPresent(view -> machines.run(Verb.HALT, all(view)));
            case SUSPEND -> sandbox.ifPresent(view -> machines.run(Verb.SUSPEND, all(view)));
            case RESUME -> sandbox.ifPresent(view -> machines.run(Verb.RESUME, all(view)));
            case RESET -> sandbox.ifPresent(model.clean()::restore);
            case PROVE ->
                commands.startAside(request(file), title(file) + ", to prove it", begun -> model.proving(file, begun));
            case CANCEL -> sandbox.ifPresent(view -> commands.cancel(view.id()));
            case DESTROY -> sandbox.ifPresent(view -> commands.destroy(List.of(view), false));
        }
    }

    private void start(Path file) {
        commands.start(request(file), title(file), model::begun);
    }

    private StartRequest request(Path file) {
        return new StartRequest(
                file,
                Optional.empty(),
                model.variables(),
                Optional.empty(),
                true,
                Manifest.Origin.none(),
                Optional.empty(),
                false);
    }

    private static String title(Path file) {
        Path folder = file.getParent() == null ? file : file.getParent().getFileName();
        return Texts.line((folder == null ? "" : folder + "/") + file.getFileName());
    }

    private static Machines all(SandboxView view) {
        return new Machines(view, "");
    }

    private void verb(Verb verb, SandboxView view) {
        run(verb, all(view), Selection.ALL);
    }

    private void run(Verb verb, Machines those, Selection selection) {
        machines.runUpToDate(verb, those, model.original(those.sandbox()), selection);
    }

    /** What can be asked of the machine of a card; empty where the chosen sandbox is not there. */
    List<CardMenu.Offered> offered(MachineCard card) {
        return model.sandboxes()
                .current()
                .map(view -> CardMenu.Offered.of(
                        view,
                        card.machine().flatMap(machine -> view.machine(machine.name())),
                        machines.work().get()))
                .orElse(List.of());
    }

    /** Does it to the machine of a card, if it makes sense by now. */
    void verb(Action action, MachineCard card) {
        Optional<SandboxView> sandbox = model.sandboxes().current();
        Optional<MachineView> machine =
                sandbox.flatMap(view -> card.machine().flatMap(one -> view.machine(one.name())));
        if (machine.isEmpty()
                || offered(card).stream()
                        .noneMatch(
                                one -> one.action() == action && one.obstacle().isEmpty())) {
            return;
        }
        SandboxView view = sandbox.orElseThrow();
        Machines one = new Machines(view, machine.get().name());
        Verb verb = MachineRules.VERBS.get(action);
        if (verb == null) {
            MachineRules.oneOfSeveral(new Subject.Machine(view, machine.get()))
                    .ifPresentOrElse(
                            several -> machines.destroy(view, machine.get(), false),
                            () -> commands.destroy(List.of(view), false));
        } else if (TAKES_SAVED.contains(verb)) {
            run(verb, one, Selection.ALL);
        } else {
            machines.run(verb, one);
        }
    }

    /** Does it to one machine, once nothing else changes its sandbox any more. */
    void later(Verb verb, MachineView machine) {
        model.sandboxes().current().ifPresent(view -> {
            // Only these two take the saved file along.
            boolean saved = verb == Verb.PROVISION || verb == Verb.RELOAD;
            machines.runLater(
                    verb, new Machines(view, machine.name()), saved ? model.original(view) : Optional.empty());
        });
    }

    /** Runs this provisioner again as it is saved now, alone or with all after it. */
    void rerun(MachineSteps timeline, Step step, boolean onward) {
        model.sandboxes()
                .current()
                .filter(view -> mayRerun(timeline, step).isEmpty())
                .ifPresent(view -> run(
                        Verb.PROVISION,
                        new Machines(view, timeline.machine().fullName()),
                        (onward
                                        ? Selection.from(step.key().position())
                                        : Selection.only(step.key().position()))
                                .among(timeline.machine().provisioners().stream()
                                        .map(Selection.Candidate::of)
                                        .toList())));
    }

    /** Why a step can't be run again now; empty when it can. */
    Optional<String> mayRerun(MachineSteps timeline, Step step) {
        if (!step.rerunnable()) {
            return Optional.of("Only provisioners of the saved file can be run again");
        }
        if (timeline.machine().view().filter(view -> !view.id().isEmpty()).isEmpty()) {
            return Optional.of("There is no VM yet");
        }
        return Optional.ofNullable(model.obstacles().get(Tool.PROVISION));
    }

    /** What helps against the failure of a step; {@code fault} is the place to mend, which is linked beside it already. */
    List<Offer> offers(MachineSteps timeline, Step step, FailureView failure, Place fault) {
        Map<Tool, String> obstacles = model.obstacles();
        Set<Offer.Does> can = new HashSet<>(Set.of(Offer.Look.DOCTOR, Offer.Look.SPACE));
        if (timeline.machine()
                .view()
                .filter(view -> !view.id().isEmpty() && ScreenPicture.possible(view.provider()))
                .isPresent()) {
            can.add(Offer.Look.CONSOLE);
        }
        if (Openable.terminal(timeline.machine().view()).isEmpty()) {
            can.add(Offer.Look.SHELL);
        }
        if (model.sandboxes().current().isPresent()) {
            can.add(Offers.HOLDER);
        }
        if (!obstacles.containsKey(Tool.UP)) {
            can.add(Offer.Again.UP);
        }
        if (!obstacles.containsKey(Tool.RELOAD)) {
            can.add(Offer.Again.RELOAD);
        }
        if (mayRerun(timeline, step).isEmpty()) {
            can.add(Offer.Again.PROVISION);
        }
        return Offers.of(
                failure,
                new Offers.Situation(
                        can,
                        timeline.machine()
                                .resolved()
                                .flatMap(ResolvedMachine::provider)
                                .orElse(""),
                        SandboxWays.connection(model.sandboxes().story()),
                        model.reading().said(),
                        Place.NONE,
                        step.rerunnable() && fault.known() ? Optional.of(Path.of(fault.file())) : Optional.empty()));
    }

    /** Does again what failed. */
    void again(Offer.Again what, MachineSteps timeline, Step step) {
        switch (what) {
            case UP -> run(Tool.UP);
            case RELOAD -> run(Tool.RELOAD);
            case PROVISION -> rerun(timeline, step, true);
        }
    }

    // What it was made from starts again once the sandbox is gone; where it is not, nothing does.
    private void anew(SandboxView view) {
        Optional<Path> open = model.file();
        again(view, open)
                .ifPresent(request -> commands.replace(view, request, title(request.vagrantfile()), sandbox -> {
                    if (model.file().equals(open)) {
                        model.begun(sandbox);
                    }
                }));
    }

    // As it was started, with what is set here on top if it is the open file: another may be open by the time it
    // begins.
    private Optional<StartRequest> again(SandboxView view, Optional<Path> open) {
        Optional<Manifest.StartContext> context = view.manifest().map(Manifest::context);
        return view.manifest()
                .map(Manifest::vagrantfile)
                .filter(path -> !path.isBlank())
                .map(Path::of)
                .or(() -> open)
                .map(made -> {
                    Map<String, String> variables = new TreeMap<>(
                            context.map(Manifest.StartContext::variables).orElse(Map.of()));
                    if (open.equals(Optional.of(made))) {
                        variables.putAll(model.variables());
                    }
                    return new StartRequest(
                            made,
                            context.flatMap(Manifest.StartContext::primary).map(view::plainName),
                            variables,
                            context.flatMap(Manifest.StartContext::provider),
                            true,
                            Manifest.Origin.none(),
                            Optional.empty(),
                            false);
                });
    }

    /** Does what a difference needs until it holds. */
    void apply(Difference difference) {
        model.sandboxes().current().ifPresent(view -> {
            Machines one = new Machines(
                    view,
                    view.machine(difference.machine())
                            .map(machine -> machine.name())
                            .orElse(""));
            switch (difference.needs()) {
                case NOTHING -> {
                    // Then there is no button for it either.
                }
                case PROVISION ->
                    run(
                            Verb.PROVISION,
                            one,
                            difference.provisioner() > 0 && !one.machine().isEmpty()
                                    ? Selection.from(difference.provisioner())
                                    : Selection.ALL);
                case RELOAD -> run(Verb.RELOAD, one, Selection.ALL);
                case DESTROY -> anew(view);
            }
        });
    }
}
