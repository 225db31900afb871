package dev.corral;

import dev.corral.cli.CorralCommand;

/** Starts Corral. It is no JavaFX application itself, so that the command line loads no toolkit. */
public final class Main {
    private Main() {}

    /** Runs one command of the command line; the window is the command {@code ui}. */
    public static void main(String[] arguments) {
        System.exit(CorralCommand.run(arguments));
    }
}
