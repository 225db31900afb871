package dev.corral.bench;

import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.sandbox.Owner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A core with a cache directory of its own, for one bench. */
final class BenchSandbox {
    private BenchSandbox() {}

    static final String VAGRANTFILE =
            "Vagrant.configure(\"2\") do |config|\n  config.vm.box = \"corral/debian\"\nend\n";

    static LocalCorral corral(Path cache) {
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.put("INSPECT_SANDBOX_CACHE_DIR", cache.toString());
        return LocalCorral.open(new Environment(variables), Owner.Kind.COMMAND_LINE);
    }

    static Path vagrantfile(Path folder) throws Exception {
        return Files.writeString(Files.createDirectories(folder).resolve("Vagrantfile"), VAGRANTFILE);
    }
}
