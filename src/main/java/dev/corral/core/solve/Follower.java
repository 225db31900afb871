package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.control.HumanEvent;
import dev.corral.core.inspect.control.HumanRun;
import dev.corral.core.inspect.control.HumanRun.TaskRow;
import dev.corral.core.inspect.control.HumanState;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveFolder;
import dev.corral.core.solve.journal.SolveSession;
import dev.corral.core.solve.journal.SolveStore.Stored;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what became of a session's run into its journal. Any number of processes may do so at once: one after another under the session's
 * lock, and an event of Inspect that two saw counts once. Thread-safe; blocks.
 */
final class Follower {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
    private static final long LOOK_FOR_SANDBOX_MS = 2_000;
    private static final long ASK_WITHOUT_CONTROL_MS = 5_000;

    private final SolveWorld world;
    private final SolveSession session;
    private final SolveFolder folder;
    private final KeptJournal journal;
    private final RunEnd end;
    private Optional<ProcessIdentity> process = Optional.empty();
    private Optional<HumanRun> run = Optional.empty();
    private Optional<Moment> lastAlive = Optional.empty();
    private volatile Optional<HumanState> human = Optional.empty();
    private long looked;
    private long asked;
    private boolean full;

    Follower(SolveWorld world, Stored stored) {
        this.world = world;
        session = stored.session();
        folder = stored.folder();
        journal = new KeptJournal(folder.journal());
        end = new RunEnd(world, session, folder, journal);
    }

    /** What the human agent told last; empty while it told nothing. Does not wait for a look that is under way. */
    Optional<HumanState> human() {
        return human;
    }

    /** Why what this process sees can't be written down; empty while it can. It is kept, and written as soon as that goes. */
    Optional<IOException> trouble() {
        return journal.trouble();
    }

    /**
     * The session as its journal, and this process, have it; nobody is asked.
     *
     * @throws IOException if its files can't be read
     */
    SolveStatus known() throws IOException {
        return SolveStatus.of(session, journal.read(), folder.sandboxes(), world::life);
    }

    /**
     * Looks once. A disk without room keeps nobody from that.
     *
     * @return the session as it is then
     * @throws IOException if its files can't be read
     */
    synchronized SolveStatus sync() throws IOException {
        try {
            return folder.locked(() -> {
                look();
                SolveStatus now = known();
                journal.well();
                return now;
            });
        } catch (IOException e) {
            journal.failed(e);
            return known();
        }
    }

    /**
     * Writes down what was done here. Where the disk has no room it is kept until it has: it was done all the same.
     *
     * @param entry gives it by what is known by then, empty for nothing
     * @return whether there was something, and room for it in a journal of that length
     * @throws IOException if its files can't be read
     */
    synchronized boolean write(Function<List<SolveEntry>, Optional<SolveEntry>> entry) throws IOException {
        try {
            return folder.locked(
                    () -> entry.apply(journal.read()).filter(journal::offer).isPresent());
        } catch (IOException e) {
            journal.failed(e);
            return entry.apply(journal.read()).filter(journal::hold).isPresent();
        }
    }

    // Under the session's lock.
    private void look() throws IOException {
        journal.catchUp();
        List<SolveEntry> known = journal.read();
        SolveStory story = SolveStory.of(known);
        if (!story.live()) {
            return;
        }
        ProcessIdentity now = story.process().orElseThrow();
        if (!process.equals(Optional.of(now))) {
            process = Optional.of(now);
            run = Optional.empty();
            lastAlive = Optional.empty();
            human = Optional.empty();
        }
        Life life = world.life(now);
        if (life == Life.ENDED) {
            if (!story.ready() && folder.sandboxes().isEmpty()) {
                // Perhaps nobody looked before it was killed.
                var _ = sandbox(now);
            }
            end.journal(known, story, lastAlive);
        } else if (life == Life.ALIVE) {
            alive(now, known, story);
            lastAlive = Optional.of(Moment.now());
        }
    }

