package dev.corral.core.solve.handover;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.recording.Recordings;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.solve.handover.Grant.End;
import dev.corral.core.solve.handover.Grant.Why;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveStore;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.gateway.Gateway;
import dev.corral.core.ssh.gateway.GatewayKeys;
import dev.corral.core.ssh.gateway.GatewayProbe;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands machines over to people outside: one machine, one key, until a moment. Any number of processes may do so; what each serves ends
 * with it, and what was handed over stays. Thread-safe; its methods block.
 */
public final class Handover {
    private static final Logger LOG = LoggerFactory.getLogger(Handover.class);
    private static final Duration CUT = Duration.ofSeconds(8);
    private static final int HIGHEST_PORT = 65_535;

    private final Environment environment;
    private final SolveStore sessions;
    private final GrantStore store;
    private final Diary diary;
    private final Unserved unserved;
    private final BiFunction<String, String, GuestConnection> connect;
    private final Function<String, AutoCloseable> follow;

    /**
     * @param sessions where sessions lie
     * @param connect  the connection to a machine of a sandbox
     * @param follow   follows a session for as long as what it gives is open, so that its clock is right
     */
    public Handover(
            Environment environment,
            SolveStore sessions,
            BiFunction<String, String, GuestConnection> connect,
            Function<String, AutoCloseable> follow) {
        this.environment = environment;
        this.sessions = sessions;
        this.connect = connect;
        this.follow = follow;
        store = new GrantStore(environment);
        diary = new Diary(sessions);
        unserved = new Unserved(store, diary, sessions);
    }

    /**
     * What is wanted.
     *
     * @param named   a session, or a sandbox; an unambiguous part of its name will do
     * @param machine one of its machines; empty for the primary one
     * @param user    whose login; empty: the session's, else the machine's own
     * @param key     the person's public key
     * @param who     the person; empty: as the key's comment says
     * @param until   when it ends
     * @param listen  the address to listen at; empty: this computer only
     * @param port    the port; 0 takes a free one
     * @param by      who hands it over
     */
    public record Wish(
            String named,
            String machine,
            Optional<String> user,
            PersonKey key,
            String who,
            Instant until,
            String listen,
            int port,
            String by) {}

    /**
     * Hands a machine over, once the way in was gone by a key of our own. One that is not served any more for the same key, machine, login
     * and address is taken up again, until the moment that is wanted now.
     *
     * @throws ExpectedFailure      if there is no such machine or way, or it is handed over to this key for another login or address; then
     *                              nothing was handed out
     * @throws InterruptedException if the thread is interrupted; then nothing was handed out
     */
    public Serving handOver(Wish wish) throws InterruptedException {
        if (wish.port() < 0 || wish.port() > HIGHEST_PORT) {
            throw ExpectedFailure.usage(
                    wish.port() + " is no port.",
                    "Say a number up to " + HIGHEST_PORT + ", or nothing for a free one.");
        }
        Place place = Place.of(sessions, sandboxes(), wish);
        String listen = Ticket.address(wish.listen()).getHostAddress();
        List<Grant> before = store.list().stream()
                .filter(known -> !known.over(Instant.now())
                        && known.sandbox().equals(place.sandbox())
                        && known.machine().equals(place.machine())
                        && known.key().equals(wish.key().line()))
                .toList();
        for (Grant known : before) {
            if (known.served()) {
                throw served(known);
            }
            if (!same(known, place, listen, wish.port())) {
                throw ExpectedFailure.failed(
                        known.place() + " is handed over to this key already, for another login or at another address: "
                                + known.id() + ".",
                        "corral solve hand-over --serve " + known.id() + " takes that up again; revoke it to hand over"
                                + " anew.");
            }
        }
        if (!before.isEmpty()) {
            return serve(before.getFirst(), Optional.of(wish.until()), wish.by());
        }
        String who = PlainText.line(wish.who().isBlank() ? wish.key().comment() : wish.who(), 80);
        Grant grant = new Grant(
                GrantStore.newId(),
                Instant.now(),
                wish.by(),
                who.isEmpty() ? "somebody" : who,
                place.session(),
                place.sandbox(),
                place.machine(),
                place.user(),
                wish.key().line(),
                wish.until(),
                listen,
                wish.port(),
                Optional.empty(),
                Optional.empty(),
                CacheDirectory.of(environment).toString());
        return open(grant, ready -> {
            // While the way was tried, somebody else may have been quicker.
            store.create(ready).ifPresent(known -> {
                throw served(known);
            });
            diary.tell(
                    ready,
                    EntryKind.HANDED,
                    wish.by(),
                    ready.who() + " until " + Until.words(ready.until()),
                    Diary.facts(ready));
            return ready;
        });
    }

