package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What goes wrong with synced folders. */
final class FolderFailures {
    static final List<FailureKind> ALL = List.of(
            named("rsync-absent", Layer.FOLDER)
                    .byClass("RSyncNotFound")
                    .saying("\"rsync\" could not be found on your PATH")
                    .means("rsync is not installed on this computer.")
                    .then("Install it; a synced folder uses it."),
            named("rsync-guest", Layer.FOLDER)
                    .byClass("RSyncNotInstalledInGuest", "RSyncGuestInstallError")
                    .saying(
                            "\"rsync\" was not detected as installed in your guest",
                            "Installation of rsync into the guest has failed",
                            "SSH command responded[\\s\\S]{0,400}\\b(?:install|add|-S)\\b[^\\n]{0,40}\\brsync\\b")
                    .means("The guest has no rsync, and it can't be installed there.")
                    .then("Switch the folder off with disabled: true, use another type, or a box that has rsync."),
            named("rsync-failed", Layer.FOLDER)
                    .byClass("RSyncError", "RsyncError", "RSyncPostCommandError")
                    .saying(
                            "error when attempting to rsync a (?:synced|share) folder[\\s\\S]{0,800}?Host path: (?<path>.+)")
                    .means("The folder[ {path}] can't be copied into the machine.")
                    .then(
                            "Read rsync's error in the lines below; often a file can't be read or the guest's disk is full."),
            named("folder-qemu", Layer.FOLDER)
                    .saying(
                            "cannot initialize fsdev [\\s\\S]{0,80}failed to open '(?<folder>[^']+)': Permission denied")
                    .means("QEMU may not open the folder {folder} that the Vagrantfile shares.")
                    .then(
                            "It runs as another user: let that one into the folder and those above it, run libvirt's QEMU as you, "
                                    + "or use type: \"rsync\"."),
            named("nfs-password", Layer.FOLDER)
                    .saying(
                            "sudo: (?:a password is required|a terminal is required|no tty present)[\\s\\S]{0,800}exports",
                            "exports[\\s\\S]{0,800}sudo: (?:a password|a terminal|no tty)")
                    .means("NFS folders need root on this computer, and sudo asks for a password.")
                    .then("Allow Vagrant's commands in sudoers, or use type: \"rsync\"."),
            named("nfs-absent", Layer.FOLDER)
                    .byClass("NFSNotSupported", "NFSNoHostonlyNetwork", "NFSClientNotInstalledInGuest")
                    .saying("machine doesn't support NFS")
                    .means(
                            "NFS can't be used here: its server is not installed, or the machine has no private network.")
                    .then("Install nfs-kernel-server, or use type: \"rsync\"."),
            named("nfs-exports", Layer.FOLDER)
                    .byClass("NFSBadExports", "NFSExportsFailed", "NFSCantReadExports", "NFSDupePerms")
                    .saying("exports file is invalid|install an updated NFS exports file|read your current NFS exports")
                    .means("/etc/exports is not in order, or may not be changed.")
                    .then("Correct it; lines of machines that are gone can be removed."),
            named("nfs-mount", Layer.FOLDER)
                    .byClass("NFSMountFailed", "LinuxNFSMountFailed")
                    .saying("mount\\.nfs: (?<why>.+)")
                    .means("The guest can't mount an NFS folder[: {why}].")
                    .then("See that the firewall lets NFS through from the machine's network, or use type: \"rsync\"."),
            named("folder-type", Layer.FOLDER)
                    .byClass("SyncedFolderUnusable", "NoDefaultSyncedFolderImpl")
                    .saying(
                            "synced folder type '(?<type>[^']+)' is reporting as unusable",
                            "No synced folder implementation is available")
                    .means("Folders can't be shared in this way[ ({type})] here.")
                    .then("Use type: \"rsync\", or install what that type needs."),
            named("folder-mount", Layer.FOLDER)
                    .byClass("LinuxMountFailed")
                    .saying("Failed to mount folders in Linux guest")
                    .means("The guest can't mount a synced folder.")
                    .then(
                            "Read mount's error in the lines below; type: \"rsync\" needs nothing of the guest's kernel."),
            named("guest-unknown", Layer.FOLDER)
                    .byClass("GuestNotDetected", "GuestCapabilityNotFound", "GuestCapabilityInvalid")
                    .saying(
                            "guest operating system of the machine could not be detected",
                            "attempted to execute the capability '(?<ability>[^']+)'")
                    .means("Vagrant does not know how to do something in this guest's system[: {ability}].")
                    .then("Set config.vm.guest, and switch off what needs it: host name, networks, synced folders."));

    private FolderFailures() {}
}
