package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import dev.corral.core.vagrant.PhaseKind;
import java.util.List;

/** What this computer lacks. */
final class HostFailures {
    static final List<FailureKind> ALL = List.of(
            named("disk-full", Layer.HOST)
                    .saying("No space left on device|ENOSPC")
                    .means("The disk is full.")
                    .then("Free some space, or clean up sandboxes that nobody uses, then start again.")
                    .remedy(Remedy.Kind.FREE_SPACE),
            named("guest-disk-full", Layer.PROVISIONER)
                    .in(PhaseKind.PROVISION)
                    .printing("No space left on device")
                    .means("The provisioner{what} failed: a disk is full, the VM's own by the looks of it.")
                    .then("Give the VM a larger disk in its Vagrantfile, or have the provisioner write less."),
            named("memory-short", Layer.HOST)
                    .saying(
                            "cannot set up guest memory",
                            "[Cc]annot allocate memory",
                            "VERR_NO_MEMORY|VERR_NO_LOW_MEMORY",
                            "NoMemoryError|Errno::ENOMEM")
                    .means("This computer has not enough memory free for the machine.")
                    .then("Stop other machines, or give this one less memory in its provider's settings."),
            named("files-exhausted", Layer.HOST)
                    .saying("Too many open files|Errno::EMFILE")
                    .means("Vagrant may not open any more files.")
                    .then("Raise the limit with ulimit -n, or start fewer machines at once."),
            named("read-only", Layer.HOST)
                    .saying("Read-only file system(?: @ \\w+)?(?: - (?<file>\\S+))?")
                    .means("A file system can't be written any more[: {file}].")
                    .then("Look at the disk: a file system turns read-only when it has errors."),
            named("home-denied", Layer.HOST)
                    .byClass("HomeDirectoryNotAccessible", "LocalDataDirectoryNotAccessible")
                    .saying("Permission denied(?: @ \\w+)? - (?<file>\\S*\\.vagrant\\S*)")
                    .means("Vagrant may not write its own files[ ({file})].")
                    .then("Give them back to yourself; they were probably made with sudo."));

    private HostFailures() {}
}
