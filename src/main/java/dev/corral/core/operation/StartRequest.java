package dev.corral.core.operation;

import dev.corral.core.base.Located;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrantfile.TrustGiven;
import java.io.IOException;
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
 * @param prepared    whether the files and the setup of the sample that {@code origin} names are brought in; whoever starts for
 *                    Inspect leaves that to it
 * @param trust       what the user's word covers; empty where whoever starts it named the file, or trusts its folder
 */
public record StartRequest(
        Path vagrantfile,
        Optional<String> primary,
        Map<String, String> environment,
        Optional<String> provider,
        boolean keepFailed,
        Manifest.Origin origin,
        Optional<Owner> owner,
        boolean pin,
        boolean prepared,
        Optional<TrustGiven> trust) {

    /** A start that brings in nothing of a sample. */
    public StartRequest(
            Path vagrantfile,
            Optional<String> primary,
            Map<String, String> environment,
            Optional<String> provider,
            boolean keepFailed,
            Manifest.Origin origin,
            Optional<Owner> owner,
            boolean pin) {
        this(vagrantfile, primary, environment, provider, keepFailed, origin, owner, pin, false);
    }

    /** A start that whoever begins it has said to run. */
    public StartRequest(
            Path vagrantfile,
            Optional<String> primary,
            Map<String, String> environment,
            Optional<String> provider,
            boolean keepFailed,
            Manifest.Origin origin,
            Optional<Owner> owner,
            boolean pin,
            boolean prepared) {
        this(vagrantfile, primary, environment, provider, keepFailed, origin, owner, pin, prepared, Optional.empty());
    }

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
        return new StartRequest(vagrantfile, primary, environment, provider, keep, origin, owner, pin, prepared, trust);
    }

    /** A copy that is pinned, or not. */
    public StartRequest withPin(boolean pinned) {
        return new StartRequest(
                vagrantfile, primary, environment, provider, keepFailed, origin, owner, pinned, prepared, trust);
    }

    /** A copy that brings in the files and the setup of its sample, or not. */
    public StartRequest withPrepared(boolean bring) {
        return new StartRequest(
                vagrantfile, primary, environment, provider, keepFailed, origin, owner, pin, bring, trust);
    }

    /** A copy that runs only what this word covers. */
    public StartRequest withTrust(TrustGiven word) {
        return new StartRequest(
                vagrantfile,
                primary,
                environment,
                provider,
                keepFailed,
                origin,
                owner,
                pin,
                prepared,
                Optional.of(word));
    }

    /**
     * A copy with the Vagrantfile's path as the file system has it: absolute, its folder without links and {@code ..}. The file's own
     * name stays, even where it is a link: Vagrant takes what lies beside the name that it was given. Reads the file system.
     */
    public StartRequest located() {
        Path located;
        try {
            located = Located.find(vagrantfile);
        } catch (IOException e) {
            // There is no such folder: the start says so, about the path as it was given.
            return this;
        }
        return new StartRequest(
                located, primary, environment, provider, keepFailed, origin, owner, pin, prepared, trust);
    }
}
