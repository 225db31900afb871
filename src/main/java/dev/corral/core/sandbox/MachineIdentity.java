package dev.corral.core.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.SurveyedMachine;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * By what a machine is known at its hypervisor: what the start resolved before it was made, and the id that it was given. Kept beside the
 * manifest, out of the guests' and of Vagrant's reach: Vagrant forgets an id as soon as it looks in a wrong place.
 *
 * @param machine    Vagrant's name of it
 * @param provider   Vagrant's name of the provider
 * @param connection the connection to libvirt; empty for other providers
 * @param name       the name that it is given there; empty where the provider makes one up
 * @param says       whether the hypervisor's description of it names the Vagrantfile that it was made from
 * @param id         the provider's id; empty until it was made
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record MachineIdentity(
        String machine, String provider, String connection, String name, boolean says, String id) {
    private static final String FILE = "identities.json";
    private static final long LARGEST = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    /** Turns absent texts into empty ones. */
    public MachineIdentity {
        machine = Objects.requireNonNullElse(machine, "");
        provider = Objects.requireNonNullElse(provider, "");
        connection = Objects.requireNonNullElse(connection, "");
        name = Objects.requireNonNullElse(name, "");
        id = Objects.requireNonNullElse(id, "");
    }

    /** Where they are noted. */
    public static Path file(SandboxFiles files) {
        return files.own().resolve(FILE);
    }

    /**
     * Those of a sandbox; none where nothing is noted, as in older ones.
     *
     * @throws IOException if they are there but can not be read or understood: then nothing may be concluded from their absence
     */
    public static List<MachineIdentity> read(SandboxFiles files) throws IOException {
        try {
            List<MachineIdentity> noted = Json.mapper()
                    .readValue(OrdinaryFile.read(file(files), LARGEST), new TypeReference<List<MachineIdentity>>() {});
            if (noted == null || noted.contains(null)) {
                throw new IOException(file(files) + " can't be understood");
            }
            return List.copyOf(noted);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (JsonProcessingException e) {
            throw new IOException(file(files) + " can't be understood", e);
        }
    }

    /** Notes them, in the place of what was noted before; on disk when this returns. */
    public static void write(SandboxFiles files, List<MachineIdentity> identities) throws IOException {
        try (FileGuard held = guard(files)) {
            replace(files, identities);
        }
    }

    private static void replace(SandboxFiles files, List<MachineIdentity> identities) throws IOException {
        SafeFiles.replace(file(files), Json.mapper().writeValueAsBytes(identities));
    }

    // A window and a command may note something at the same time.
    private static FileGuard guard(SandboxFiles files) throws IOException {
        Path lock = files.own().resolve(FILE + ".lock");
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<FileGuard> guard = FileGuard.tryTake(lock);
        while (guard.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IOException(lock + " is held by another process");
            }
            LockSupport.parkNanos(LOOK.toNanos());
            guard = FileGuard.tryTake(lock);
        }
        return guard.get();
    }

    private static void change(SandboxFiles files, UnaryOperator<List<MachineIdentity>> change) throws IOException {
        try (FileGuard held = guard(files)) {
            List<MachineIdentity> before = read(files);
            List<MachineIdentity> now = change.apply(before);
            if (!now.equals(before)) {
                replace(files, now);
            }
        }
    }

    /**
     * Notes an id that is the sandbox's for certain. Others of the machine stay: they may be of a VM that is still there.
     *
     * @throws IOException if it can not be noted
     */
    public static void note(SandboxFiles files, String machine, String provider, String id) throws IOException {
        change(files, before -> noting(before, machine, provider, id));
    }

    private static List<MachineIdentity> noting(
            List<MachineIdentity> before, String machine, String provider, String id) {
        List<MachineIdentity> now = new ArrayList<>(before);
        List<MachineIdentity> same = before.stream()
                .filter(one -> one.machine.equals(machine) && one.provider.equals(provider))
                .toList();
        if (same.stream().noneMatch(one -> one.id.equals(id))) {
            MachineIdentity known =
                    same.isEmpty() ? new MachineIdentity(machine, provider, "", "", true, "") : same.getFirst();
            if (known.id.isEmpty()) {
                now.remove(known);
            }
            now.add(known.withId(id));
        }
        return now;
    }

    /**
     * Forgets the ids of machines that are confirmed to be gone.
     *
     * @throws IOException if that can not be noted
     */
    public static void forget(SandboxFiles files, Predicate<String> machines) throws IOException {
        if (read(files).isEmpty()) {
            return;
        }
        change(files, before -> before.stream()
                .map(one -> machines.test(one.machine) ? one.withId("") : one)
                .distinct()
                .toList());
    }

    /**
     * Whether a machine of which nothing says where it comes from may be this one by its name: one of which no id was noted, and that was
     * to say nothing either. The name alone is no proof: whoever uses the same Vagrantfile has a VM of the same name.
     */
    public boolean mayBe(SurveyedMachine other) {
        return id.isEmpty()
                && !says
                && !name.isEmpty()
                && other.source().isEmpty()
                && other.object().provider().equals(provider)
                && other.object().name().equals(name);
    }

    /** Whether a hypervisor says of a machine that it was made in this sandbox. Vagrant resolves links when it looks where it is. */
    public static boolean from(SurveyedMachine machine, SandboxFiles files) {
        try {
            Path project = Path.of(machine.source()).normalize().getParent();
            return files.directory().equals(project) || real(files.directory()).equals(project);
        } catch (InvalidPathException e) {
            // Somebody wrote a description of his own: then it is his.
            return false;
        }
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            // It is gone: then its name is all there is.
            return directory;
        }
    }

    /** Whether it is what Vagrant notes of this machine with this provider. */
    public boolean isOf(LocalMachine local) {
        return machine.equals(local.name()) && provider.equals(local.provider());
    }

    private MachineIdentity withId(String known) {
        return new MachineIdentity(machine, provider, connection, name, says, known);
    }

    /** As what Vagrant would note of it, in this project. */
    public LocalMachine local(Path project) {
        return new LocalMachine(
                machine,
                provider,
                id,
                project.resolve(".vagrant/machines").resolve(machine).resolve(provider));
    }
}
