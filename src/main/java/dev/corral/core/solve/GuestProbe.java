package dev.corral.core.solve;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.solve.clock.SolveClock;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.Moment;
import dev.corral.core.solve.journal.SolveEntry;
import dev.corral.core.solve.journal.SolveFolder;
import dev.corral.core.solve.journal.SolveStore.Stored;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks whether a session's machine is there, and when a key was pressed in it last: the kernel of the guest notes that of each terminal,
 * whichever program or window it belongs to. One small command over the kept connection. Thread-safe; blocks.
 */
final class GuestProbe {
    /** For so long nobody may press a key without being asked about it. */
    static final Duration QUIET = Duration.ofMinutes(5);

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final String SCRIPT = """
            cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown
            date +%s
            stat -c %X /dev/pts/[0-9]* 2>/dev/null
            """;

    private final SolveWorld world;
    private final SolveFolder folder;
    private final Duration quiet;
    private String boot = "";
    private int late;
    private final long began = System.nanoTime();
    private volatile Optional<Long> touched = Optional.empty();

    GuestProbe(SolveWorld world, Stored stored, Duration quiet) {
        this.world = world;
        this.folder = stored.folder();
        this.quiet = quiet;
    }

    /** Says that the person did something here, beside the machine. */
    void touched() {
        touched = Optional.of(System.nanoTime());
    }

    /**
     * Looks once, and writes down what has changed.
     *
     * @throws IOException if the journal can't be read or written
     */
    synchronized void look(SolveStatus status) throws IOException {
        if (!status.state().listening() || status.sandbox().isEmpty()) {
            return;
        }
        try {
            ExecResult said = world.guest(status.sandbox(), "")
                    .exec(ExecRequest.of("/bin/sh", "-c", SCRIPT)
                            .withCaptureLimit(16 * 1024)
                            .withTimeout(PATIENCE));
            if (said.timedOut()) {
                // Once it may only be slow.
                if (++late > 1) {
                    change(EntryKind.LOST, EntryKind.FOUND, "");
                }
                return;
            }
            late = 0;
            there(said.stdoutText().lines().map(String::strip).toList());
        } catch (ExpectedFailure e) {
            away(status.sandbox());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void there(List<String> lines) throws IOException {
        back(EntryKind.DOWN, EntryKind.UP);
        back(EntryKind.LOST, EntryKind.FOUND);
        if (lines.size() < 2) {
            return;
        }
        if (!boot.isEmpty() && !boot.equals(lines.get(0))) {
            folder.journal().append(SolveEntry.now(EntryKind.REBOOTED, "corral"));
        }
        boot = lines.get(0);
        OptionalLong now = number(lines.get(1));
        if (now.isEmpty()) {
            return;
        }
        double keys = lines.subList(2, Math.min(lines.size(), 500)).stream()
                .map(GuestProbe::number)
                .filter(OptionalLong::isPresent)
                .mapToDouble(time -> Math.max(0, now.getAsLong() - time.getAsLong()))
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        if (!SolveClock.read(folder.journal().read(), Moment.now()).running()) {
            return;
        }
        tell();
        List<SolveEntry> entries = folder.journal().read();
        boolean open = open(entries, EntryKind.IDLE, EntryKind.ACTIVE);
        double least = quiet.toMillis() / 1000.0;
        double since = sinceLast(entries, keys);
        // Nobody is asked about what was before this watch began; but that it began says nothing of the person.
        double watched = Math.min(since, (System.nanoTime() - began) / 1e9);
        if (!open && watched >= least) {
            folder.journal().append(SolveEntry.now(EntryKind.IDLE, "corral").withMore(seconds(watched)));
        } else if (open && since < least) {
            folder.journal().append(SolveEntry.now(EntryKind.ACTIVE, "corral").withMore(seconds(since)));
        }
    }

    // Whoever watches as well can't see what the person does in this process.
    private void tell() throws IOException {
        Optional<Long> when = touched;
        if (when.isPresent()) {
            String ago = seconds((System.nanoTime() - when.get()) / 1e9).get(SolveClock.SECONDS);
            folder.journal().append(SolveEntry.now(EntryKind.BEAT, "corral").withMore(Map.of(SolveEntry.HERE, ago)));
            if (touched.equals(when)) {
                touched = Optional.empty();
            }
        }
    }

    private static Map<String, String> seconds(double time) {
        return Map.of(SolveClock.SECONDS, String.format(Locale.ROOT, "%.1f", time));
    }

    // Starting the clock, a note, a score, coming in for a moment between two looks: whoever did that was there.
    static double sinceLast(List<SolveEntry> entries, double keys) {
        Moment now = Moment.now();
        return entries.stream()
                .filter(entry -> switch (entry.kind()) {
                    case START, NOTE, SCORE, VALIDATE, KEEP, STRIKE, CAME -> true;
                    case BEAT -> !entry.fact(SolveEntry.HERE).isEmpty();
                    default -> false;
                })
                .filter(entry -> entry.moment().sameBoot(now))
                .mapToDouble(entry -> Math.max(0, (now.upMs() - entry.upMs()) / 1000.0 + before(entry)))
                .reduce(keys, Math::min);
    }

    private static double before(SolveEntry entry) {
        try {
            return entry.kind() == EntryKind.BEAT ? Double.parseDouble(entry.fact(SolveEntry.HERE)) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void away(String sandbox) throws IOException {
        Optional<MachineView> machine = world.inventory().sandbox(sandbox).flatMap(view -> view.primary());
        boolean runs = machine.map(MachineView::state)
                .filter(state -> state == MachineState.RUNNING || state == MachineState.UNKNOWN)
                .isPresent();
        String name = machine.map(MachineView::name).orElse("");
        if (runs) {
            change(EntryKind.LOST, EntryKind.FOUND, name);
        } else {
            back(EntryKind.LOST, EntryKind.FOUND);
            change(EntryKind.DOWN, EntryKind.UP, name);
        }
    }

    private void change(EntryKind to, EntryKind from, String about) throws IOException {
        if (!open(folder.journal().read(), to, from)) {
            folder.journal().append(SolveEntry.now(to, "corral").withAbout(about));
        }
    }

    private void back(EntryKind from, EntryKind to) throws IOException {
        if (open(folder.journal().read(), from, to)) {
            folder.journal().append(SolveEntry.now(to, "corral"));
        }
    }

    private static boolean open(List<SolveEntry> entries, EntryKind begins, EntryKind ends) {
        return entries.reversed().stream()
                .map(SolveEntry::kind)
                .filter(kind -> kind == begins || kind == ends || kind == EntryKind.RUN || stops(begins, kind))
                .findFirst()
                .filter(kind -> kind == begins)
                .isPresent();
    }

    // A stopped clock ends a quiet stretch; it does not bring a machine back.
    private static boolean stops(EntryKind begins, EntryKind kind) {
        return begins == EntryKind.IDLE && kind == EntryKind.STOP;
    }

    private static OptionalLong number(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
