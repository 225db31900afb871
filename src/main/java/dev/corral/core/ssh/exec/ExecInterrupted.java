package dev.corral.core.ssh.exec;

/** The thread that waited for a command was interrupted. */
public final class ExecInterrupted extends InterruptedException {
    private static final long serialVersionUID = 1L;

    private final boolean ended;

    ExecInterrupted(boolean ended, InterruptedException cause) {
        super("interrupted while a command ran");
        this.ended = ended;
        initCause(cause);
    }

    /** True when the guest has confirmed the end of the command and of all that it started; else it may go on there. */
    public boolean ended() {
        return ended;
    }
}
