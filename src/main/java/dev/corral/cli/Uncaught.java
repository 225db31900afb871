package dev.corral.cli;

import dev.corral.cli.output.Output;
import java.lang.Thread.UncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes and says what no thread expected. Thread-safe. */
final class Uncaught implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Uncaught.class);

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        LOG.error("the thread {} met a bug", thread.getName(), failure);
        new Output().bugElsewhere(failure);
    }
}
