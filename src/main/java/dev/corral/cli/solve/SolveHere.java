package dev.corral.cli.solve;

import dev.corral.core.app.Corral;
import dev.corral.core.solve.Solving;

/** Opens the sessions for one command. */
final class SolveHere {
    private SolveHere() {}

    /** The sessions of this user. */
    static Solving open(Corral corral) {
        return new Solving(
                corral.environment(), corral.inventory(), corral.operations(), corral::connect, "command line");
    }

    /** The person, unless one is named. */
    static String person(Corral corral) {
        return corral.environment()
                .get("USER")
                .or(() -> corral.environment().get("LOGNAME"))
                .orElseGet(() -> System.getProperty("user.name", ""));
    }
}
