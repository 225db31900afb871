package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.solve.handover.Grant.End;
import dev.corral.core.solve.handover.Grant.Why;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.ssh.gateway.Gateway;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what was handed over until it ends or is closed. It watches the grant's file: who takes it back or extends it need not be the
 * process that serves. Thread-safe.
 */
public final class Serving implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final long LOOK_MS = 250;
    private static final int LOOKS_FOR_SANDBOX = 8;
    private static final Duration WARNING = Duration.ofMinutes(5);
    /** So long a file that can't be read is hoped for. */
    private static final Duration BLIND = Duration.ofSeconds(10);

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final GrantStore store;
    private final Diary diary;
    private final Gateway gateway;
    private final HandoverDoor door;
    private final BooleanSupplier there;
    private final AutoCloseable beside;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<Optional<End>> end = new CompletableFuture<>();
    private final Deadline deadline = new Deadline();
    private volatile Grant grant;
    private long seen = System.nanoTime();
    private Optional<Instant> warned = Optional.empty();

    /**
     * @param there  whether the sandbox is there
     * @param beside closed when it is over
     */
    Serving(
            GrantStore store,
            Diary diary,
            Gateway gateway,
            HandoverDoor door,
            Grant grant,
            BooleanSupplier there,
            AutoCloseable beside) {
        this.store = store;
        this.diary = diary;
        this.gateway = gateway;
        this.door = door;
        this.grant = grant;
        this.there = there;
        this.beside = beside;
        // From here on what passes counts.
        var _ = deadline.left(grant.until(), Instant.now(), System.nanoTime());
        Thread.ofVirtual().name("handover-" + grant.id()).start(this::watch);
    }

    /** What is served, as it was read last. */
    public Grant grant() {
        return grant;
    }

    /** How many terminals the person has open. */
    public int terminals() {
        return door.terminals();
    }

    /** Completed when it is over: with how the grant ended; empty when it is only served no longer. */
    public CompletableFuture<Optional<End>> end() {
        return end.copy();
    }

    private void watch() {
        Optional<End> how = Optional.empty();
        try {
            for (int look = 0; how.isEmpty(); look++) {
                if (closed.await(LOOK_MS, TimeUnit.MILLISECONDS)) {
                    break;
                }
                how = look(look % LOOKS_FOR_SANDBOX == 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // Nobody may be in whom nobody watches.
            LOG.error("{} is served no longer", grant.id(), e);
        }
        over(how);
    }

    private Optional<End> look(boolean sandbox) {
        try {
            grant = store.get(grant.id());
            seen = System.nanoTime();
        } catch (NoSuchFileException e) {
            return Optional.of(new End(Instant.now(), Why.REVOKED, ""));
        } catch (IOException e) {
            LOG.warn("{} can't be read", grant.id(), e);
            if (System.nanoTime() - seen > BLIND.toNanos()) {
                throw new IllegalStateException("whether it was taken back can't be seen", e);
            }
        }
        if (grant.end().isPresent()) {
            return grant.end();
        }
        Instant now = Instant.now();
        Duration left = deadline.left(grant.until(), now, System.nanoTime());
        if (!left.isPositive()) {
            return Optional.of(new End(now, Why.EXPIRED, ""));
        }
        if (sandbox && !there.getAsBoolean()) {
            return Optional.of(new End(now, Why.GONE, ""));
        }
        warn(left);
        return Optional.empty();
    }

    // After the cut. Whoever extended or took it back in between is right.
    private Optional<End> written(Optional<End> how) {
        Instant judged = grant.until();
        try {
            grant = store.update(grant.id(), known -> {
                Grant free = self(known) ? known.with(Optional.empty(), known.port()) : known;
                boolean moved = how.isPresent()
                        && how.get().why() == Why.EXPIRED
                        && !known.until().equals(judged);
                return how.isEmpty() || moved ? free : free.with(how.get());
            });
        } catch (ExpectedFailure e) {
            LOG.warn("how {} ended can't be written down", grant.id(), e);
            tell(how);
            return how;
        }
        if (grant.end().equals(how)) {
            tell(how);
        }
        return grant.end();
    }

    // Who takes it back tells that.
    private void tell(Optional<End> how) {
        how.filter(ending -> ending.why() != Why.REVOKED)
                .ifPresent(ending -> diary.tell(
                        grant,
                        EntryKind.HAND_OVER_ENDED,
                        "corral",
                        grant.who() + ": " + ending.why().words(),
                        Diary.facts(grant)));
    }

    private void warn(Duration left) {
        if (left.compareTo(WARNING) > 0 || warned.equals(Optional.of(grant.until()))) {
            return;
        }
        // Once for each end; what was handed over for less than that is told as well.
        warned = Optional.of(grant.until());
        gateway.tell(
                "This terminal ends at " + CLOCK.format(Instant.now().plus(left).atZone(ZoneId.systemDefault()))
                        + ", in "
                        + Math.max(1, left.plusSeconds(30).toMinutes())
                        + " min. Whoever gave it to you can extend it.");
    }

    private void over(Optional<End> how) {
        String words = how.map(ending -> switch (ending.why()) {
                    case REVOKED -> "This terminal was taken back.";
                    case EXPIRED -> "The time of this terminal is over.";
                    case GONE -> "The machine is gone.";
                })
                .orElse("This terminal is not served at the moment.");
        Optional<End> ended = how;
        try {
            gateway.close(words);
            ended = written(how);
        } finally {
            // Whoever waits must not wait for ever.
            beside();
            end.complete(ended);
        }
    }

    private void beside() {
        try {
            beside.close();
        } catch (Exception | Error e) {
            LOG.warn("what went beside {} did not end", grant.id(), e);
        }
    }

    private static boolean self(Grant known) {
        return known.serving().equals(Optional.of(ProcessIdentity.self()));
    }

    /** Serves it no longer: terminals are cut, the grant stays. Blocks for some seconds at most. */
    @Override
    public void close() {
        closed.countDown();
        end.join();
    }
}
