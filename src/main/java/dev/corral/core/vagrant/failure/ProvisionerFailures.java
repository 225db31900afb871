package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import dev.corral.core.vagrant.PhaseKind;
import java.util.List;
import java.util.stream.Stream;

/** Why provisioners fail, by what they print last. */
final class ProvisionerFailures {
    // A script may try a command that is not there, and go on without it.
    private static final String NEAR_THE_END = "$(?:\\n.*){0,2}\\z";
    private static final String FAILED = "The provisioner{what} failed: ";

    static final List<FailureKind> ALL = Stream.of(
                    printed(
                                    "script-line-ends",
                                    // A backslash and an r arrive as a carriage return, which ends a line.
                                    "\\$'(?:\\\\r|\n)?': command not found",
                                    "\\^M: bad interpreter|bad interpreter: .*\\^M",
                                    "env: ['‘](?:bash|sh)(?:\\\\r|\n)?['’]: No such file")
                            .means(FAILED + "the script has Windows line ends, which a Linux shell takes for letters.")
                            .then("Save it with Unix line ends (LF), then provision again.")
                            .remedy(Remedy.Kind.UNIX_LINE_ENDS),
                    printed("script-interpreter", "cannot execute: required file not found" + NEAR_THE_END)
                            .means(FAILED + "the machine has no such program as the script's first line names.")
                            .then(
                                    "See that the script has Unix line ends (LF): with Windows line ends no name there is right. "
                                            + "Else correct the name after #!, or install that program."),
                    printed("guest-memory", "^Killed$", "Out of memory|oom-kill|Cannot allocate memory")
                            .means(FAILED + "the machine ran out of memory.")
                            .then("Give it more memory in its provider's settings, restart it, then provision again.")
                            .remedy(Remedy.Kind.RELOAD),
                    printed(
                                    "guest-offline",
                                    "Temporary failure (?:in name resolution|resolving) ?'?(?<host>[\\w.-]*)",
                                    "Could not resolve host: (?<host>[\\w.-]+)",
                                    "Could not resolve '(?<host>[^']+)'",
                                    "unable to resolve host address ['‘](?<host>[^'’]+)",
                                    "Network is unreachable")
                            .means(FAILED + "the machine has no way to the internet[, it can't find {host}].")
                            .then("Check its network and this computer's, then provision again.")
                            .remedy(Remedy.Kind.PROVISION),
                    printed(
                                    "apt-locked",
                                    "Could not get lock (?<file>/var/lib/\\S+?)[.\\s]",
                                    "Unable to acquire the dpkg frontend lock")
                            .means(FAILED + "another program in the machine installs packages just now.")
                            .then("Provision again in a minute, or wait for apt-daily in the script.")
                            .remedy(Remedy.Kind.PROVISION),
                    printed(
                                    "package-unknown",
                                    "Unable to locate package (?<package>\\S+)",
                                    "Package '?(?<package>[\\w.+-]+)'? has no installation candidate",
                                    "No package (?<package>\\S+) available",
                                    "No match for argument: (?<package>\\S+)",
                                    "(?<package>\\S+) \\(no such package\\)")
                            .means(FAILED + "there is no package {package} where the machine looks for it.")
                            .then("Run apt-get update first in the script, and check the name."),
                    printed("packages-outdated", "E: Failed to fetch (?<url>\\S+)", "404 +Not Found \\[IP")
                            .means(FAILED + "a package is not where the machine's lists say it is.")
                            .then("Run apt-get update first in the script, then provision again.")
                            .remedy(Remedy.Kind.PROVISION),
                    printed("clock-wrong", "Release file .* is not valid yet", "certificate is not yet valid")
                            .means(FAILED + "the machine's clock is wrong, so that it trusts no server.")
                            .then("Restart the machine, or have it set its clock first.")
                            .remedy(Remedy.Kind.RELOAD),
                    printed("pip-managed", "externally-managed-environment")
                            .means(FAILED + "pip may not install into the system's own Python.")
                            .then("Use a virtual environment (python3 -m venv) or the distribution's package."),
                    printed("sudo-password", "sudo: (?:a password is required|a terminal is required|no tty present)")
                            .means(FAILED + "sudo asks for a password, and nobody can give it.")
                            .then("Let the user who logs in use sudo without one, or leave privileged on."),
                    printed("docker-daemon", "Cannot connect to the Docker daemon")
                            .means(FAILED
                                    + "the Docker daemon does not run in the machine, or the user may not use it.")
                            .then("Start it in the script, and use sudo or a new login for the group."),
                    printed(
                                    "script-syntax",
                                    "syntax error near unexpected token",
                                    "syntax error: unexpected",
                                    "unexpected end of file",
                                    "unexpected EOF while looking for")
                            .means(FAILED + "the script has a syntax error.")
                            .then("Correct it where the lines below say, then provision again.")
                            .remedy(Remedy.Kind.PROVISION),
                    printed(
                                    "command-absent",
                                    "(?:^|[:\\s])(?<command>[\\w./+-]+): (?:command )?not found" + NEAR_THE_END,
                                    "env: ['‘](?<command>[\\w.-]+)['’]: No such file or directory" + NEAR_THE_END)
                            .means(FAILED + "there is no {command} in the machine.")
                            .then("Install it first, or check its name and the PATH (root's is another)."),
                    printed("ansible-unreachable", "fatal: \\[(?<host>[^\\]]+)\\]: UNREACHABLE!")
                            .means(FAILED + "Ansible can't log in to {host}.")
                            .then("Compare the inventory with corral ssh-config; user, port and key must be the same."),
                    printed("ansible-task", "fatal: \\[(?<host>[^\\]]+)\\]: FAILED!")
                            .means(FAILED + "a task of the playbook fails on {host}.")
                            .then("Read the task above that line, mend it, then provision again.")
                            .remedy(Remedy.Kind.PROVISION),
                    named("ansible-absent", Layer.PROVISIONER)
                            .byClass("AnsibleNotFoundOnHost", "AnsibleNotFoundOnGuest", "AnsibleCommandNotFound")
                            .saying(
                                    "The Ansible software could not be found[\\s\\S]{0,800}?on your (?<where>host|guest)")
                            .means("Ansible is not installed[ on the {where}].")
                            .then(
                                    "Install it there, or use the provisioner ansible_local, which installs it in the machine."),
                    named("upload-denied", Layer.PROVISIONER)
                            .byClass("SCPPermissionDenied")
                            .saying("Failed to upload a file to the guest VM via SCP due to a permissions"
                                    + "\\s+error[\\s\\S]{0,800}?Dest: (?<file>\\S+)")
                            .means("A file can't be written in the machine[: {file}].")
                            .then("Upload to /tmp, and move it with a shell provisioner, which is root."),
                    // A script that restarts the machine ends well for Vagrant, and the next step finds nobody.
                    named("machine-not-back", Layer.PROVISIONER)
                            .in(PhaseKind.PROVISION)
                            .byClass("SSHNoRoute", "SSHHostDown", "SSHConnectionTimeout", "SSHConnectionRefused")
                            .saying("\"no route to host\"", "\"host is down\"", "SSH connection was refused")
                            .means(FAILED
                                    + "the machine can't be reached any more, as after a script that restarts it.")
                            .then("Look at the step before it: use reboot: true of the shell provisioner "
                                    + "instead of restarting in the script.")
                            .remedy(Remedy.Kind.PROVISION),
                    named("machine-went-away", Layer.PROVISIONER)
                            .in(PhaseKind.PROVISION)
                            .byClass("SSHDisconnected", "SSHConnectionReset", "SSHConnectionAborted", "SSHNoExitStatus")
                            .saying("closed by remote host|SSH connection was unexpectedly closed")
                            .means(
                                    "The provisioner{what} failed: the connection broke, as it does when a script restarts the machine.")
                            .then(
                                    "Use reboot: true of the shell provisioner instead of restarting in the script, then provision again.")
                            .remedy(Remedy.Kind.PROVISION))
            .toList();

    private ProvisionerFailures() {}

    private static FailureKind printed(String name, String... patterns) {
        return named(name, Layer.PROVISIONER).in(PhaseKind.PROVISION).printing(patterns);
    }
}
