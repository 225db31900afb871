package dev.corral.core.vagrant.failure;

import static dev.corral.core.vagrant.failure.FailureKind.named;

import dev.corral.core.vagrant.PhaseKind;
import java.util.List;

/** What keeps Vagrant out of a machine that was started. */
final class SshFailures {
    static final List<FailureKind> ALL = List.of(
            named("ssh-login", Layer.SSH)
                    .byClass("SSHAuthenticationFailed")
                    .saying("SSH authentication failed")
                    .printing("Warning: Authentication failure\\. Retrying")
                    .in(PhaseKind.BOOT, PhaseKind.SSH, PhaseKind.SET_UP, PhaseKind.LOAD, PhaseKind.OTHER)
                    .means("The machine runs, but does not let Vagrant in: user or key are not the right ones.")
                    .then(
                            "Check config.ssh.username, private_key_path and insert_key against the box; its console lets you look inside.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE),
            named("ssh-not-served", Layer.SSH)
                    // The last of its tries counts: every boot refuses for a while.
                    .printing("Warning: Connection refused\\. Retrying(?:(?!Warning:)[\\s\\S])*\\z")
                    .where("Timed out while waiting for the machine to boot")
                    .means("The machine is up, but nothing in it answers where Vagrant looks for SSH.")
                    .then("Check config.ssh.port and guest_port; "
                            + "if they are right, look at its console why its SSH server does not run.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE),
            named("ssh-refused", Layer.SSH)
                    .byClass("SSHConnectionRefused", "SSHConnectionReset", "SSHConnectionAborted")
                    .saying("SSH connection was (?:refused|reset|aborted)")
                    .means("The machine refuses connections: its SSH server does not run, or not yet.")
                    .then("Restart the machine; if it stays so, look at its console.")
                    .remedy(Remedy.Kind.RELOAD),
            named("ssh-silent", Layer.SSH)
                    .byClass("SSHConnectionTimeout", "SSHNoRoute", "SSHHostDown", "SSHConnectEACCES")
                    .saying("timed out while attempting to connect via SSH", "\"no route to host\"", "\"host is down\"")
                    .means("The machine can't be reached over its network.")
                    .then("Look at its console, and at firewalls and addresses of its network.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE),
            named("ssh-dropped", Layer.SSH)
                    .byClass("SSHDisconnected", "SSHNoExitStatus")
                    .saying("SSH connection was unexpectedly closed", "closed by remote host")
                    .in(PhaseKind.BOOT, PhaseKind.SSH, PhaseKind.SET_UP, PhaseKind.LOAD, PhaseKind.OTHER)
                    .means("The machine closed the connection: it went down, or its SSH server did.")
                    .then("Look at its console, then restart it.")
                    .remedy(Remedy.Kind.RELOAD),
            named("ssh-key-rights", Layer.SSH)
                    .byClass("SSHKeyBadPermissions", "SSHKeyBadOwner")
                    .saying(
                            "private key to connect to (?:this box|the machine) via SSH (?:has invalid permissions|must be owned)")
                    .means("The private key may be read by others, or is somebody else's, so SSH does not use it.")
                    .then("Make it yours, and chmod 600 it."),
            named("ssh-key-kind", Layer.SSH)
                    .byClass("SSHKeyTypeNotSupported", "NetSSHException")
                    .saying(
                            "unsupported encryption type",
                            "no matching (?:host key type|key exchange|cipher)",
                            "could not settle on \\S+ algorithm")
                    .means("Vagrant and the guest's SSH server have no kind of key or cipher in common.")
                    .then(
                            "Update Vagrant for a new guest; for an old one, allow ssh-rsa in its settings or use a newer box."),
            named("ssh-insert-key", Layer.SSH)
                    .byClass("SSHInsertKeyUnsupported")
                    .saying("generate a random keypair and insert it")
                    .means("Vagrant can't put a key of its own into this guest.")
                    .then("Set config.ssh.insert_key = false."),
            named("ssh-shell", Layer.SSH)
                    .byClass("SSHInvalidShell")
                    .saying("configured shell \\(config\\.ssh\\.shell\\) is invalid")
                    .means("The guest has not the shell that config.ssh.shell names.")
                    .then("Set one that it has, \"sh\" for instance."),
            named("ssh-client-absent", Layer.HOST)
                    .byClass("SSHUnavailable", "SSHUnavailableWindows")
                    .saying("`ssh` binary could not be found")
                    .means("No SSH client is installed on this computer.")
                    .then("Install openssh-client."),
            named("boot-state", Layer.BOOT)
                    .byClass("VMBootBadState")
                    .saying(
                            "guest machine entered an invalid state while waiting for it\\s+to boot[\\s\\S]{0,800}?'(?<state>[^']+)' state")
                    .means("The machine stopped while it booted[ (state {state})].")
                    .then(
                            "Look at its console and at the hypervisor's log; memory or processor settings may be too much.")
                    .remedy(Remedy.Kind.SHOW_CONSOLE));

    private SshFailures() {}
}
