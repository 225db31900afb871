package dev.corral.core.solve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.control.HumanEvent;
import dev.corral.core.inspect.control.HumanRun;
import dev.corral.core.inspect.launch.RunOutput;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.solve.clock.ClockReading;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveFolder;
import dev.corral.core.solve.journal.SolveSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down how a run ended, from its log where there is a finished one: an end in order, or Inspect gone in the middle. Under the
 * session's lock; blocks.
 */
final class RunEnd {
    private static final Logger LOG = LoggerFactory.getLogger(RunEnd.class);

    /** Reading a log may take minutes. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final Duration LONG = Duration.ofMinutes(10);

    private final SolveWorld world;
    private final SolveSession session;
    private final SolveFolder folder;
    private final KeptJournal journal;
    private Optional<Long> again = Optional.empty();

    RunEnd(SolveWorld world, SolveSession session, SolveFolder folder, KeptJournal journal) {
        this.world = world;
        this.session = session;
        this.folder = folder;
        this.journal = journal;
    }

    /**
     * Writes it. A log that is there and can't be read now, since there is no Python for example, says nothing about the end: the session
     * stays open, and the log is read again a minute later by whoever looks then.
     *
     * @param known     the journal
     * @param story     what that says
     * @param lastAlive when the run was last seen alive by whoever asks; empty if it never saw that
     */
    void journal(List<SolveEntry> known, SolveStory story, Optional<Moment> lastAlive) throws IOException {
        if (again.filter(when -> System.nanoTime() - when < 0).isPresent()) {
            return;
        }
        Optional<RunOutput.Done> done = session.joined() ? Optional.empty() : RunOutput.done(folder.output());
        String log = done.map(RunOutput.Done::log)
                .filter(location -> !location.isEmpty())
                .orElse(story.log());
        Optional<JsonNode> said = Optional.empty();
        String unread = "";
        if (!log.isEmpty()) {
            try {
                said = Optional.of(world.log(log, session.sample(), session.epoch()));
            } catch (ExpectedFailure e) {
                unread = e.getMessage();
            }
        }
        if (!unread.isEmpty() && there(log) && !longUnread(known, unread)) {
            again = Optional.of(System.nanoTime() + AGAIN.toNanos());
            if (!story.fault().equals(unread)) {
                fault(unread);
            }
            return;
        }
        again = Optional.empty();
        String status = said.map(answer -> answer.path("status").asText(""))
                .or(() -> done.map(RunOutput.Done::status))
                .orElse("");
        Moment seen = lastSeen(known);
        said.ifPresent(answer -> bring(answer, story, seen));
        if (status.equals("started") || status.isEmpty() && story.ready()) {
            // A log that was begun and never finished: it was killed. The clock ends where it was last seen alive.
            gone(known, lastAlive, log);
            return;
        }
        if (!story.ready()
                && story.given().isEmpty()
                && !status.equals("success")
                && (!sandbox(story).isEmpty() || done.isEmpty() && leftUp())) {
            // A resumed run whose setup failed, or whose task file has a mistake by now: once that is mended it can be
            // resumed again. So can the first one, if it was killed while Inspect prepared the machine.
            String error = said.map(answer -> answer.path("error").asText("")).orElse("");
            fault(error.isEmpty() ? String.join(" ", RunOutput.lastLines(folder.output())) : error);
            gone(known, lastAlive, log);
            return;
        }
        if (story.given().isEmpty() && story.ready() && said.isPresent()) {
            given(said.get());
        }
        if (!story.ready() && log.isEmpty()) {
            fault(String.join(" ", RunOutput.lastLines(folder.output())));
        }
        if (!unread.isEmpty()) {
            fault(unread);
        }
        said.ifPresent(answer -> {
            append(SolveEntry.now(EntryKind.RESULT, "inspect").withMore(result(answer)));
            String error = answer.path("error").asText("");
            if (!error.isEmpty()) {
                fault(error);
            }
        });
        if (said.isPresent()) {
            recordings(log);
        }
        stays(story);
        // Last: whoever dies before this has it all brought in again by the next.
        append(SolveEntry.at(ended(said, lastAlive, seen), EntryKind.ENDED, "inspect")
                .withMore(Map.of("status", status, "log", log)));
    }

    // What can't be read for so long may never be, as a log that was cut off: what else is known is the end then.
    private static boolean longUnread(List<SolveEntry> known, String why) {
        Optional<Instant> first = Optional.empty();
        for (SolveEntry entry : known) {
            if (entry.kind() == EntryKind.RUN) {
                first = Optional.empty();
            } else if (entry.kind() == EntryKind.FAULT
                    && entry.text().equals(why)
                    && first.filter(entry.at()::isAfter).isEmpty()) {
                first = Optional.of(entry.at());
            }
        }
        return first.filter(at -> at.plus(LONG).isBefore(Instant.now())).isPresent();
    }

    private void gone(List<SolveEntry> known, Optional<Moment> lastAlive, String log) {
        append(SolveEntry.at(lastAlive.orElseGet(() -> lastSeen(known)), EntryKind.GONE, "corral")
                .withMore(Map.of("log", log)));
    }

    // Perhaps nobody looked for a night: the log knows, or whoever saw it alive last.
    private static Moment ended(Optional<JsonNode> said, Optional<Moment> lastAlive, Moment seen) {
        Moment now = Moment.now();
        String told = said.map(answer -> answer.path("completed").asText("")).orElse("");
        try {
            Instant completed = OffsetDateTime.parse(told).toInstant();
            return completed.isAfter(now.at()) && lastAlive.isPresent() ? lastAlive.get() : now.told(completed, seen);
        } catch (DateTimeException e) {
            return lastAlive.orElse(now);
        }
    }

