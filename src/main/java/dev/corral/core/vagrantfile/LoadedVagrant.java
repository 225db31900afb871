package dev.corral.core.vagrantfile;

import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Vagrant that has answered a question and waits to go on as the command that the answer was wanted for. It has loaded itself by then,
 * so that a start which has to ask first pays for that once and not twice. Nothing of the Vagrantfile is in it: a child of it evaluated
 * that. Not thread-safe; its methods block for moments.
 */
public final class LoadedVagrant implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedVagrant.class);
    // Whoever looks at processes takes one of ten seconds for settled, its directory included.
    private static final Duration FRESH = Duration.ofSeconds(7);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration STEP = Duration.ofMillis(3);

    private final VagrantRun run;
    private final ThrowAway place;
    private final long since;
    private boolean gone;

    /** @param since when it was started, in the nanoseconds of {@link System#nanoTime} */
    LoadedVagrant(VagrantRun run, ThrowAway place, long since) {
        this.run = run;
        this.place = place;
        this.since = since;
    }

    /** Who wants it. */
    public interface Keeper {
        /** Takes it; whoever takes it closes it. */
        void keep(LoadedVagrant loaded);
    }

    /**
     * Lets it go on.
     *
     * @param directory the directory to work in
     * @param arguments the arguments after {@code vagrant}
     * @param context   variables that replace or join ours
     * @param log       gets the output
     * @return the command that runs; empty if it has to be started anew, and then this one has done nothing and is gone
     */
    public Optional<VagrantRun> go(
            Vagrant vagrant, Path directory, List<String> arguments, Map<String, String> context, Path log) {
        if (gone || !run.alive() || System.nanoTime() - since > FRESH.toNanos()) {
            close();
            return Optional.empty();
        }
        gone = true;
        try {
            place.order(Map.of(
                    "directory",
                    directory.toString(),
                    "arguments",
                    arguments,
                    "variables",
                    run.variables(vagrant, context),
                    "log",
                    log.toString()));
            if (taken()) {
                return Optional.of(run.into(log));
            }
        } catch (IOException e) {
            LOG.info("the Vagrant that waits can't be told what to do; another one is started", e);
        }
        // It loads for longer than this takes before it makes anything, should it have begun in the last moment.
        end();
        return Optional.empty();
    }

    // Whoever is interrupted meanwhile is so afterwards: two commands at once would be worse than one that comes late.
    private boolean taken() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        while (!place.taken() && run.alive() && System.nanoTime() < until) {
            try {
                Thread.sleep(STEP);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return place.taken();
    }

    private void end() {
        boolean interrupted = Thread.interrupted();
        try {
            run.kill();
            if (!run.waitFor(PATIENCE)) {
                throw new IllegalStateException("a Vagrant that waits does not end");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a Vagrant that waits can't be ended", e);
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends it if it has not gone on, and removes its folder. One that has gone on must have ended. */
    @Override
    public void close() {
        if (!gone) {
            gone = true;
            try {
                run.kill();
            } catch (IOException e) {
                LOG.warn("a Vagrant that waits can't be ended; it ends by itself within a minute", e);
            }
        }
        place.close();
    }
}
