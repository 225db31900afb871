package dev.corral.core.vagrantfile;

import dev.corral.core.vagrant.Vagrant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked about a Vagrantfile.
 *
 * @param vagrantfile the Vagrantfile; it may have any name
 * @param variables   what a start would put on top of this process's variables
 * @param provider    the provider; empty means Vagrant's choice
 * @param arguments   the command line that the file would see in {@code ARGV}
 * @param limit       how long it may take
 */
public record ResolveRequest(
        Path vagrantfile,
        Map<String, String> variables,
        Optional<String> provider,
        List<String> arguments,
        Duration limit) {
    /** Longer than any Vagrantfile takes that does not hang. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    /** Copies what it is given. */
    public ResolveRequest {
        vagrantfile = vagrantfile.toAbsolutePath().normalize();
        variables = Map.copyOf(variables);
        arguments = List.copyOf(arguments);
    }

    /** As a start with these variables and this provider would see the file. */
    public static ResolveRequest of(Path vagrantfile, Map<String, String> variables, Optional<String> provider) {
        List<String> arguments = new ArrayList<>(List.of("up"));
        arguments.addAll(Vagrant.UP_OPTIONS);
        provider.ifPresent(name -> arguments.add("--provider=" + name));
        return new ResolveRequest(vagrantfile, variables, provider, arguments, LIMIT);
    }

    /** The same with another time limit. */
    public ResolveRequest within(Duration other) {
        return new ResolveRequest(vagrantfile, variables, provider, arguments, other);
    }
}
