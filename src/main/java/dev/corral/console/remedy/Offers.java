package dev.corral.console.remedy;

import dev.corral.console.shared.Texts;
import dev.corral.core.operation.remedy.HostFix;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which offers stand beside a failure: only what harms nobody's VM and loses nobody's work. Pure. */
public final class Offers {
    /** Can be done wherever a sandbox is known. */
    public static final Offer.Does HOLDER = new Offer.StopHolder();

    private static final int HIGHEST_PORT = 65535;
    /** Before any machine exists. */
    private static final Set<PhaseKind> BEFORE_MACHINES = EnumSet.of(PhaseKind.RESOLVE, PhaseKind.COPY, PhaseKind.LOAD);

    private static final Set<PhaseKind> BEFORE_DISKS = EnumSet.range(PhaseKind.RESOLVE, PhaseKind.BOX);
    private static final Set<PhaseKind> BEFORE_SSH = EnumSet.range(PhaseKind.RESOLVE, PhaseKind.BOOT);

    private Offers() {}

    /**
     * What is known of where it failed.
     *
     * @param can        what can be done again now, and looked at
     * @param provider   the machine's provider; empty if it is not known
     * @param connection the connection to libvirt
     * @param resolution what the saved Vagrantfile means; empty where nobody asked
     * @param fault      the place to mend; {@link Place#NONE} where it is not known, or stands beside the failure already
     * @param script     the script of the step that failed; empty where it has none
     */
    public record Situation(
            Set<Offer.Does> can,
            String provider,
            String connection,
            Optional<Resolution> resolution,
            Place fault,
            Optional<Path> script) {}

    /** The offers, the one that helps most first. */
    public static List<Offer> of(FailureView failure, Situation now) {
        if (failure.cancelled()) {
            return List.of();
        }
        List<Offer> offers = new ArrayList<>();
        failure.remedy().ifPresent(remedy -> offer(remedy, failure.in().kind(), now, offers));
        if (failure.in().kind() == PhaseKind.PROVISION) {
            look(
                    Offer.Look.SHELL,
                    "Shell where it failed",
                    "Opens a terminal in the directory of its script, with the script at hand",
                    now,
                    offers);
        }
        if (now.fault().known()) {
            offers.add(new Offer(
                    now.fault().line() > 0 ? "Open line " + now.fault().line() : "Open in the editor",
                    "Shows the place to mend in the editor",
                    new Offer.Jump(now.fault())));
        }
        return List.copyOf(offers);
    }

    private static void offer(Remedy remedy, PhaseKind in, Situation now, List<Offer> offers) {
        switch (remedy.kind()) {
            case UP -> again(Offer.Again.UP, now, offers);
            case RELOAD -> again(Offer.Again.RELOAD, now, offers);
            case PROVISION -> again(Offer.Again.PROVISION, now, offers);
            case ADD_BOX -> {
                host(remedy, in, BEFORE_DISKS, now, offers);
                again(Offer.Again.UP, now, offers);
            }
            case INSTALL_PLUGIN, REPAIR_PLUGINS -> host(remedy, in, BEFORE_MACHINES, now, offers);
            case START_NETWORK, START_POOL -> host(remedy, in, BEFORE_SSH, now, offers);
            case FREE_PORT ->
                otherPort(remedy.argument(), now)
                        .ifPresent(port -> offers.add(new Offer(
                                "Use another port",
                                "Forwards a free port of this computer instead of " + port.port()
                                        + ": changes that number in the Vagrantfile",
                                port)));
            case UNIX_LINE_ENDS ->
                now.script()
                        .ifPresent(script -> offers.add(new Offer(
                                "Unix line ends",
                                "Saves " + Texts.line(String.valueOf(script.getFileName()))
                                        + " with the line ends that a Linux shell wants",
                                new Offer.UnixLineEnds(script))));
            case FREE_SPACE ->
                look(Offer.Look.SPACE, "What takes room", "Shows what sandboxes and leftovers take", now, offers);
            case SHOW_CONSOLE ->
                look(Offer.Look.CONSOLE, "See its screen", "Takes a picture of what the VM shows now", now, offers);
            case DOCTOR ->
                look(Offer.Look.DOCTOR, "Doctor", "Checks what this computer lacks; changes nothing", now, offers);
            case WAIT -> {
                if (now.can().contains(HOLDER)) {
                    offers.add(new Offer(
                            "Stop it…",
                            "Says which process holds the machine, and asks before it interrupts that",
                            HOLDER));
                }
            }
            // What they would take may be somebody's: the words say what to do.
            case DESTROY_AND_UP, FETCH_BOX_AGAIN -> {}
        }
    }

    private static void again(Offer.Again what, Situation now, List<Offer> offers) {
        if (now.can().contains(what)) {
            offers.add(
                    switch (what) {
                        case UP -> new Offer("Try again", "Asks Vagrant for the same once more", what);
                        case RELOAD -> new Offer("Restart", "Restarts the VM with what is saved now", what);
                        case PROVISION ->
                            new Offer(
                                    "Provision again",
                                    "Runs provisioners again, from the one that failed where that is known",
                                    what);
                    });
        }
    }

    private static void look(Offer.Look what, String label, String help, Situation now, List<Offer> offers) {
        if (now.can().contains(what)) {
            offers.add(new Offer(label, help, what));
        }
    }

    // Later on Vagrant quotes what the guest's programs print, and a guest can print anything: what changes this
    // computer is offered only
    // where no guest had its say yet.
    private static void host(Remedy remedy, PhaseKind in, Set<PhaseKind> until, Situation now, List<Offer> offers) {
        if (!until.contains(in)) {
            return;
        }
        HostFix.of(remedy, now.provider(), now.connection())
                .ifPresent(fix -> offers.add(new Offer(fix.label(), fix.consequence(), new Offer.Host(fix))));
    }

    // Where two machines forward the same one, nobody knows which is meant.
    private static Optional<Offer.OtherPort> otherPort(String argument, Situation now) {
        int port = argument.matches("\\d{1,5}") ? Integer.parseInt(argument) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        List<Place> places = now.resolution().map(Resolution::machines).orElse(List.of()).stream()
                .flatMap(machine -> machine.networks().stream())
                .filter(network -> network.type().equals("forwarded_port")
                        && !network.implicit()
                        && network.options().path("host").asInt(0) == port)
                .map(ResolvedMachine.Network::place)
                .filter(place -> place.known() && place.line() > 0)
                .distinct()
                .toList();
        return places.size() == 1 ? Optional.of(new Offer.OtherPort(places.getFirst(), port)) : Optional.empty();
    }
}
