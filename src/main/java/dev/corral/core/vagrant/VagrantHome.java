package dev.corral.core.vagrant;

import dev.corral.core.base.Environment;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Vagrant keeps boxes, its machine index and its locks. */
public final class VagrantHome {
    private VagrantHome() {}

    /** The directory for commands that run with these variables on top of ours. */
    public static Path of(Environment environment, Map<String, String> context) {
        return Path.of(Optional.ofNullable(context.get("VAGRANT_HOME"))
                .or(() -> environment.get("VAGRANT_HOME"))
                .orElseGet(() -> usual(environment).toString()));
    }

    /** The directory where no variable names another. */
    public static Path usual(Environment environment) {
        return environment.home().resolve(".vagrant.d");
    }
}