    private void alive(ProcessIdentity now, List<SolveEntry> known, SolveStory story) throws IOException {
        if (run.isEmpty()) {
            run = world.control(now).map(HumanRun::new);
        }
        SolveStory current = story;
        if (!story.ready()) {
            Optional<SolveEntry> ready = ready(now);
            if (ready.isEmpty()) {
                return;
            }
            offer(ready.get());
            current = SolveStory.of(journal.read());
        }
        if (run.isEmpty() || current.eval().isEmpty() || !news(run.get(), current)) {
            ask(now, known, current);
        }
        beat();
    }

    private Optional<SolveEntry> ready(ProcessIdentity now) throws IOException {
        Optional<SandboxView> sandbox = sandbox(now);
        if (sandbox.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> facts =
                new HashMap<>(Map.of("sandbox", sandbox.get().id()));
        if (run.isPresent()) {
            try {
                Optional<TaskRow> task = run.get().tasks().stream()
                        .filter(row -> row.human() && row.task().equals(session.task()))
                        .findFirst();
                if (task.isEmpty()) {
                    return Optional.empty();
                }
                human = run.get().state(task.get().eval(), session.sample(), session.epoch());
                facts.putAll(Map.of(
                        "eval", task.get().eval(),
                        "task_id", task.get().taskId(),
                        "log", task.get().log()));
                if (human.isPresent()) {
                    return Optional.of(
                            SolveEntry.now(EntryKind.READY, "inspect").withMore(facts));
                }
            } catch (IOException e) {
                LOG.debug("{} does not tell", session.id(), e);
            }
        }
        sandbox.get().manifest().ifPresent(manifest -> {
            facts.putIfAbsent("log", manifest.origin().log());
            facts.putIfAbsent("eval", manifest.origin().eval());
        });
        // Before its start is over it must be left alone: asking Vagrant for the way to it would get into the way of
        // that.
        return sandbox.get().state() == SandboxState.READY && due(ASK_WITHOUT_CONTROL_MS) && listens(sandbox.get())
                ? Optional.of(SolveEntry.now(EntryKind.READY, "inspect").withMore(facts))
                : Optional.empty();
    }

    // Without a channel, or with one of an older Inspect that does not tell: the service's directory is there once it
    // listens.
    private boolean listens(SandboxView sandbox) {
        try {
            return HumanService.owner(world.guest(sandbox.id(), "")).isPresent();
        } catch (ExpectedFailure e) {
            LOG.debug("{} can't be asked yet", sandbox.id(), e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean due(long every) {
        long now = System.nanoTime() / 1_000_000;
        if (asked != 0 && now - asked < every) {
            return false;
        }
        asked = now;
        return true;
    }

    private Optional<SandboxView> sandbox(ProcessIdentity now) throws IOException {
        long moment = System.nanoTime() / 1_000_000;
        if (looked != 0 && moment - looked < LOOK_FOR_SANDBOX_MS) {
            return Optional.empty();
        }
        looked = moment;
        Optional<SandboxView> found = world.inventory().sandboxes().stream()
                .filter(view -> view.manifest()
                        .filter(manifest -> manifest.owner().pid() == now.pid()
                                && manifest.owner().startTicks() == now.startTicks()
                                && manifest.origin().sample().equals(session.sample())
                                && (manifest.origin().epoch() == 0
                                        || manifest.origin().epoch() == session.epoch()))
                        .isPresent())
                .findFirst();
        if (found.isPresent() && !folder.sandboxes().contains(found.get().id())) {
            // First, so that a death in between has it pinned the next time.
            if (!session.purpose().equals(SolveSession.GOLDEN)) {
                keep(found.get().id());
            }
            try {
                folder.addSandbox(found.get().id());
            } catch (IOException e) {
                // It is looked for again, and what makes the session ready names it as well.
                journal.failed(e);
            }
        }
        return found;
    }

    // However its run ends, a machine in which somebody works is no stray; that of a replay is one. Inspect's own
    // cleanup destroys it all the same.
    private void keep(String sandbox) {
        try {
            world.pin(sandbox, true);
        } catch (ExpectedFailure e) {
            offer(SolveEntry.now(EntryKind.FAULT, "corral")
                    .withText("The sandbox " + sandbox + " could not be pinned: " + e.getMessage()));
        }
    }

    // Whether the channel tells of this session at all.
    private boolean news(HumanRun channel, SolveStory story) throws IOException {
        List<HumanEvent> events;
        try {
            events = channel.news(story.eval(), session.sample(), session.epoch());
        } catch (IOException e) {
            return busy(e);
        }
        Moment now = Moment.now();
        entries(events, now, story, RunEnd.lastSeen(journal.read())).forEach(this::offer);
        Optional<HumanState> state;
        try {
            state = channel.state(story.eval(), session.sample(), session.epoch());
        } catch (IOException e) {
            return busy(e);
        }
        if (state.isEmpty()) {
            return false;
        }
        human = state;
        if (state.get().answer().isPresent() && story.given().isEmpty()) {
            String answer = state.get().answer().get();
            offer(end.given(now, answer));
        }
        return true;
    }

    // Its loop may be busy for seconds, and its channel closes before the process ends: there is nobody else to ask.
    private boolean busy(IOException why) {
        LOG.debug("{} does not tell", session.id(), why);
        return true;
    }

    /** Events of Inspect that a journal does not have, as entries. What was seen last tells how the clock went by which they were noted. */
    static List<SolveEntry> entries(List<HumanEvent> events, Moment now, SolveStory story, Moment seen) {
        List<SolveEntry> entries = new ArrayList<>();
        for (HumanEvent event : events) {
            if (story.uuids().contains(event.uuid())) {
                continue;
            }
            EntryKind kind =
                    switch (event.kind()) {
                        case START -> EntryKind.START;
                        case STOP -> EntryKind.STOP;
                        case NOTE -> EntryKind.NOTE;
                        case SCORE -> EntryKind.SCORE;
                    };
            Map<String, String> facts = new HashMap<>(Map.of(SolveEntry.UUID, event.uuid()));
            if (kind == EntryKind.SCORE) {
                facts.put("value", event.value());
                facts.put("scorer", event.scorer());
            }
            entries.add(SolveEntry.at(now.told(event.at(), seen), kind, "inspect")
                    .withText(event.text())
                    .withMore(facts));
        }
        return entries;
    }

    // An older Inspect: only the service's own words are left.
    private void ask(ProcessIdentity now, List<SolveEntry> known, SolveStory story) throws IOException {
        if (story.sandbox().isEmpty() || story.given().isPresent() || !due(ASK_WITHOUT_CONTROL_MS)) {
            return;
        }
        try {
            GuestShell guest = world.guest(story.sandbox(), "");
            String said = new HumanService(guest, HumanService.owner(guest), () -> world.life(now))
                    .call("status", Map.of(), Duration.ofSeconds(15))
                    .asText("");
            boolean running = said.contains("Running");
            if (running != SolveClock.read(known, Moment.now()).running() && (running || said.contains("Stopped"))) {
                offer(SolveEntry.now(running ? EntryKind.START : EntryKind.STOP, "guest"));
            }
        } catch (ExpectedFailure e) {
            LOG.debug("{} can't be asked now", session.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat() throws IOException {
        List<SolveEntry> entries = journal.read();
        Moment now = Moment.now();
        if (!SolveClock.read(entries, now).running()) {
            return;
        }
        Optional<SolveEntry> seen =
                entries.reversed().stream().filter(entry -> entry.runMs() >= 0).findFirst();
        if (seen.isEmpty()
                || !seen.get().moment().sameBoot(now)
                || now.upMs() - seen.get().upMs() >= SolveClock.BEAT.toMillis()) {
            offer(SolveEntry.at(now, EntryKind.BEAT, "corral"));
        }
    }

    // A journal that is full still has room for the end, which must be seen.
    private void offer(SolveEntry entry) {
        if (!journal.offer(entry) && !full) {
            full = true;
            LOG.warn("the journal of {} is full; what happens before its end is left out", session.id());
        }
    }
}
