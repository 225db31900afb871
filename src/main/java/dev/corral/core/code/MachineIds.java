package dev.corral.core.code;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostContext;
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
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stands before each Vagrant command on a sandbox, as {@link SandboxCode} does: Vagrant finds a machine by an id in a file, and a guest
 * that has the folder as a share could write another's there, so that a destroy would take a VM of somebody else. Blocks.
 */
public final class MachineIds {
    private final Hypervisors hypervisors;

    /** Asks these hypervisors where a machine comes from that was noted nowhere. */
    public MachineIds(Hypervisors hypervisors) {
        this.hypervisors = hypervisors;
    }

    /**
     * Sees to it that Vagrant finds the machines that were made for the sandbox, or what a person wants it to find.
     *
     * @param context which hypervisors the sandbox's Vagrant talks to
     * @param say     gets a sentence about what was done, if an id was another
     * @throws ExpectedFailure if an id is another's and may not be used
     * @throws IOException     if that can't be told
     */
    public void check(SandboxFiles files, HostContext context, WhenChanged then, Consumer<String> say)
            throws IOException {
        List<LocalMachine> foreign = foreign(files, context);
        if (foreign.isEmpty()) {
            return;
        }
        String words = words(foreign);
        switch (then) {
            case USE -> {
                for (LocalMachine machine : foreign) {
                    MachineIdentity.note(files, machine.name(), machine.provider(), machine.id());
                }
                say.accept(
                        "Vagrant works on VMs that were not made for this sandbox as far as is known: " + words + ".");
            }
            case REFUSE ->
                throw ExpectedFailure.failed(
                        "The VM that Vagrant would work on was not made for " + files.id() + ": " + words + ".",
                        "If you made it by hand, say --changed use; if a guest wrote that id, --changed restore, which takes the "
                                + "one that was noted. " + WhenChanged.VARIABLE + " says it for all commands.");
            case RESTORE -> {
                Path aside = restore(files, foreign);
                if (!foreign(files, context).isEmpty()) {
                    throw ExpectedFailure.failed(
                            "In " + files.id() + " the id of a VM was put back and is changed again: " + words + ".",
                            "Something writes there: a guest with a share of that folder, most often. Try again.");
                }
                say.accept("The id of another VM, put back before Vagrant ran: " + words + ". What was there lies in "
                        + aside + ".");
            }
        }
    }

    private static String words(List<LocalMachine> machines) {
        return String.join(
                ", ",
                machines.stream()
                        .map(machine ->
                                PlainText.line(machine.name(), 100) + " as " + PlainText.line(machine.id(), 100))
                        .toList());
    }

    // Nothing is noted of sandboxes of older versions: they are used as they are.
    private List<LocalMachine> foreign(SandboxFiles files, HostContext context) throws IOException {
        List<MachineIdentity> noted = MachineIdentity.read(files);
        if (noted.isEmpty()) {
            return List.of();
        }
        List<LocalMachine> unknown = LocalState.machines(files.directory()).stream()
                .filter(machine -> !machine.id().isEmpty()
                        && noted.stream()
                                .noneMatch(one -> one.isOf(machine) && one.id().equals(machine.id())))
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        List<LocalMachine> foreign = new ArrayList<>();
        Survey survey = hypervisors.surveyOf(context);
        for (LocalMachine machine : unknown) {
            if (ours(files, survey, noted, machine)) {
                MachineIdentity.note(files, machine.name(), machine.provider(), machine.id());
            } else {
                foreign.add(machine);
            }
        }
        return foreign;
    }

    // Somebody may have run Vagrant by hand in the sandbox, or Corral was killed between a machine's making and its
    // note.
    private static boolean ours(SandboxFiles files, Survey survey, List<MachineIdentity> noted, LocalMachine machine) {
        List<MachineIdentity> same =
                noted.stream().filter(one -> one.isOf(machine)).toList();
        boolean made = same.stream().anyMatch(one -> !one.id().isEmpty());
        Optional<SurveyedMachine> there = survey.machines().stream()
                .filter(one -> one.object().provider().equals(machine.provider())
                        && one.object().id().equals(machine.id()))
                .findFirst();
        if (there.isEmpty()) {
            return !made;
        }
        if (!there.get().source().isEmpty()) {
            return MachineIdentity.from(there.get(), files);
        }
        String name = there.get().object().name();
        return name.contains(files.id())
                || !made
                        && same.stream()
                                .anyMatch(one ->
                                        one.name().isEmpty() || one.name().equals(name));
    }

    private static Path restore(SandboxFiles files, List<LocalMachine> foreign) throws IOException {
        List<MachineIdentity> noted = MachineIdentity.read(files);
        Mover mover = new Mover(files);
        Path aside = Restorer.setAside(files);
        int number = 0;
        for (LocalMachine machine : foreign) {
            Path target = machine.directory().resolve("id");
            Path away = aside.resolve(number++ + "-id");
            Optional<String> id = noted.stream()
                    .filter(one -> one.isOf(machine) && !one.id().isEmpty())
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
