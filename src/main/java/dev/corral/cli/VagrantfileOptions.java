package dev.corral.cli;

import dev.corral.core.vagrantfile.ResolveRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which Vagrantfile Vagrant is asked about, and how. */
final class VagrantfileOptions {
    @Parameters(paramLabel = "FILE", description = "The Vagrantfile; running it runs its Ruby code.")
    private Path file;

    @Option(names = "--env", paramLabel = "K=V", description = "A variable for Vagrant; may be given more than once.")
    private Map<String, String> env = new LinkedHashMap<>();

    @Option(names = "--provider", paramLabel = "NAME", description = "The provider; default: Vagrant's choice.")
    private @Nullable String provider;

    /** The question. */
    ResolveRequest request() {
        return ResolveRequest.of(file, env, Optional.ofNullable(provider));
    }
}
