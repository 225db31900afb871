package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import java.util.List;

/** What Vagrant does not accept of a Vagrantfile. */
final class SettingFailures {
    static final List<FailureKind> ALL = List.of(
            named("unknown-part", Layer.VAGRANTFILE)
                    .saying("Unknown configuration section '(?<key>[^']+)'")
                    .means("Nothing that is installed knows config.{key}.")
                    .then("Correct the name, or install the plugin that brings it."),
            named("unknown-setting", Layer.VAGRANTFILE)
                    .saying("following settings shouldn't exist: (?<keys>.+)")
                    .means("There is no such setting: {keys}.")
                    .then("Correct the name in the Vagrantfile, or take it out."),
            named("unknown-provisioner", Layer.VAGRANTFILE)
                    .byClass("ProvisionerFlagInvalid")
                    .saying(
                            "The '(?<type>[^']+)' provisioner could not be found",
                            "'(?<type>[^']+)' is not a known provisioner")
                    .means("There is no provisioner[ {type}].")
                    .then("Correct its name; corral check says which types there are."),
            named("box-unnamed", Layer.VAGRANTFILE)
                    .saying("A box must be specified")
                    .means("The Vagrantfile names no box for the machine.")
                    .then("Set config.vm.box."),
            named("folder-absent", Layer.VAGRANTFILE)
                    .saying("host path of the shared folder is (?:missing|not supported)[^:]*: (?<path>.+)")
                    .means("The synced folder {path} is not there.")
                    .then("Make it, correct its name, or set create: true."),
            named("script-absent", Layer.VAGRANTFILE)
                    .saying(
                            "`path` for shell provisioner does not exist[^:]*: (?<path>.+)",
                            "File upload source file (?<path>.+?) must exist",
                            "`(?:playbook|config_file|inventory_path|galaxy_role_file|vault_password_file)`"
                                    + " does not exist[^:]*: (?<path>.+)",
                            "The source path provided for upload cannot be found[\\s\\S]{0,800}Source Path: (?<path>.+)")
                    .means("A provisioner names {path}, which is not there.")
                    .then("Put it beside the Vagrantfile, or correct its name."),
            named("script-encoding", Layer.VAGRANTFILE)
                    .saying("Invalid encoding '(?<encoding>[^']+)' for script at '(?<path>[^']+)'")
                    .means("The script {path} is written in {encoding}, which Vagrant does not take.")
                    .then("Save it as UTF-8."),
            named("host-name", Layer.VAGRANTFILE)
                    .saying("hostname set for the VM '?(?<name>[^' ]+)'? should only contain letters")
                    .means("{name} can be no host name.")
                    .then("Use letters, digits, hyphens and dots only in config.vm.hostname."),
            named("machine-unknown", Layer.VAGRANTFILE)
                    .byClass("MachineNotFound")
                    .saying("machine with the name '(?<name>[^']+)' was not found")
                    .means("The Vagrantfile defines no machine[ {name}].")
                    .then("Check the name, and the variables that it is made from."),
            named("trigger-exit", Layer.TRIGGER)
                    .byClass("TriggersBadExitCodes")
                    .saying("A script exited with an unacceptable exit code (?<code>\\d+)")
                    .means("The trigger{what} failed[: its script ended with exit code {code}].")
                    .then("Read its last lines, and correct config.trigger in the Vagrantfile."));

    private SettingFailures() {}
}
