package dev.corral.core.code;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before each Vagrant command on a sandbox, as {@link SandboxCode} does: Vagrant finds a machine by an id in a file, and a guest
 * that has the folder as a share could write another's there, so that a destroy would take a VM of somebody else. Blocks.
 */
public final class MachineIds {
    private static final Logger LOG = LoggerFactory.getLogger(MachineIds.class);
    /** As libvirt, VirtualBox and Docker write an id themselves. */
    private static final Pattern EXACT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}");

    private final Hypervisors hypervisors;

    /** Asks these hypervisors where a machine comes from that was noted nowhere. */
    public MachineIds(Hypervisors hypervisors) {
        this.hypervisors = hypervisors;
    }

    /**
     * Sees to it that Vagrant finds the machines that were made for the sandbox, or what a person wants it to find. Whoever has it put
     * something back holds the sandbox's lock.
     *
     * @param context which hypervisors the sandbox's Vagrant talks to
     * @param say     gets a sentence about what was done, if an id was another
     * @return what was put aside and may be a VM that nothing says whose it is; empty most often
     * @throws ExpectedFailure if an id is another's and may not be used, or a hypervisor that would know does not say
     * @throws IOException     if that can't be told
     */
    public List<LocalMachine> check(SandboxFiles files, HostContext context, WhenChanged then, Consumer<String> say)
            throws IOException {
        List<Judged> foreign = foreign(files, context, machine -> true);
        if (foreign.isEmpty()) {
            return List.of();
        }
        String words = words(foreign);
        switch (then) {
            case USE -> {
                for (Judged one : foreign) {
                    note(files, one.machine());
                }
                say.accept(
                        "Vagrant works on VMs that were not made for this sandbox as far as is known: " + words + ".");
            }
            case REFUSE -> throw refused(files, words);
            case RESTORE -> {
                Path aside = restore(files, foreign);
                if (!foreign(files, context, machine -> true).isEmpty()) {
                    throw ExpectedFailure.failed(
                            "In " + files.id() + " the id of a VM was put back and is changed again: " + words + ".",
                            "Something writes there: a guest with a share of that folder, most often. Try again.");
                }
                say.accept("The id of another VM, put back before Vagrant ran: " + words + ". What was there lies in "
                        + aside + ".");
                return foreign.stream()
                        .filter(one -> one.verdict() == Verdict.NOBODYS)
                        .map(Judged::machine)
                        .toList();
            }
        }
        return List.of();
    }

    /**
     * Whether one machine is the sandbox's own.
     *
     * @throws ExpectedFailure if a hypervisor that would know does not say
     */
    public boolean own(SandboxFiles files, HostContext context, String machine) throws IOException {
        return foreign(files, context, local -> local.name().equals(machine)).isEmpty();
    }

    /** The failure of who may not put anything back. */
    public static ExpectedFailure refused(SandboxFiles files, String what) {
        return ExpectedFailure.failed(
                "The VM that Vagrant would work on was not made for " + files.id() + ": " + what + ".",
                "If you made it by hand, say --changed use; if a guest wrote that id, --changed restore, which takes the "
                        + "one that was noted. " + WhenChanged.VARIABLE + " says it for all commands.");
    }

    /**
     * Notes the ids that Vagrant notes now, just after it may have made machines: of those that are the sandbox's as far as can be known.
     * Nothing is noted of those of which that can't be told; the next command asks again. Of a provider that can't be asked Vagrant alone
     * knows.
     */
    public void learn(SandboxFiles files, HostContext context) {
        try {
            if (MachineIdentity.read(files).isEmpty()) {
                for (LocalMachine machine : made(files)) {
                    note(files, machine);
                }
                return;
            }
            for (Judged one : foreign(files, context, machine -> true)) {
                if (!hypervisors.known().contains(one.machine().provider())) {
                    note(files, one.machine());
                }
            }
        } catch (ExpectedFailure | IOException e) {
            LOG.warn("the ids of the machines of {} can't be noted", files.id(), e);
        }
    }

    /** The machines that Vagrant notes now and that are the sandbox's own; all of a sandbox of which nothing was noted. */
    public List<LocalMachine> ours(SandboxFiles files, HostContext context) throws IOException {
        List<MachineIdentity> noted = MachineIdentity.read(files);
        List<LocalMachine> made = made(files);
        if (noted.isEmpty() || made.stream().allMatch(machine -> isNoted(noted, machine))) {
            return made;
        }
        Survey survey = hypervisors.surveyOf(context);
        return made.stream()
                .filter(machine ->
                        isNoted(noted, machine) || judge(files, context, survey, noted, machine) == Verdict.OWN)
                .toList();
    }

    private static List<LocalMachine> made(SandboxFiles files) throws IOException {
        return LocalState.machines(files.directory()).stream()
                .filter(machine -> !machine.id().isEmpty())
                .toList();
    }

    private static boolean isNoted(List<MachineIdentity> noted, LocalMachine machine) {
        return noted.stream().anyMatch(one -> one.isOf(machine) && one.id().equals(machine.id()));
    }

    private static void note(SandboxFiles files, LocalMachine machine) throws IOException {
        MachineIdentity.note(files, machine.name(), machine.provider(), machine.id());
    }

    // It is judged again where it is not noted: a full disk keeps nothing from being destroyed.
    private static void noteIfThereIsRoom(SandboxFiles files, LocalMachine machine) {
        try {
            note(files, machine);
        } catch (IOException e) {
            LOG.warn("the id of {} of {} can't be noted", machine.name(), files.id(), e);
        }
    }

    private static String words(List<Judged> machines) {
        return String.join(
                ", ",
                machines.stream()
                        .map(Judged::machine)
                        .map(machine ->
                                PlainText.line(machine.name(), 100) + " as " + PlainText.line(machine.id(), 100))
                        .toList());
    }

    private enum Verdict {
        /** Made in this sandbox. */
        OWN,
        /** Nothing that exists has this id. */
        NOTHING,
        /** Somebody else's. */
        OTHERS,
        /** It may exist, and nothing says whose it is. */
        NOBODYS
    }

    private record Judged(LocalMachine machine, Verdict verdict) {}

    // Nothing is noted of sandboxes of older versions: they are used as they are.
    private List<Judged> foreign(SandboxFiles files, HostContext context, Predicate<LocalMachine> which)
            throws IOException {
        List<MachineIdentity> noted = MachineIdentity.read(files);
        if (noted.isEmpty()) {
            return List.of();
        }
        List<LocalMachine> unknown = made(files).stream()
                .filter(which.and(machine -> !isNoted(noted, machine)))
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        List<Judged> foreign = new ArrayList<>();
        Survey survey = hypervisors.surveyOf(context);
        for (LocalMachine machine : unknown) {
            Verdict verdict = judge(files, context, survey, noted, machine);
            if (verdict == Verdict.OWN) {
                noteIfThereIsRoom(files, machine);
            } else if (verdict != Verdict.NOTHING) {
                foreign.add(new Judged(machine, verdict));
            }
        }
        return foreign;
    }

    // Somebody may have run Vagrant by hand in the sandbox, or Corral was killed between a machine's making and its
    // note.
    private Verdict judge(
            SandboxFiles files, HostContext context, Survey survey, List<MachineIdentity> noted, LocalMachine machine) {
        List<MachineIdentity> same =
                noted.stream().filter(one -> one.isOf(machine)).toList();
        boolean made = same.stream().anyMatch(one -> !one.id().isEmpty());
        if (!hypervisors.known().contains(machine.provider())) {
            return made ? Verdict.NOBODYS : Verdict.OWN;
        }
        HypervisorSnapshot snapshot = hypervisors.snapshot(survey, Map.of(context, Set.of(machine.provider())));
        if (!snapshot.tells(context, machine.provider())) {
            throw ExpectedFailure.failed(
                            "Whose VM it is that " + machine.name() + " of " + files.id() + " names can't be told: "
                                    + String.join(" ", snapshot.problems()),
                            "Mend that and try again.")
                    .withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
        Optional<SurveyedMachine> there = find(survey, machine.provider(), machine.id());
        if (there.isEmpty()) {
            // A tool may take a name, or other letters, for the same machine.
            return !made && EXACT.matcher(machine.id()).matches() ? Verdict.NOTHING : Verdict.NOBODYS;
        }
        if (!there.get().source().isEmpty()) {
            return MachineIdentity.from(there.get(), files) ? Verdict.OWN : Verdict.OTHERS;
        }
        String name = there.get().object().name();
        boolean free = same.stream()
                .noneMatch(one -> !one.id().isEmpty()
                        && find(survey, one.provider(), one.id()).isPresent());
        boolean named = free
                && same.stream()
                        .anyMatch(one -> !one.name().isEmpty() && one.name().equals(name));
        return named || name.contains(files.id()) ? Verdict.OWN : Verdict.NOBODYS;
    }

    private static Optional<SurveyedMachine> find(Survey survey, String provider, String id) {
        return survey.machines().stream()
                .filter(one -> one.object().provider().equals(provider)
                        && one.object().id().equals(id))
                .findFirst();
    }

    private static Path restore(SandboxFiles files, List<Judged> foreign) throws IOException {
        List<MachineIdentity> noted = MachineIdentity.read(files);
        Mover mover = new Mover(files);
        Path aside = Restorer.setAside(files);
        int number = 0;
        for (Judged one : foreign) {
            LocalMachine machine = one.machine();
            Path target = machine.directory().resolve("id");
            Path away = aside.resolve(number++ + "-id");
            Optional<String> id = noted.stream()
                    .filter(known -> known.isOf(machine) && !known.id().isEmpty())
                    .map(MachineIdentity::id)
                    .reduce((first, last) -> last);
            if (id.isEmpty()) {
                mover.takeAway(target, away);
                continue;
            }
            Path ready = Files.writeString(aside.resolve("ready-" + number++), id.get());
            Path wayside = aside.resolve("folder-" + number++);
            mover.makeFolders(Objects.requireNonNull(target.getParent()), folder -> wayside);
            mover.takeAway(target, away);
            mover.put(ready, target);
        }
        return aside;
    }
}
