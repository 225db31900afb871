package dev.corral.core.operation.start;

import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops a Vagrant command that a person gives up: asks it to end, and ends it when it has not done so for a while. Vagrant notes an
 * interruption and goes on waiting for the provisioner that runs, or may be stuck in a call that heeds no signal. Thread-safe.
 */
public final class VagrantStop {
    private static final Logger LOG = LoggerFactory.getLogger(VagrantStop.class);

    /** What has been killed is gone at once, unless the kernel holds it. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final String name;
    private volatile Duration patience;
    private volatile Optional<VagrantRun> run = Optional.empty();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile boolean asked;
    private volatile boolean killed;

    /**
     * For one command.
     *
     * @param name     what it is about, for the name of the thread that waits
     * @param patience how long it may take to end by itself
     */
    public VagrantStop(String name, Duration patience) {
        this.name = name;
        this.patience = patience;
    }

    /**
     * The command has begun, and is another one than was asked for.
     *
     * @param other how long that may take to end by itself
     * @throws UncheckedIOException if it is to be stopped already, and the signal can't be sent
     */
    public void begun(VagrantRun started, Duration other) {
        patience = other;
        begun(started);
    }

    /**
     * The command has begun.
     *
     * @throws UncheckedIOException if it is to be stopped already, and the signal can't be sent
     */
    public void begun(VagrantRun started) {
        run = Optional.of(started);
        watched.set(false);
        if (asked) {
            stop(started);
        }
    }

    /**
     * Asks it to end, now or as soon as it begins. Returns at once.
     *
     * @throws UncheckedIOException if the signal can't be sent
     */
    public void ask() {
        asked = true;
        run.ifPresent(this::stop);
    }

    /** Whether it was asked to end. */
    public boolean asked() {
        return asked;
    }

    /** Whether it had to be ended. */
    public boolean killed() {
        return killed;
    }

    /**
     * Asks it to end and waits until it has.
     *
     * @throws UncheckedIOException if the signal can't be sent
     */
    public void endNow() {
        ask();
        run.ifPresent(this::killAfterPatience);
    }

    private void stop(VagrantRun started) {
        try {
            started.interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (watched.compareAndSet(false, true)) {
            Thread.ofVirtual().name("stop-" + name).start(() -> killAfterPatience(started));
        }
    }

    private void killAfterPatience(VagrantRun started) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (started.alive() && System.nanoTime() - end < 0) {
                Thread.sleep(200);
            }
            if (started.alive()) {
                LOG.info("{}: Vagrant does not heed the interruption and is ended", name);
                killed = true;
                started.kill();
                var _ = started.waitFor(LAST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
