package dev.corral.cli;

import dev.corral.core.app.Corral;
import dev.corral.core.app.LocalCorral;
import dev.corral.core.base.Environment;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Owner;

/** Opens the core for one command. */
final class Core {
    private Core() {}

    /** @throws dev.corral.core.base.ExpectedFailure if the cache directory is a link or a file: "there are none" would be no answer */
    static Corral open() {
        Environment environment = Environment.system();
        CacheDirectory.check(CacheDirectory.of(environment));
        return LocalCorral.open(environment, Owner.Kind.COMMAND_LINE);
    }
}
