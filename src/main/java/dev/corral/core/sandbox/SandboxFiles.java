package dev.corral.core.sandbox;

import java.nio.file.Path;

/**
 * The files of one sandbox directory.
 *
 * @param directory the directory; its name is the sandbox's id
 */
public record SandboxFiles(Path directory) {

    /** The sandbox's id. */
    public String id() {
        return directory.getFileName().toString();
    }

    /** Our manifest. */
    public Path manifest() {
        return directory.resolve("corral.json");
    }

    /** What happened, a line each. */
    public Path journal() {
        return directory.resolve("journal.jsonl");
    }

    /** The copied Vagrantfile. */
    public Path vagrantfile() {
        return directory.resolve("Vagrantfile");
    }

    /** The logs of Vagrant commands. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** The file whose lock says that a workflow changes this sandbox. */
    public Path lock() {
        return directory.resolve("corral.lock");
    }

    /** The file whose lock is held for the moment in which the manifest is read, changed and written. */
    public Path manifestLock() {
        return directory.resolve("corral.json.lock");
    }

    /** The file whose shared lock says that somebody works in a VM. */
    public Path use() {
        return directory.resolve("corral.use");
    }

    /** SSH settings of this boot, as Vagrant gave them. */
    public Path sshConfig() {
        return directory.resolve("ssh-config");
    }
}
