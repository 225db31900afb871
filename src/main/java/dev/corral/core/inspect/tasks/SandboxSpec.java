package dev.corral.core.inspect.tasks;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The Vagrant sandbox that a sample asks for, as it will be used at run time.
 *
 * @param vagrantfile the Vagrantfile, absolute; it need not exist
 * @param primary     the machine that Inspect is to call the default one; empty leaves the choice to the Vagrantfile
 * @param env         variables for the Vagrant process
 */
public record SandboxSpec(Path vagrantfile, Optional<String> primary, Map<String, String> env) {
    /** Copies the map; what is absent becomes empty. */
    public SandboxSpec {
        Objects.requireNonNull(vagrantfile, "vagrantfile");
        primary = primary == null ? Optional.empty() : primary;
        env = env == null ? Map.of() : Map.copyOf(env);
    }
}
