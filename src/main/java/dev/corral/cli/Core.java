package dev.corral.cli;

import dev.corral.core.Corral;
import dev.corral.core.Environment;
import dev.corral.core.local.LocalCorral;
import dev.corral.core.sandbox.Owner;

/** Opens the core for one command. */
final class Core {
    private Core() {}

    static Corral open() {
        return LocalCorral.open(Environment.system(), Owner.Kind.COMMAND_LINE);
    }
}
