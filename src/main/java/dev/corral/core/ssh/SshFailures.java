package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.jspecify.annotations.Nullable;

/** Words for what goes wrong on the way to a machine. */
public final class SshFailures {
    private SshFailures() {}

    static ExpectedFailure connecting(SshEndpoint endpoint, HostKeyMemory hostKey, LoginKeys keys, IOException cause) {
        return notConnected(endpoint, hostKey, keys, cause).withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    private static ExpectedFailure notConnected(
            SshEndpoint endpoint, HostKeyMemory hostKey, LoginKeys keys, IOException cause) {
        if (hostKey.changed()) {
            return ExpectedFailure.failed(
                    "Another machine than before answers at " + endpoint.address() + " in place of " + endpoint.label()
                            + ": its host key changed.",
                    "If the VM was destroyed and started again, use its new entry; else look at which VM holds this port.",
                    cause);
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof ConnectException && contains(t, "refused")) {
                return ExpectedFailure.failed(
                        "Nothing answers at " + endpoint.address() + ", where " + endpoint.label() + " should be.",
                        "See whether the VM is running, and give it a moment when it is still booting.",
                        cause);
            }
            if (t instanceof NoRouteToHostException
                    || t instanceof UnresolvedAddressException
                    || contains(t, "unreachable")
                    || contains(t, "no route")) {
                return ExpectedFailure.failed(
                        "There is no way to " + endpoint.address() + ", where " + endpoint.label() + " should be.",
                        "See whether the VM is running and its network is up.",
                        cause);
            }
            if (t instanceof SshException ssh && refusesLogin(ssh)) {
                return ExpectedFailure.failed(
                                endpoint.label() + " does not let the user " + endpoint.user() + " in with the keys"
                                        + " that Vagrant names.",
                                "Look at the VM's authorized_keys and at config.ssh in the Vagrantfile.",
                                cause)
                        .withDetails(keys.remarks());
            }
            if (t instanceof TimeoutException
                    || t instanceof InterruptedIOException
                    || contains(t, "timeout")
                    || contains(t, "timed out")) {
                return new ExpectedFailure(
                        ExpectedFailure.Kind.FAILED,
                        endpoint.label() + " at " + endpoint.address() + " does not answer in time.",
                        "See whether the VM is running or hangs, then try again.",
                        "",
                        cause);
            }
        }
        return ExpectedFailure.failed(
                        "The connection to " + endpoint.label() + " at " + endpoint.address() + " could not be made.",
                        "See whether the VM is running, then try again.",
                        cause)
                .withDetails(message(cause));
    }

    public static ExpectedFailure lost(SshEndpoint endpoint, @Nullable Throwable cause) {
        return ExpectedFailure.failed(
                        "The connection to " + endpoint.label() + " was lost while the command ran.",
                        "See whether the VM is still running; the command may or may not have ended there.",
                        cause)
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    static ExpectedFailure shellLost(SshEndpoint endpoint) {
        return ExpectedFailure.failed(
                        "The connection to " + endpoint.label() + " was lost, and the shell with it.",
                        "See whether the VM is still running, then open another shell.")
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    public static ExpectedFailure noExitCode(SshEndpoint endpoint) {
        return ExpectedFailure.failed(
                        endpoint.label() + " ended the command without telling its exit code.",
                        "The command, or the guest's SSH server for it, was ended from outside; look at what is left of its work.")
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    static ExpectedFailure noChannel(SshEndpoint endpoint, IOException cause) {
        return ExpectedFailure.failed(
                        endpoint.label() + " accepts no further session.",
                        "End some of the terminals or commands in it, or raise MaxSessions in its sshd_config.",
                        cause)
                .withDetails(message(cause))
                .withKind(ExpectedFailure.Kind.UNAVAILABLE);
    }

    public static ExpectedFailure notStarted(SshEndpoint endpoint, String user, String said) {
        if (said.contains("sudo: not found")) {
            return new ExpectedFailure(
                    ExpectedFailure.Kind.USER_UNSUPPORTED,
                    endpoint.label() + " has no sudo, so commands run there only as " + endpoint.user() + ".",
                    "Install sudo in the guest, or run the command without a user.",
                    said,
                    null);
        }
        if (said.contains("unknown user") || said.contains("unknown uid")) {
            return new ExpectedFailure(
                    ExpectedFailure.Kind.NO_SUCH_USER,
                    endpoint.label() + " has no user " + user + ".",
                    "Create the user in the guest, or name another.",
                    said,
                    null);
        }
        if (said.contains("password is required")
                || said.contains("not allowed")
                || said.contains("not in the sudoers")) {
            return new ExpectedFailure(
                    ExpectedFailure.Kind.USER_UNSUPPORTED,
                    endpoint.label() + " does not let " + endpoint.user() + " run commands as " + user
                            + " without a password.",
                    "Add a NOPASSWD rule for " + endpoint.user() + " to the guest's sudoers.",
                    said,
                    null);
        }
        if (!user.isEmpty()
                && (said.contains("must have a tty")
                        || said.contains("setuid root")
                        || said.contains("effective uid is not 0")
                        || said.contains("no new privileges"))) {
            return new ExpectedFailure(
                    ExpectedFailure.Kind.USER_UNSUPPORTED,
                    "sudo on " + endpoint.label() + " can not be used by commands, so they run there only as "
                            + endpoint.user() + ".",
                    "Look at what it said, then at the guest's sudoers.",
                    said,
                    null);
        }
        if (user.isEmpty()) {
            return new ExpectedFailure(
                    ExpectedFailure.Kind.FAILED,
                    "The login shell of " + endpoint.user() + " on " + endpoint.label() + " did not run the command.",
                    "See that the user has a usual shell such as /bin/sh or /bin/bash.",
                    said,
                    null);
        }
        return new ExpectedFailure(
                ExpectedFailure.Kind.FAILED,
                "sudo on " + endpoint.label() + " did not run the command as " + user + ".",
                "Look at what it said, then at the guest's sudoers.",
                said,
                null);
    }

    public static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static boolean refusesLogin(SshException failure) {
        return failure.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE
                || failure.getDisconnectCode() == SshConstants.SSH2_DISCONNECT_ILLEGAL_USER_NAME
                || contains(failure, "too many authentication")
                || contains(failure, "no more authentication");
    }

    private static boolean contains(Throwable t, String part) {
        return t.getMessage() != null
                && t.getMessage().toLowerCase(java.util.Locale.ROOT).contains(part);
    }
}
