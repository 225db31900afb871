package dev.corral.core.vagrantfile;

import dev.corral.core.base.Environment;
import dev.corral.core.vagrant.Vagrant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A folder with projects of the stub provider, and a Vagrant that notes each of its starts. */
final class CountedVagrant {
    private final Path root;
    private final Vagrant vagrant;

    CountedVagrant(Path root) throws IOException {
        this.root = root;
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables
                .keySet()
                .removeIf(
                        name -> name.startsWith("VAGRANT_") || name.startsWith("INSPECT_") || name.startsWith("STUB_"));
        variables.put("VAGRANT_HOME", root.resolve("home").toString());
        variables.put("PATH", Files.createDirectories(root.resolve("bin")) + ":" + variables.get("PATH"));
        Path real = new Vagrant(Environment.system()).executable();
        Path counting = Files.writeString(
                root.resolve("bin/vagrant"),
                "#!/bin/sh\necho start >>'" + starts() + "'\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(counting, PosixFilePermissions.fromString("rwxr-xr-x"));
        vagrant = new Vagrant(new Environment(variables));
    }

    private Path starts() {
        return root.resolve("starts");
    }

    /** That Vagrant. */
    Vagrant vagrant() {
        return vagrant;
    }

    /** How often Vagrant was started. */
    int count() throws IOException {
        return Files.exists(starts()) ? Files.readAllLines(starts()).size() : 0;
    }

    /** Where answers are remembered. */
    Path cache() {
        return root.resolve("cache/resolved");
    }

    /** A resolver as a new process would make it. */
    VagrantfileResolver resolver() {
        return new VagrantfileResolver(vagrant, cache());
    }

    /** A reader of settings as a new process would make it. */
    ConfigKeyReader keys() {
        return new ConfigKeyReader(vagrant, cache());
    }

    /**
     * A project's Vagrantfile with these lines; those of the stub provider stand before them, on lines 1 to 4, and {@code end}
     * after them.
     */
    Path project(String name, String... lines) throws IOException {
        Path folder = Files.createDirectories(root.resolve(name));
        Files.copy(Path.of("src/test/resources/stub/stub.rb"), folder.resolve("stub.rb"));
        return Files.writeString(
                folder.resolve("Vagrantfile"),
                "require_relative \"stub\"\nStub.world = \"" + root
                        + "\"\nVagrant.configure(\"2\") do |config|\n"
                        + "  config.vm.provider :stub\n" + String.join("\n", lines) + "\nend\n");
    }

    static ResolveRequest request(Path vagrantfile) {
        return ResolveRequest.of(vagrantfile, Map.of(), Optional.empty());
    }

    static ResolveRequest request(Path vagrantfile, String name, String value) {
        return ResolveRequest.of(vagrantfile, Map.of(name, value), Optional.empty());
    }
}
