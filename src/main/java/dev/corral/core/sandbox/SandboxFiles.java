package dev.corral.core.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The files of one sandbox: Vagrant's root, which holds what a guest may be shown, and our own folder, which no guest can reach.
 *
 * <p>In layout 2 ours is {@code CACHE/.corral/sandboxes/ID}, and Vagrant's root is {@code CACHE/ID} or, where the Vagrantfile reads what
 * lies above its folder, deeper in it. In layout 1, and for sandboxes of the original plugin, both are {@code CACHE/ID}.
 *
 * @param directory Vagrant's root; its name is the sandbox's id, for vagrant-libvirt makes the names of VMs of it
 * @param own       our folder
 */
public record SandboxFiles(Path directory, Path own) {
    /** The folder for ours in a cache directory. */
    static final Path OURS = Path.of(SandboxStore.OWN, "sandboxes");
    /** A link in our folder to Vagrant's root, where that is not {@code CACHE/ID}. */
    static final String ROOT = "root";

    /** A sandbox of layout 1, or one of the original plugin: everything lies in one directory. */
    public static SandboxFiles inOne(Path directory) {
        return new SandboxFiles(directory, directory);
    }

    /** The sandbox's id. */
    public String id() {
        return directory.getFileName().toString();
    }

    /** Whether what is ours lies apart, as it does in layout 2. */
    public boolean apart() {
        return !own.equals(directory);
    }

    /** The entry of the cache directory that the sandbox is: Vagrant's root, or the folder in which that lies deeper. */
    public Path folder() {
        return apart() ? cache().resolve(id()) : directory;
    }

    /** All that the sandbox takes on disk, apart from its VMs: one tree, or two that are disjoint. */
    public List<Path> trees() {
        return apart() ? List.of(folder(), own) : List.of(directory);
    }

    /** The cache directory that the sandbox lies in, one of another INSPECT_SANDBOX_CACHE_SUFFIX for instance. */
    public Path cache() {
        Path cache = directory.getParent();
        if (apart()) {
            cache = own;
            for (int up = 0; up <= OURS.getNameCount(); up++) {
                cache = Objects.requireNonNull(cache.getParent());
            }
        }
        return Objects.requireNonNull(cache);
    }

    /** Our manifest. */
    public Path manifest() {
        return own.resolve("corral.json");
    }

    /** What happened, a line each. */
    public Path journal() {
        return own.resolve("journal.jsonl");
    }

    /** What was copied into Vagrant's root, with hashes. */
    public Path copied() {
        return own.resolve("copied.json");
    }

    /** The logs of Vagrant commands. */
    public Path logs() {
        return own.resolve("logs");
    }

    /** The name by which a journal tells of a log. */
    public String nameOf(Path log) {
        return own.relativize(log).toString();
    }

    /** The file whose lock says that a workflow changes this sandbox. */
    public Path lock() {
        return own.resolve("corral.lock");
    }

    /** The file whose lock is held for the moment in which the manifest is read, changed and written. */
    public Path manifestLock() {
        return own.resolve("corral.json.lock");
    }

    /** The file whose shared lock says that somebody works in a VM. */
    public Path use() {
        return own.resolve("corral.use");
    }

    /** SSH settings of this boot, as Vagrant gave them. */
    public Path sshConfig() {
        return own.resolve("ssh-config");
    }
}
