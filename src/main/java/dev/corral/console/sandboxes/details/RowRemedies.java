package dev.corral.console.sandboxes.details;

import dev.corral.console.messages.DockPort;
import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.Reveal;
import dev.corral.console.remedy.Offer;
import dev.corral.console.remedy.Offers;
import dev.corral.console.remedy.Remedies;
import dev.corral.console.remedy.SandboxWays;
import dev.corral.console.sandboxes.RowRules;
import dev.corral.console.sandboxes.Subject;
import dev.corral.console.work.Openable;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.Place;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is offered beside the failure of the chosen row. For the FX thread. */
public final class RowRemedies {
    private static final Map<Offer.Again, Action> AGAIN = new EnumMap<>(Map.of(
            Offer.Again.UP, Action.UP,
            Offer.Again.RELOAD, Action.RELOAD,
            Offer.Again.PROVISION, Action.PROVISION));

    private final Actions actions;
    private final Remedies remedies;
    private final Navigation navigation;
    private final DockPort dock;

    /**
     * @param actions    what can be done with the chosen row
     * @param remedies   does the rest
     * @param navigation shows the editor
     * @param dock       opens terminals
     */
    public RowRemedies(Actions actions, Remedies remedies, Navigation navigation, DockPort dock) {
        this.dock = dock;
        this.actions = actions;
        this.remedies = remedies;
        this.navigation = navigation;
    }

    /** The offers for a failure of this row. */
    static List<Offer> offers(FailureView failure, Subject subject, RowRules rules) {
        Optional<SandboxView> story = story(subject);
        Set<Offer.Does> can = new HashSet<>(Set.of(Offer.Look.DOCTOR, Offer.Look.SPACE));
        if (gone(subject)) {
            if (!rules.obstacles().containsKey(Action.START)) {
                can.add(Offer.Again.UP);
            }
        } else {
            AGAIN.forEach((what, action) -> {
                if (!rules.obstacles().containsKey(action)) {
                    can.add(what);
                }
            });
        }
        if (subject.sandbox().isPresent()) {
            can.add(Offers.HOLDER);
        }
        if (failed(subject, failure).isPresent()) {
            can.add(Offer.Look.SHELL);
        }
        return Offers.of(
                failure,
                new Offers.Situation(
                        can,
                        SandboxWays.provider(story),
                        SandboxWays.connection(story),
                        Optional.empty(),
                        subject.original()
                                .filter(file -> failure.vagrantfileLine() > 0 || inTheFile(failure))
                                .map(file -> new Place(file.toString(), failure.vagrantfileLine()))
                                .orElse(Place.NONE),
                        Optional.empty()));
    }

    private static Optional<SandboxView> story(Subject subject) {
        return RowRules.story(subject);
    }

    // The machine that failed, as long as there is a way into it.
    private static Optional<MachineView> failed(Subject subject, FailureView failure) {
        return subject.sandbox()
                .flatMap(view -> view.machine(failure.machine()))
                .filter(machine -> Openable.terminal(Optional.of(machine)).isEmpty());
    }

    // What only the editor can mend at once.
    private static boolean inTheFile(FailureView failure) {
        return failure.remedy()
                .filter(remedy -> remedy.kind() == Remedy.Kind.FREE_PORT || remedy.kind() == Remedy.Kind.UNIX_LINE_ENDS)
                .isPresent();
    }

    private static boolean gone(Subject subject) {
        return subject instanceof Subject.Sandbox sandbox && sandbox.ended()
                || subject.sandbox().isEmpty();
    }

    /** Does what is offered. */
    void run(Offer offer, Subject subject, FailureView failure) {
        remedies.run(
                offer,
                new SandboxWays(
                        story(subject),
                        what -> actions.run(gone(subject) ? Action.START : AGAIN.getOrDefault(what, Action.UP)),
                        place -> navigation.go(
                                new Reveal.Vagrantfile(subject.original(), subject.vagrantfile(), place.line())),
                        what -> story(subject).ifPresent(view -> failed(subject, failure)
                                .ifPresent(machine -> dock.openTerminalAtFailure(view, machine)))));
    }
}
