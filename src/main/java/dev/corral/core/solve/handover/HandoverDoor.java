package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.Recorded;
import dev.corral.core.recording.Recordings;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.ShellChannel;
import dev.corral.core.ssh.ShellQuoting;
import dev.corral.core.ssh.exec.RemoteCommand;
import dev.corral.core.ssh.gateway.Door;
import dev.corral.core.ssh.gateway.GatewayKeys;
import dev.corral.core.ssh.gateway.Terminal;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Lets one person into one machine, and before that a key of our own that tries the way. Thread-safe. */
final class HandoverDoor implements Door {
    /** Terminals of one person at once. */
    static final int MOST = 4;
    /** Bytes of recordings: half of what the parts of one hold. */
    private static final long MOST_RECORDED = 1L << 30;

    private final Grant grant;
    private final PublicKey person;
    private final Recordings recordings;
    private final Diary diary;
    private final BiFunction<String, String, GuestConnection> connect;
    private final AtomicInteger open = new AtomicInteger();
    private final Visits visits = new Visits();
    private final AtomicLong room = new AtomicLong(MOST_RECORDED);
    private volatile @Nullable Trial trial;
    private volatile boolean opened;

    private record Trial(PublicKey key, String marker) {}

    HandoverDoor(
            Grant grant,
            PublicKey person,
            Recordings recordings,
            Diary diary,
            BiFunction<String, String, GuestConnection> connect) {
        this.grant = grant;
        this.person = person;
        this.recordings = recordings;
        this.diary = diary;
        this.connect = connect;
    }

    /** What tries the way while it is open. */
    interface Trying {
        /** Tries it. */
        void run(KeyPair login, String marker) throws InterruptedException;
    }

    /** Has the way tried with a key that lets in for so long only, and to nothing but a word. */
    void attempt(Trying trying) throws InterruptedException {
        KeyPair login = GatewayKeys.fresh();
        String marker = RemoteCommand.newMarker().strip();
        trial = new Trial(login.getPublic(), marker);
        try {
            trying.run(login, marker);
        } finally {
            trial = null;
        }
    }

    /** From now on the person is let in. */
    void letIn() {
        opened = true;
    }

    /** How many terminals the person has open. */
    int terminals() {
        return open.get();
    }

    @Override
    public boolean admits(PublicKey key) {
        Trial now = trial;
        return opened && GatewayKeys.same(person, key) || now != null && GatewayKeys.same(now.key, key);
    }

    @Override
    public Terminal open(Visit visit) throws InterruptedException {
        Trial now = trial;
        if (now != null && GatewayKeys.same(now.key, visit.key())) {
            return tried(now, visit);
        }
        if (!opened || !GatewayKeys.same(person, visit.key())) {
            throw ExpectedFailure.failed("This way in is closed.", "");
        }
        if (room.get() < 0) {
            throw ExpectedFailure.failed(
                    "As much was shown and typed here as is recorded.",
                    "Ask whoever gave you this terminal for a new one.");
        }
        if (open.incrementAndGet() > MOST) {
            open.decrementAndGet();
            throw ExpectedFailure.failed("You have " + MOST + " terminals open already.", "Close one of them.");
        }
        boolean done = false;
        try {
            // Each makes a file, entries in the journal and connections to the machine.
            visits.one(System.nanoTime());
            Terminal terminal = handed(visit);
            done = true;
            return terminal;
        } finally {
            if (!done) {
                open.decrementAndGet();
            }
        }
    }

    // No shell of the person's login: that would start the clock.
    private Terminal tried(Trial now, Visit visit) throws InterruptedException {
        GuestConnection guest = connect.apply(grant.sandbox(), grant.machine());
        String word = "/bin/sh -c " + ShellQuoting.quote("echo " + ShellQuoting.quote(now.marker));
        String command = grant.user()
                .filter(name -> !name.equals(guest.endpoint().user()))
                .map(name -> RemoteCommand.becomeSudo("-n -H -u " + RemoteCommand.sudoUser(name) + " -- " + word))
                .orElse("exec " + word);
        ShellChannel shell = guest.shell(visit.columns(), visit.rows(), Optional.of("dumb"), command);
        return new HandedTerminal(shell, Optional.empty(), new AtomicLong(1 << 20), why -> {});
    }

    private Terminal handed(Visit visit) throws InterruptedException {
        Recorded recorded;
        try {
            recorded = recordings
                    .begin(
                            new Recordings.Terminal(
                                    grant.sandbox(), grant.machine(), "hand-over", visit.columns(), visit.rows()),
                            Recordings.Wish.INPUT)
                    .orElseThrow();
        } catch (IOException e) {
            // What can't be recorded is not handed over.
            throw ExpectedFailure.failed(
                    "This terminal can't be recorded, and so it is not opened.",
                    "Tell whoever gave it to you; their disk may be full.",
                    e);
        }
        ShellChannel shell = null;
        try {
            recorded.writer().marker("handed over to " + grant.who());
            shell = connect.apply(grant.sandbox(), grant.machine())
                    .shell(visit.columns(), visit.rows(), grant.user(), Optional.of(visit.terminal()));
        } finally {
            if (shell == null) {
                recorded.close();
            }
        }
        Map<String, String> facts = new HashMap<>(Diary.facts(grant));
        facts.put("from", visit.from());
        facts.put("recording", recorded.file().getFileName().toString());
        diary.tell(grant, EntryKind.CAME, grant.who(), grant.who() + " from " + visit.from(), facts);
        return new HandedTerminal(shell, Optional.of(recorded), room, why -> {
            open.decrementAndGet();
            if (!why.isEmpty()) {
                facts.put("ended", why);
            }
            diary.tell(grant, EntryKind.LEFT, grant.who(), grant.who() + (why.isEmpty() ? "" : ". " + why), facts);
        });
    }
}