    // Inspect reads them from the machine into its log the moment that an answer is handed in. They are the guest's
    // word, so what they
    // are must not cost the result.
    private void recordings(String log) {
        JsonNode answer;
        try {
            answer = world.recordings(log, session.sample(), session.epoch());
        } catch (ExpectedFailure e) {
            LOG.warn("the recordings of {} are only in its log", session.id(), e);
            return;
        }
        answer.path("recordings").properties().forEach(one -> {
            try {
                GuestRecordings.keep(
                        folder.recordings(),
                        one.getKey(),
                        one.getValue().asText("").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                LOG.warn("the recording {} of {} is only in its log", one.getKey(), session.id(), e);
            }
        });
    }

    // A run that took its sandbox over leaves it; only the person knows when it may go.
    private void stays(SolveStory story) throws IOException {
        String sandbox = sandbox(story);
        if (!sandbox.isEmpty()) {
            append(SolveEntry.now(EntryKind.NOTE, "corral")
                    .withText("The sandbox " + sandbox + " was taken over from an earlier run, so it stays. "
                            + "Destroy it with: corral destroy " + sandbox));
        }
    }

    // Of a resumed run, if it still exists; otherwise empty.
    private String sandbox(SolveStory story) throws IOException {
        if (story.runs() < 2) {
            return "";
        }
        List<String> all = folder.sandboxes();
        String sandbox = !story.sandbox().isEmpty() || all.isEmpty() ? story.sandbox() : all.getLast();
        return world.inventory().sandbox(sandbox).isPresent() ? sandbox : "";
    }

    // Of a first run that ended by itself, Inspect destroys it. A machine whose start was cut off is none to go on
    // with.
    private boolean leftUp() throws IOException {
        List<String> all = folder.sandboxes();
        return !session.purpose().equals(SolveSession.GOLDEN)
                && !all.isEmpty()
                && world.inventory()
                        .sandbox(all.getLast())
                        .filter(view -> view.state() == SandboxState.READY)
                        .isPresent();
    }

    // Of one that lies elsewhere nobody can tell.
    private static boolean there(String log) {
        try {
            return log.startsWith("file:")
                    ? Files.exists(Path.of(URI.create(log)))
                    : log.contains("://") || Files.exists(Path.of(log));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void bring(JsonNode answer, SolveStory story, Moment seen) {
        List<HumanEvent> events = new ArrayList<>();
        answer.path("events").forEach(event -> HumanRun.event(event).ifPresent(events::add));
        Follower.entries(events, Moment.now(), story, seen).forEach(this::append);
    }

    // Nobody looked when the answer was handed in: Inspect's own clock tells when that was.
    private void given(JsonNode answer) throws IOException {
        if (!answer.path("answer").isTextual()) {
            return;
        }
        List<SolveEntry> entries = journal.read();
        Moment now = Moment.now();
        ClockReading clock = SolveClock.read(entries, now);
        String text = answer.path("answer").asText();
        long tooMuch = clock.active().toMillis()
                - Math.round(answer.path("accumulated").asDouble(0) * 1000)
                - before(entries);
        Moment when = clock.running() && tooMuch > 0 ? now.told(now.at().minusMillis(tooMuch)) : now;
        append(given(when, text));
    }

    /** The answer that Inspect has. An empty one is of somebody who gave up, unless the task needs none, or the run was begun elsewhere. */
    SolveEntry given(Moment when, String answer) {
        boolean needed = session.options().needsAnswer();
        EntryKind kind = answer.isEmpty() && needed ? EntryKind.QUIT : EntryKind.SUBMIT;
        SolveEntry entry = SolveEntry.at(when, kind, "guest").withText(answer);
        return answer.isEmpty() && (!needed || session.joined())
                ? entry.withMore(Map.of(SolveEntry.UNCLEAR, "true"))
                : entry;
    }

    // What runs before the newest one counted, which its Inspect knows nothing of.
    private static long before(List<SolveEntry> entries) {
        int last = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).kind() == EntryKind.RUN) {
                last = i;
            }
        }
        List<SolveEntry> earlier = entries.subList(0, last);
        return earlier.isEmpty()
                ? 0
                : SolveClock.read(earlier, earlier.getLast().moment()).active().toMillis();
    }

    private static Map<String, String> result(JsonNode answer) {
        Map<String, String> facts = new HashMap<>();
        answer.path("scores")
                .properties()
                .forEach(score -> facts.put(
                        "score:" + score.getKey(),
                        score.getValue().isTextual()
                                ? score.getValue().asText()
                                : score.getValue().toString()));
        facts.put("status", answer.path("status").asText(""));
        facts.put("error", answer.path("error").asText(""));
        facts.put("limit", answer.path("limit").asText(""));
        facts.put("accumulated", answer.path("accumulated").asText(""));
        return facts;
    }

    /** When a run was seen last by whoever watched it. */
    static Moment lastSeen(List<SolveEntry> known) {
        return known.reversed().stream()
                .filter(entry -> entry.runMs() >= 0)
                .findFirst()
                .map(SolveEntry::moment)
                .orElseGet(Moment::now);
    }

    private void fault(String text) {
        append(SolveEntry.now(EntryKind.FAULT, "inspect")
                .withText(text.isBlank() ? "Inspect ended before the sample began and said nothing." : text));
    }

    // What a full journal has no room for is in the log still; the end is always written.
    private void append(SolveEntry entry) {
        if (!journal.offer(entry)) {
            LOG.warn("the journal of {} is full; it lacks: {}", session.id(), entry.kind());
        }
    }
}
