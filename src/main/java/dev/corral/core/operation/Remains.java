package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.Network;
import dev.corral.core.hypervisor.Survey;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.hypervisor.Volume;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxNames;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.index.IndexEntry;
import dev.corral.core.vagrant.index.MachineIndex;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left of a sandbox outside of its directory once Vagrant has done what it could. */
final class Remains {
    private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

    private final Hypervisors hypervisors;
    private final Path home;

    /** @param home the Vagrant home of sandboxes whose own is not known */
    Remains(Hypervisors hypervisors, Path home) {
        this.hypervisors = hypervisors;
        this.home = home;
    }

    /**
     * The machines that still exist at a hypervisor.
     *
     * @param context which hypervisors the sandbox's Vagrant talks to
     */
    List<HypervisorObject> of(HostContext context, List<LocalMachine> machines) {
        HypervisorSnapshot snapshot = hypervisors.ask(context, providers(machines));
        return machines.stream()
                .map(machine -> snapshot.find(context, machine.provider(), machine.id()))
                .flatMap(Optional::stream)
                .toList();
    }

    /** Whether every one of these machines has a hypervisor that can be asked, so that Vagrant's word is not needed. */
    boolean tellsAll(HostContext context, List<LocalMachine> machines) {
        HypervisorSnapshot snapshot = hypervisors.ask(context, providers(machines));
        return providers(machines).stream().allMatch(provider -> snapshot.tells(context, provider));
    }

    /**
     * The machines that were noted when they were made and that Vagrant notes no more: it may only have looked for them in a wrong place.
     * Those are left out that say of themselves that they are another's, for a file may fix the id.
     *
     * @param noted what Vagrant notes
     * @throws ExpectedFailure if a hypervisor that may have one does not say
     */
    List<LocalMachine> forgotten(SandboxFiles files, HostContext context, List<LocalMachine> noted) throws IOException {
        List<LocalMachine> lost = MachineIdentity.read(files).stream()
                .filter(one -> !one.id().isEmpty()
                        && hypervisors.known().contains(one.provider())
                        && noted.stream()
                                .noneMatch(machine -> machine.provider().equals(one.provider())
                                        && machine.id().equals(one.id())))
                .map(one -> one.local(files.directory()))
                .toList();
        if (lost.isEmpty()) {
            return lost;
        }
        Survey survey = hypervisors.surveyOf(context);
        return lost.stream()
                .filter(machine -> survey.machines().stream()
                        .noneMatch(there -> there.object().provider().equals(machine.provider())
                                && there.object().id().equals(machine.id())
                                && !there.source().isEmpty()
                                && !MachineIdentity.from(there, files)))
                .toList();
    }

    private static Set<String> providers(List<LocalMachine> machines) {
        Set<String> providers = new HashSet<>();
        machines.forEach(machine -> providers.add(machine.provider()));
        return providers;
    }

    /**
     * Has it confirmed that nothing of the sandbox is left, and removes what only its name ties to it: a VM, disk or network that
     * Vagrant was killed in the middle of making.
     *
     * @param context  which hypervisors the sandbox's Vagrant talks to
     * @param before   the machines that Vagrant noted before the destroy
     * @param halfMade whether Vagrant may have made something and not noted it
     * @throws ExpectedFailure if something is left or nobody can tell
     */
    void confirm(SandboxFiles files, HostContext context, List<LocalMachine> before, boolean halfMade)
            throws IOException {
        Set<String> providers = new HashSet<>(providers(before));
        LocalState.machines(files.directory()).forEach(machine -> providers.add(machine.provider()));
        Survey survey = hypervisors.surveyOf(context);
        HypervisorSnapshot snapshot = hypervisors.snapshot(survey, Map.of(context, providers));
        confirmGone(context, before, snapshot);
        stillNoted(LocalState.machines(files.directory()));
        Set<String> silent = new TreeSet<>(providers);
        silent.retainAll(hypervisors.known());
        silent.removeIf(provider -> snapshot.tells(context, provider));
        if (halfMade && !silent.isEmpty()) {
            throw ExpectedFailure.failed(
                    "Nobody could confirm that nothing of a half-made machine is left: "
                            + String.join(" ", snapshot.problems()),
                    "Mend that and destroy again; the directory stays until then.");
        }
        if (SandboxNames.isSandbox(files.id())) {
            sweep(files, survey);
        }
        if (halfMade) {
            requireNoLikeness(files, survey);
        }
    }

    /**
     * Has it confirmed that one machine is left nowhere.
     *
     * @param context which hypervisors the sandbox's Vagrant talks to
     * @param before  what Vagrant noted of it before the destroy
     * @throws ExpectedFailure if it is left or nobody can tell
     */
    void confirmGone(SandboxFiles files, HostContext context, List<LocalMachine> before) throws IOException {
        confirmGone(context, before, hypervisors.ask(context, providers(before)));
        stillNoted(LocalState.machines(files.directory()).stream()
                .filter(after -> after.name().equals(before.getFirst().name()))
                .toList());
    }

