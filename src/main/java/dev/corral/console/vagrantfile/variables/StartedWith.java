package dev.corral.console.vagrantfile.variables;

import dev.corral.core.base.Environment;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrantfile.Resolution;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the variables that are set here with those that a sandbox was started with, as far as its Vagrantfile reads them. */
public final class StartedWith {
    private static final String SUFFIX = "INSPECT_VM_SUFFIX";

    private StartedWith() {}

    /**
     * Whether the file means the same with both.
     *
     * @param said        what Vagrant said of the file, its variables included; as long as nobody knows them every variable counts
     * @param here        those that are set here
     * @param environment this process's, which count where none is set
     */
    public static boolean same(
            Optional<Resolution> said, Map<String, String> here, Environment environment, SandboxView sandbox) {
        Map<String, String> there = sandbox.manifest()
                .map(manifest -> manifest.context().variables())
                .orElse(Map.of());
        Set<String> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        names.remove(SUFFIX);
        said.ifPresent(resolution -> names.removeIf(name -> !reads(resolution, name)));
        return names.stream()
                .allMatch(name -> Objects.equals(value(here, environment, name), value(there, environment, name)));
    }

    private static boolean reads(Resolution resolution, String name) {
        return resolution.variables().stream()
                .anyMatch(one -> one.name().equals(name) || one.name().equals(Resolution.ALL_VARIABLES));
    }

    private static @Nullable String value(Map<String, String> given, Environment environment, String name) {
        return given.getOrDefault(name, environment.variables().get(name));
    }
}
