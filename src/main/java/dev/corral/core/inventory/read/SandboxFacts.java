package dev.corral.core.inventory.read;

import dev.corral.core.base.FileLook;
import dev.corral.core.hypervisor.HostAnswers;
import dev.corral.core.inventory.items.DirectorySize;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.ManifestFile;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the files of one sandbox said when they were read.
 *
 * @param manifestStamp of the manifest
 * @param journalStamp  of the journal
 * @param ownStamp      of our folder: of the names in it, not of what they hold
 * @param layers        what they said of the sandbox
 * @param newer         whether a newer Corral wrote the manifest
 * @param bytes         what they take
 * @param noted         by what its machines are known
 */
record SandboxFacts(
        Stamp manifestStamp,
        Stamp journalStamp,
        Stamp ownStamp,
        SandboxReader.Layers layers,
        boolean newer,
        DirectorySize bytes,
        List<MachineIdentity> noted) {

    /**
     * Reads them.
     *
     * @param old as they were read before, of which what has not changed is taken over
     */
    static SandboxFacts read(SandboxFiles files, @Nullable SandboxFacts old) throws IOException {
        // Before anything is read: what changes meanwhile has another stamp.
        Instant now = Instant.now();
        FileLook look = new FileLook();
        Stamp manifestStamp = Stamp.of(files.manifest(), look);
        Stamp journalStamp = Stamp.of(files.journal(), look);
        Stamp ownStamp = Stamp.of(files.own(), look);
        ManifestFile file = old != null && old.manifestStamp.equals(manifestStamp)
                ? new ManifestFile(old.layers.manifest(), old.newer)
                : ManifestFile.read(files);
        JournalReader.JournalSummary told = old != null && old.journalStamp.equals(journalStamp)
                ? old.layers.told()
                : JournalReader.read(files.own(), new Journal(files.journal()).read());
        Instant createdAt = old != null
                ? old.layers.createdAt()
                : Files.readAttributes(files.own(), BasicFileAttributes.class)
                        .creationTime()
                        .toInstant();
        Map<LocalMachine, Optional<String>> local = new LinkedHashMap<>();
        for (LocalMachine machine : LocalState.machines(files.directory())) {
            local.put(machine, machine.box());
        }
        return new SandboxFacts(
                manifestStamp.toRemember(now),
                journalStamp.toRemember(now),
                ownStamp.toRemember(now),
                new SandboxReader.Layers(
                        files.directory(), file.manifest(), told, local, createdAt, Manifest.hosts(file.manifest())),
                file.newer(),
                DirectorySize.of(files),
                MachineIdentity.read(files));
    }

    /** Whether the files are still those that were read, as far as this look tells. */
    boolean isOf(SandboxFiles files, FileLook look) {
        return manifestStamp.equals(Stamp.of(files.manifest(), look))
                && journalStamp.equals(Stamp.of(files.journal(), look))
                && ownStamp.equals(Stamp.of(files.own(), look));
    }

    /** Whether there is a manifest that nobody can understand. */
    boolean damaged() {
        return !newer && layers.manifest().isEmpty() && !manifestStamp.equals(Stamp.ABSENT);
    }

    /**
     * Whether Vagrant noted a machine after that moment that these answers should tell of and do not. Looks only at files of such ones.
     *
     * @param told by provider and id, the machines of the answers
     */
    boolean notedAfter(Instant moment, Set<String> told, HostAnswers answers) {
        return layers.local().keySet().stream()
                .filter(machine -> !machine.id().isEmpty()
                        && !told.contains(machine.provider() + " " + machine.id())
                        && answers.tells(layers.hosts(), machine.provider()))
                .map(machine -> machine.directory().resolve("id").toFile().lastModified())
                .anyMatch(written -> written > moment.toEpochMilli());
    }

    /** The VMs that are noted anywhere, by provider and id. */
    Set<String> machines() {
        Set<String> machines = new HashSet<>();
        layers.local().keySet().stream()
                .filter(machine -> !machine.id().isEmpty())
                .forEach(machine -> machines.add(machine.provider() + " " + machine.id()));
        noted.stream().filter(one -> !one.id().isEmpty()).forEach(one -> machines.add(one.provider() + " " + one.id()));
        return machines;
    }
}
