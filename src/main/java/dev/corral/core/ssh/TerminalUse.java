package dev.corral.core.ssh;

/**
 * What runs in a guest's terminal beside its shell.
 *
 * @param kind    whether something does
 * @param program its name as the guest tells it, empty unless busy; untrusted text
 */
public record TerminalUse(Kind kind, String program) {
    /** Nothing beside the shell. */
    public static final TerminalUse IDLE = new TerminalUse(Kind.IDLE, "");
    /** The guest did not tell, or not in time. */
    public static final TerminalUse UNKNOWN = new TerminalUse(Kind.UNKNOWN, "");

    /** Whether something runs. */
    public enum Kind {
        /** The shell waits for a command, or has ended. */
        IDLE,
        /** A program has the terminal, or is stopped in it. */
        BUSY,
        /** It could not be found out. */
        UNKNOWN
    }
}
