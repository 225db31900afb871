package dev.corral;

import dev.corral.cli.CorralCommand;
import dev.corral.core.ssh.SshClients;

/** Starts Corral. It is no JavaFX application itself, so that the command line loads no toolkit. */
public final class Main {
    /**
     * Set when the JVM writes an archive of its classes at exit. It crashes now and then where another thread links a lambda
     * meanwhile, so what is made in the background is waited for.
     */
    private static final String ARCHIVING = "corral.archiving";

    private Main() {}

    /** Runs one command of the command line; the window is the command {@code ui}. */
    public static void main(String[] arguments) {
        int exitCode = CorralCommand.run(arguments);
        if (Boolean.getBoolean(ARCHIVING)) {
            SshClients.settle();
        }
        System.exit(exitCode);
    }
}
