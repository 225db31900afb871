package dev.corral.cli.target;

import dev.corral.core.app.Corral;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Owner;

/** Opens the core for one command. */
public final class Core {
    private Core() {}

    /**
     * Opens it with this process's variables.
     *
     * @throws dev.corral.core.base.ExpectedFailure if the cache directory is a link or a file: "there are none" would be no answer
     */
    public static Corral open() {
        Environment environment = Environment.system();
        CacheDirectory.check(CacheDirectory.of(environment));
        return LocalCorral.open(environment, Owner.Kind.COMMAND_LINE);
    }
}
