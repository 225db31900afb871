package dev.corral.core.operation;

import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What to start.
 *
 * @param vagrantfile the Vagrantfile to copy
 * @param primary     the primary machine's name, with or without the suffix; empty means Vagrant's primary or first
 * @param environment variables for Vagrant, on top of this process's
 * @param provider    the provider to ask for; empty leaves the choice to Vagrant
 * @param keepFailed  whether the machines stay when the start fails
 * @param origin      which sample it is for
 * @param owner       the process for which the sandbox lives; empty means this process
 * @param pin         whether the sandbox stays when its owner ends
 */
public record StartRequest(
        Path vagrantfile,
        Optional<String> primary,
        Map<String, String> environment,
        Optional<String> provider,
        boolean keepFailed,
        Manifest.Origin origin,
        Optional<Owner> owner,
        boolean pin) {

    /** A plain start of a file by hand. */
    public static StartRequest of(Path vagrantfile) {
        return new StartRequest(
                vagrantfile,
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Manifest.Origin.none(),
                Optional.empty(),
                false);
    }

    /** A copy that keeps the machines of a failed start, or not. */
    public StartRequest withKeepFailed(boolean keep) {
        return new StartRequest(vagrantfile, primary, environment, provider, keep, origin, owner, pin);
    }

    /** A copy that is pinned, or not. */
    public StartRequest withPin(boolean pinned) {
        return new StartRequest(vagrantfile, primary, environment, provider, keepFailed, origin, owner, pinned);
    }
}