    // What was handed over wider, or elsewhere, is not what is wanted now.
    private static boolean same(Grant known, Place place, String listen, int port) {
        return known.user().equals(place.user())
                && Ticket.same(known.listen(), listen)
                && (port == 0 || port == known.port());
    }

    /**
     * Serves what was handed over and is not served any more.
     *
     * @throws ExpectedFailure if there is none of that name, it is over or served, or the way in is broken
     */
    public Serving serve(String named, String by) throws InterruptedException {
        return serve(find(named), Optional.empty(), by);
    }

    private Serving serve(Grant known, Optional<Instant> until, String by) throws InterruptedException {
        if (known.over(Instant.now())) {
            throw over(known);
        }
        boolean moved = until.isPresent() && !until.get().equals(known.until());
        return open(known, ready -> {
            Grant grant = store.update(known.id(), now -> {
                // While the way was tried, somebody else may have been quicker.
                if (now.over(Instant.now())) {
                    throw over(now);
                }
                if (now.served()) {
                    throw served(now);
                }
                Grant taken = now.with(ready.serving(), ready.port());
                return moved ? taken.with(until.get()) : taken;
            });
            if (moved) {
                extended(grant, by);
            }
            return grant;
        });
    }

    // The way is tried before anything of it is written down or shown; the person's key lets in at the very end.
    private Serving open(Grant wanted, Function<Grant, Grant> write) throws InterruptedException {
        KeyPair host = GatewayKeys.host(store.hostKey());
        HandoverDoor door =
                new HandoverDoor(wanted, PersonKey.of(wanted.key()).key(), new Recordings(environment), diary, connect);
        Gateway gateway = Gateway.open(Ticket.address(wanted.listen()), wanted.port(), host, door);
        boolean done = false;
        try {
            Ticket ticket = Ticket.of(wanted.listen(), gateway.port(), host.getPublic());
            door.attempt((login, marker) ->
                    GatewayProbe.both(ticket.host(), ticket.port(), host.getPublic(), login, marker));
            Grant grant = write.apply(wanted.with(Optional.of(ProcessIdentity.self()), gateway.port()));
            Serving serving = new Serving(
                    store,
                    diary,
                    gateway,
                    door,
                    grant,
                    () -> there(grant.sandbox()),
                    grant.session().isEmpty() ? () -> {} : follow.apply(grant.session()));
            door.letIn();
            done = true;
            return serving;
        } finally {
            if (!done) {
                gateway.close();
            }
        }
    }

    private SandboxStore sandboxes() {
        return new SandboxStore(CacheDirectory.of(environment));
    }

    private boolean there(String sandbox) {
        try {
            return sandboxes().list().stream().anyMatch(files -> files.id().equals(sandbox));
        } catch (IOException e) {
            // Not seen is not gone.
            LOG.debug("the sandboxes can't be listed", e);
            return true;
        }
    }

    /** All that was handed over, newest first. What nobody serves ends here when its machine is gone. */
    public List<Grant> list() {
        return store.list().stream().map(unserved::settled).toList();
    }

    /** The one of that id, as {@link #list} has it; an unambiguous part of it will do. */
    public Grant find(String named) {
        return unserved.settled(store.find(named));
    }

    /** What the person was given; empty if that can't be told any more, as of an address that this computer no longer has. */
    public Optional<Ticket> ticketIfKnown(Grant grant) {
        try {
            return Optional.of(ticket(grant));
        } catch (ExpectedFailure e) {
            LOG.debug("the way in of {} can't be told", grant.id(), e);
            return Optional.empty();
        }
    }

    /**
     * What the person was given.
     *
     * @throws ExpectedFailure if its address is none any more, or the gateway's key can't be read
     */
    public Ticket ticket(Grant grant) {
        return Ticket.of(
                grant.listen(), grant.port(), GatewayKeys.host(store.hostKey()).getPublic());
    }

