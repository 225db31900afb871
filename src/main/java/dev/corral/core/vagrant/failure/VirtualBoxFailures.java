package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What VirtualBox complains about. */
final class VirtualBoxFailures {
    static final List<FailureKind> ALL = List.of(
            named("virtualbox-absent", Layer.PROVIDER)
                    .byClass("VirtualBoxNotDetected", "VBoxManageNotFoundError")
                    .saying("could not detect VirtualBox")
                    .means("VirtualBox is not installed.")
                    .then("Install it, or choose another provider with --provider or VAGRANT_DEFAULT_PROVIDER.")
                    .remedy(Remedy.Kind.DOCTOR),
            named("virtualbox-module", Layer.PROVIDER)
                    .byClass("VirtualBoxKernelModuleNotLoaded", "VirtualBoxInstallIncomplete")
                    .saying(
                            "VERR_VM_DRIVER_NOT_INSTALLED",
                            "vboxdrv kernel module is not loaded",
                            "kernel driver (?:not installed|is not accessible)")
                    .means("The kernel module of VirtualBox is not loaded.")
                    .then("Run sudo /sbin/vboxconfig, and sign the module where Secure Boot is on."),
            named("virtualization-taken", Layer.PROVIDER)
                    .saying("VERR_VMX_IN_VMX_ROOT_MODE|VERR_SVM_IN_USE")
                    .means("Another hypervisor, KVM for instance, uses the processor's virtualization.")
                    .then("Stop its machines (virsh list says which), or unload kvm_intel or kvm_amd."),
            named("virtualization-off", Layer.PROVIDER)
                    .saying(
                            "VERR_VMX_NO_VMX|VERR_VMX_MSR\\w*_DISABLED|VERR_SVM_DISABLED|VERR_SVM_NO_SVM",
                            "VT-x is (?:not available|disabled)",
                            "AMD-V is (?:not available|disabled)")
                    .means("The processor's virtualization is switched off or not there.")
                    .then("Switch it on in the firmware's settings; inside a VM, allow nested virtualization."),
            named("virtualbox-name-taken", Layer.PROVIDER)
                    .byClass("VirtualBoxNameExists", "VMNameExists")
                    .saying("VirtualBox machine with the name '(?<name>[^']+)' already exists")
                    .means("VirtualBox has a machine[ {name}] already, or its folder is left over.")
                    .then("Remove that one or its folder below VirtualBox VMs; corral's cleanup finds leftovers."),
            named("virtualbox-range", Layer.NETWORK)
                    .byClass("VirtualBoxInvalidHostSubnet")
                    .saying("IP address configured for the host-only network is not within the\\s+"
                            + "allowed ranges[\\s\\S]{0,800}?Address: (?<ip>\\S+)")
                    .means("VirtualBox does not allow the address[ {ip}] in a host-only network.")
                    .then("Use one in 192.168.56.0/21, or allow others in /etc/vbox/networks.conf."),
            named("virtualbox-user", Layer.PROVIDER)
                    .byClass("VirtualBoxUserMismatch")
                    .saying("created with a user that doesn't match")
                    .means("Another user made this machine, and VirtualBox lets only that user use it.")
                    .then("Work as that user, or destroy it there and start it here."),
            named("virtualbox-version", Layer.PROVIDER)
                    .byClass("VirtualBoxInvalidVersion")
                    .saying("version of VirtualBox installed\\s+that is not supported")
                    .means("This Vagrant does not know this version of VirtualBox.")
                    .then("Update Vagrant, or install a VirtualBox that it knows."),
            named("virtualbox-additions", Layer.FOLDER)
                    .byClass("VirtualBoxMountFailed")
                    .saying("unknown filesystem type 'vboxsf'")
                    .means(
                            "The guest can't mount VirtualBox's shared folders: its guest additions are missing or do not fit.")
                    .then("Use type: \"rsync\" for the folder, another box, or install the additions in it."),
            named("virtualbox-import", Layer.BOX)
                    .byClass("VMImportFailure")
                    .saying("The VM import failed")
                    .means("VirtualBox can't import the box.")
                    .then("See whether there is room on the disk; then remove the box and have it fetched again.")
                    .remedy(Remedy.Kind.FETCH_BOX_AGAIN));

    private VirtualBoxFailures() {}
}
