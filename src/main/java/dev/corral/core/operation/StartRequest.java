package dev.corral.core.operation;

import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
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
        boolean prepared) {

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
        return new StartRequest(vagrantfile, primary, environment, provider, keep, origin, owner, pin, prepared);
    }

    /** A copy that is pinned, or not. */
    public StartRequest withPin(boolean pinned) {
        return new StartRequest(
                vagrantfile, primary, environment, provider, keepFailed, origin, owner, pinned, prepared);
    }

    /** A copy that brings in the files and the setup of its sample, or not. */
    public StartRequest withPrepared(boolean bring) {
        return new StartRequest(vagrantfile, primary, environment, provider, keepFailed, origin, owner, pin, bring);
    }

    /**
     * A copy with the Vagrantfile's path as the file system has it: absolute, its folder without links and {@code ..}. The file's own
     * name stays, even where it is a link: Vagrant takes what lies beside the name that it was given. Reads the file system.
     */
    public StartRequest located() {
        Path given = vagrantfile.toAbsolutePath();
        Path located;
        try {
            // Of LINK/../Vagrantfile the kernel asks where the link leads first, so the text must not be shortened
            // before.
            located = given.getFileName() == null || given.endsWith("..") || given.endsWith(".")
                    ? given.toRealPath()
                    : Objects.requireNonNull(given.getParent()).toRealPath().resolve(given.getFileName());
        } catch (IOException e) {
            // There is no such folder: the start says so, about the path as it was given.
            return this;
        }
        return new StartRequest(located, primary, environment, provider, keepFailed, origin, owner, pin, prepared);
    }
}
