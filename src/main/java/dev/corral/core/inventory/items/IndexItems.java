package dev.corral.core.inventory.items;

import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.InventoryItem.Machine;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Target;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxNames;
import dev.corral.core.vagrant.index.IndexEntry;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes items of entries in Vagrant's index that belong to no sandbox that exists. An entry does not hold the VM's id, so when
 * its directory is gone the VM is looked for by where it says that it comes from and by its name.
 */
final class IndexItems {
    // VirtualBox's and Docker's VMs by no name of their own are called after a directory, with a time behind it.
    private static final Pattern GIVEN_BY_VAGRANT = Pattern.compile(".+_\\d{10,13}(?:_\\d{1,5})?");

    private final Evidence evidence;
    private final Set<String> askable;
    private final Predicate<Path> exists;
    private final Claims claims;
    // Machines of projects that are there, by provider and id; read when they matter.
    private @Nullable Set<String> elsewhere;

    /**
     * @param claims  what belongs to which sandbox
     * @param askable providers whose hypervisors can be asked
     * @param exists  whether a directory is there
     */
    IndexItems(Evidence evidence, Claims claims, Set<String> askable, Predicate<Path> exists) {
        this.claims = claims;
        this.evidence = evidence;
        this.askable = askable;
        this.exists = exists;
    }

    private boolean elsewhere(SurveyedMachine machine) {
        if (elsewhere == null) {
            elsewhere = evidence.indexes().stream()
                    .flatMap(index -> index.entries().stream())
                    .map(entry -> entry.provider() + " " + entry.id().orElse(""))
                    .collect(Collectors.toSet());
        }
        return elsewhere.contains(
                machine.object().provider() + " " + machine.object().id());
    }

    /** Whether anything is there, as far as the disk tells: what nobody may look at may be there. */
    static boolean onDisk(Path directory) {
        return !Files.notExists(directory, LinkOption.NOFOLLOW_LINKS);
    }

    /** The item of an entry. */
    InventoryItem of(IndexEntry entry) {
        String folder = entry.project().getFileName() == null
                ? ""
                : entry.project().getFileName().toString();
        ItemState state;
        String reason;
        Optional<SurveyedMachine> machine = machine(entry, folder);
        if (exists.test(entry.project())) {
            state = ItemState.FOREIGN;
            reason = "It is of a Vagrant project elsewhere: "
                    + PlainText.line(entry.project().toString(), 300) + ".";
        } else if (machine.isPresent()) {
            state = ItemState.UNKNOWN;
            reason = "Its directory is gone, but its VM exists at " + PlainText.line(entry.provider(), 40) + ": "
                    + PlainText.line(machine.get().object().name(), 120) + ".";
        } else if (!askable.contains(entry.provider())) {
            state = ItemState.UNKNOWN;
            reason = "Its directory is gone, and nobody can ask " + PlainText.line(entry.provider(), 40)
                    + " whether its VM exists.";
        } else if (!evidence.survey().answers().allTell(entry.provider())) {
            state = ItemState.UNKNOWN;
            reason = "Its directory is gone, and " + entry.provider() + " does not say whether its VM exists.";
        } else if (perhaps(entry, folder).isPresent()) {
            state = ItemState.UNKNOWN;
            reason = "Its directory is gone, and nothing says that "
                    + PlainText.line(perhaps(entry, folder).get().object().name(), 120) + " at " + entry.provider()
                    + " is not its VM.";
        } else {
            state = ItemState.GHOST;
            reason = "Its directory is gone, and " + entry.provider() + " has no VM of it.";
        }
        return new InventoryItem(
                "index:" + entry.home() + ":" + entry.uuid(),
                ItemKind.INDEX_ENTRY,
                state,
                reason,
                entry.uuid().length() > 7 ? entry.uuid().substring(0, 7) : entry.uuid(),
                SandboxNames.isSandbox(folder) ? folder : "",
                List.of(new Machine(
                        PlainText.line(entry.name(), 120),
                        machine.map(known -> known.object().state())
                                .orElse(state == ItemState.GHOST ? MachineState.GONE : MachineState.UNKNOWN),
                        PlainText.line(entry.provider(), 40),
                        "")),
                Set.of(Layer.INDEX),
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Manifest.Origin.none(),
                PlainText.line(entry.provider(), 40),
                Optional.of(entry.project()),
                state == ItemState.FOREIGN || machine.isPresent()
                        ? new Target.None()
                        : new Target.IndexEntry(entry.home(), entry.uuid()));
    }

    // Also one that only might be it: an entry of a VM that lives must never go.
    private Optional<SurveyedMachine> machine(IndexEntry entry, String folder) {
        String name = plain(folder + "_" + entry.name());
        return evidence.survey().machines().stream()
                .filter(machine -> machine.object().provider().equals(entry.provider()))
                .filter(machine ->
                        Claims.source(machine).filter(entry.project()::equals).isPresent()
                                || !folder.isEmpty()
                                        && plain(machine.object().name()).startsWith(name)
                                || machine.disks().stream().anyMatch(disk -> disk.path()
                                        .startsWith(entry.localData().toString())))
                .findFirst();
    }

    // One that could be its VM under a name that the Vagrantfile fixed, which went with the directory: of which nothing
    // says where it
    // comes from, and which is neither a sandbox's nor that of a project that is there. vagrant-libvirt's names end
    // with the machine's.
    private Optional<SurveyedMachine> perhaps(IndexEntry entry, String folder) {
        return evidence.survey().machines().stream()
                .filter(machine -> machine.object().provider().equals(entry.provider())
                        && machine.source().isEmpty()
                        && !entry.provider().equals("qemu")
                        && !claims.claimed(machine)
                        && (entry.provider().equals("libvirt")
                                || !GIVEN_BY_VAGRANT
                                        .matcher(machine.object().name())
                                        .matches())
                        && SandboxNames.ofMachine(machine.object().name(), claims.known())
                                .filter(id -> !id.equals(folder))
                                .isEmpty()
                        && (!entry.provider().equals("libvirt")
                                || plain(machine.object().name()).contains(plain(entry.name())))
                        && !elsewhere(machine))
                .findFirst();
    }

    // Providers drop what they do not like from names, each in its own way.
    static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