    /**
     * Moves the end of what was handed over; nearer as well.
     *
     * @throws ExpectedFailure if there is none of that name, or it is over
     */
    public Grant extend(String named, Instant until, String by) {
        return extend(named, known -> until, by);
    }

    /**
     * Moves the end of what was handed over by so much, counted from where it is then.
     *
     * @throws ExpectedFailure if there is none of that name, it is over, or the end would be too far away
     */
    public Grant extend(String named, Duration more, String by) {
        return extend(named, known -> Until.within(known.until().plus(more), Instant.now()), by);
    }

    private Grant extend(String named, Function<Grant, Instant> until, String by) {
        Grant grant = store.update(find(named).id(), known -> {
            if (known.over(Instant.now())) {
                throw over(known);
            }
            return known.with(until.apply(known));
        });
        extended(grant, by);
        return grant;
    }

    private void extended(Grant grant, String by) {
        diary.tell(
                grant,
                EntryKind.EXTENDED,
                by,
                grant.who() + " until " + Until.words(grant.until()),
                Diary.facts(grant));
    }

    /**
     * Takes it back: whoever serves it cuts the person's terminals at once. What has ended already stays as it is; what has run out ends by
     * this as well, since a clock may be set back.
     *
     * @return it, as it is then; {@link Grant#served()} if the process that serves it has not obeyed
     * @throws ExpectedFailure      if there is none of that name; or it could not be written down, and the sentence says what became of it
     * @throws InterruptedException if the thread is interrupted; it is taken back all the same
     */
    public Grant revoke(String named, String by) throws InterruptedException {
        Grant known = store.find(named);
        End end = new End(Instant.now(), Why.REVOKED, by);
        Grant grant;
        try {
            grant = store.update(known.id(), now -> now.with(end));
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                throw e;
            }
            throw unwritten(known, by, e);
        }
        if (grant.end().equals(Optional.of(end))) {
            diary.tell(grant, EntryKind.TAKEN_BACK, by, grant.who(), Diary.facts(grant));
        }
        long limit = System.nanoTime() + CUT.toNanos();
        while (grant.served() && System.nanoTime() < limit) {
            Thread.sleep(50);
            grant = store.find(grant.id());
        }
        return grant;
    }

    // To delete takes no room, and what is not there is taken back, too.
    private ExpectedFailure unwritten(Grant known, String by, ExpectedFailure cause) throws InterruptedException {
        boolean here = known.serving().equals(Optional.of(ProcessIdentity.self()));
        String pid = known.served() && !here
                ? Long.toString(known.serving().map(ProcessIdentity::pid).orElse(0L))
                : "";
        try {
            store.delete(known.id());
        } catch (IOException e) {
            cause.addSuppressed(e);
            return ExpectedFailure.failed(
                    known.id() + " could not be taken back: " + cause.getMessage(),
                    pid.isEmpty() ? cause.nextStep() : "End the process that serves it: kill " + pid,
                    cause);
        }
        diary.tell(known, EntryKind.TAKEN_BACK, by, known.who(), Diary.facts(known));
        long limit = System.nanoTime() + CUT.toNanos();
        boolean answers = known.served();
        while (answers && System.nanoTime() < limit) {
            Thread.sleep(100);
            answers = known.served() && Ticket.answers(known.listen(), known.port());
        }
        return ExpectedFailure.failed(
                known.id() + " is taken back, but could not be kept in the list: its file was deleted. "
                        + (answers ? "What serves it still answers." : "Nobody is in by it any more."),
                answers && !pid.isEmpty() ? "End the process that serves it: kill " + pid : cause.nextStep(),
                cause);
    }

    private static ExpectedFailure over(Grant grant) {
        return ExpectedFailure.failed(
                grant.id() + " is over: " + grant.state(Instant.now()) + ".", "Hand the machine over anew.");
    }

    private static ExpectedFailure served(Grant grant) {
        long pid = grant.serving().map(ProcessIdentity::pid).orElse(0L);
        return ExpectedFailure.failed(
                        grant.place() + " is handed over to this key already: " + grant.id() + ", served by process "
                                + pid + ".",
                        "corral solve hand-over extend " + grant.id() + " --until TIME, or revoke it.")
                .withKind(ExpectedFailure.Kind.BUSY);
    }
}
