package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What can be said when no particular failure was recognised. */
final class GeneralFailures {
    static final List<FailureKind> ALL = List.of(
            named("setting-refused", Layer.VAGRANTFILE)
                    .byClass("ConfigInvalid")
                    .means("Vagrant does not accept a setting of the Vagrantfile.")
                    .then("Correct the setting that Vagrant's lines name."),
            named("box", Layer.BOX)
                    .byClass("Box.*", "Downloader.*")
                    .saying("could not be found or\\ncould not be accessed", "(?s)\\A(?=.*(?i:box)).*couldn't be found")
                    .means("The box can't be found or fetched.")
                    .then("Check the name in config.vm.box, add the box with vagrant box add, or check the network."),
            named("provider", Layer.PROVIDER)
                    .byClass("Provider.*", "NoDefaultProvider")
                    .saying("(?s)\\A(?=.*provider ').*could not be found")
                    .means("No provider on this machine can run it.")
                    .then(
                            "Install the provider's Vagrant plugin, or choose another with --provider or VAGRANT_DEFAULT_PROVIDER.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("libvirt-silent", Layer.PROVIDER)
                    .byClass(".*LibvirtConnection.*")
                    .saying("Failed to connect socket|libvirt-sock")
                    .means("libvirt does not answer.")
                    .then("Start libvirtd, or run jpackage/run in a checkout: it sets that up.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("machine-locked", Layer.VAGRANT)
                    .byClass("MachineLocked", "MachineActionLockedError")
                    .means("Another Vagrant works on this machine.")
                    .then("Wait until it has ended, then try again.")
                    .remedy(Remedy.Kind.WAIT),
            named("index-unreadable", Layer.VAGRANT)
                    .byClass("CorruptMachineIndex")
                    .means("Vagrant's machine index is unreadable.")
                    .then("Restore or remove data/machine-index below VAGRANT_HOME."),
            named("boot-timeout", Layer.BOOT)
                    .byClass("VMBootTimeout")
                    .saying("Timed out while waiting for the machine to boot")
                    .means("The machine did not answer over SSH in time.")
                    .then("Raise config.vm.boot_timeout, or keep the failed machine and look at its console.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE),
            named("interrupted", Layer.VAGRANT)
                    .byClass("VagrantInterrupt")
                    .exiting(130)
                    .means("Vagrant was interrupted.")
                    .then("Start it again.")
                    .remedy(Remedy.Kind.UP),
            named("killed", Layer.VAGRANT)
                    .exiting(137, 143)
                    .means("Vagrant was killed.")
                    .then("Look for the reason (memory, another person), then start again."));

    private GeneralFailures() {}
}