    private void confirmGone(HostContext context, List<LocalMachine> before, HypervisorSnapshot snapshot) {
        for (LocalMachine machine : before) {
            if (snapshot.find(context, machine.provider(), machine.id()).isPresent()) {
                throw ExpectedFailure.failed(
                        "vagrant destroy said it was done, but " + machine.provider() + " still has " + machine.name()
                                + ".",
                        "Destroy again; the directory stays, so that the VM is not lost.");
            }
            if (hypervisors.known().contains(machine.provider()) && !snapshot.tells(context, machine.provider())) {
                throw ExpectedFailure.failed(
                        "Nobody could confirm that " + machine.name() + " is gone: "
                                + String.join(" ", snapshot.problems()),
                        "Mend that and destroy again; the directory stays until then.");
            }
        }
    }

    // Of a provider that we can not ask, the id that Vagrant clears is the only witness.
    private void stillNoted(List<LocalMachine> machines) {
        for (LocalMachine after : machines) {
            if (!after.id().isEmpty() && !hypervisors.known().contains(after.provider())) {
                throw ExpectedFailure.failed(
                        "vagrant destroy said it was done, but still notes " + after.name() + ".",
                        "Destroy again; the directory stays, so that the VM is not lost.");
            }
        }
    }

    // Killed between making something and noting its id, Vagrant leaves what only a name or a source ties to us.
    private void sweep(SandboxFiles files, Survey survey) throws IOException {
        Set<String> used = new HashSet<>();
        List<SurveyedMachine> ours = new ArrayList<>();
        List<MachineIdentity> noted = MachineIdentity.read(files);
        for (SurveyedMachine machine : survey.machines()) {
            if (madeFrom(machine, files, noted)) {
                ours.add(machine);
            } else {
                machine.disks().forEach(disk -> used.add(disk.path()));
            }
        }
        try {
            for (SurveyedMachine machine : ours) {
                hypervisors.remove(machine.object());
            }
            for (Volume volume : survey.volumes()) {
                if (volume.name().startsWith(files.id() + "_") && !volume.boxCopy() && !used.contains(volume.path())) {
                    hypervisors.removeVolume(volume);
                }
            }
            for (Network network : survey.networks()) {
                if (SandboxNames.ofNetwork(network.name(), Set.of(files.id()))
                        .filter(files.id()::equals)
                        .isPresent()) {
                    hypervisors.removeNetwork(network);
                }
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    PlainText.line(String.valueOf(e.getMessage()), 300) + ".",
                    "Mend what it names and destroy again; the directory stays until then.",
                    e);
        }
    }

    // A name that the Vagrantfile fixes may be another's as well, who made his VM of the same file: it is never removed
    // for that, but
    // while it is there nobody can say that nothing of ours is left.
    private static void requireNoLikeness(SandboxFiles files, Survey survey) throws IOException {
        for (MachineIdentity one : MachineIdentity.read(files)) {
            if (!one.name().contains(files.id()) && survey.machines().stream().anyMatch(one::mayBe)) {
                throw ExpectedFailure.failed(
                        "A VM called " + PlainText.line(one.name(), 120) + ", as " + one.machine()
                                + " was to be, is at " + one.provider() + ", and nothing says whose it is.",
                        "If it is nobody's, remove it there; then destroy again. The directory stays until then.");
            }
        }
    }

    // A name with the sandbox's own id in it nobody else has.
    private static boolean madeFrom(SurveyedMachine machine, SandboxFiles files, List<MachineIdentity> noted) {
        String name = machine.object().name();
        return machine.source().isEmpty()
                ? name.startsWith(files.id() + "_")
                        || name.contains(files.id()) && noted.stream().anyMatch(one -> one.mayBe(machine))
                : MachineIdentity.from(machine, files);
    }

    /** Takes the sandbox's machines of these names, which are no more, out of Vagrant's index, where Vagrant itself did not. */
    void forget(SandboxFiles files, Optional<Manifest> manifest, Predicate<String> names) {
        try {
            Path folder = manifest.map(known -> known.context().environment().get("VAGRANT_HOME"))
                    .map(Path::of)
                    .orElse(home);
            Predicate<IndexEntry> ours = entry -> entry.project().equals(files.directory()) && names.test(entry.name());
            List<String> entries = MachineIndex.read(folder).entries().stream()
                    .filter(ours)
                    .map(IndexEntry::uuid)
                    .toList();
            if (!entries.isEmpty()) {
                MachineIndex.remove(folder, entries, ours);
            }
        } catch (ExpectedFailure | InvalidPathException e) {
            // What stays in the index is listed as a ghost and can be pruned; the machines are gone.
            LOG.warn("the entries of {} stay in Vagrant's index", files.id(), e);
        }
    }
}
