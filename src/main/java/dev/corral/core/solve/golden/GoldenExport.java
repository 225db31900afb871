package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.recording.replay.Recording;
import dev.corral.core.solve.SessionRecordings;
import dev.corral.core.solve.SolveState;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.journal.EntryKind;
import dev.corral.core.solve.journal.SolveFolder;
import dev.corral.core.solve.journal.SolveSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes a golden run of a session that was solved. Blocks while it reads the session's recordings. */
public final class GoldenExport {
    // What a file may have less what stands around the steps.
    private static final long MOST_BYTES = 15 << 20;
    private static final int INDENT = 4;

    private GoldenExport() {}

    /**
     * What came of it.
     *
     * @param golden   the golden run
     * @param warnings what a person should look at in it, a sentence each
     */
    public record Made(Golden golden, List<String> warnings) {
        /** Copies the list. */
        public Made {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Makes it.
     *
     * @param recordings whose commands it takes; none: all of the session, those of Corral's terminals where there are any, else
     *                   those that Inspect kept in the guest
     * @param file       where it will lie, so that it can name the task file from there
     * @throws ExpectedFailure if the session has no answer or its task file is not known, or no recording has any command
     */
    public static Made of(SolveStatus status, SolveFolder folder, List<Path> recordings, Path file) {
        SolveSession session = status.session();
        if (session.taskFile().isEmpty()) {
            throw ExpectedFailure.failed(
                    "The task file of " + session.id() + " is not known, so nothing could be replayed.",
                    "Solve the sample in a session of Corral's own.");
        }
        if (status.state() != SolveState.ENDED || status.story().given().orElse(EntryKind.QUIT) != EntryKind.SUBMIT) {
            throw ExpectedFailure.failed(
                    "The session " + session.id() + " was not solved: "
                            + status.state().words() + ", no answer handed in.",
                    "Submit an answer first.");
        }
        Commands commands = new Commands();
        try {
            for (Path recording : recordings.isEmpty() ? SessionRecordings.of(folder) : recordings) {
                try (Recording open = Recording.open(recording)) {
                    commands.take(open);
                }
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The recordings of " + session.id() + " can't be read.",
                    "Give yourself access to " + folder.recordings() + ".",
                    e);
        }
        if (commands.steps().isEmpty()) {
            throw ExpectedFailure.failed(
                    "No recording of " + session.id() + " shows a command.",
                    "Commands are known by usual prompts. Name recordings with --recording, or write the steps by hand.");
        }
        return made(status, commands, file);
    }

    private static Made made(SolveStatus status, Commands commands, Path file) {
        SolveSession session = status.session();
        List<Commands.Timed> timed = new ArrayList<>(commands.steps());
        status.story().story().stream()
                .filter(entry -> entry.kind() == EntryKind.NOTE && !entry.by().equals("corral"))
                .forEach(entry -> timed.add(new Commands.Timed(
                        entry.at(),
                        GoldenStep.note(PlainText.of(entry.text()
                                .replaceFirst("^## Human Agent Note\\s*", "")
                                .strip())))));
        timed.sort(Comparator.comparing(Commands.Timed::at));
        List<String> warnings = new ArrayList<>();
        List<GoldenStep> steps =
                fitting(timed.stream().map(Commands.Timed::step).toList(), warnings);
        Map<String, String> scores = new TreeMap<>();
        status.story().result().forEach((name, value) -> {
            if (name.startsWith("score:")) {
                scores.put(name.substring("score:".length()), value);
            }
        });
        Golden golden = new Golden(
                Golden.VERSION,
                GoldenFile.named(Path.of(session.taskFile()), file),
                session.task(),
                session.sample(),
                session.options().user(),
                Optional.of(status.story().answer()).filter(answer -> !answer.isEmpty()),
                scores.isEmpty() ? Optional.empty() : Optional.of(scores),
                Optional.empty(),
                Optional.of(new Golden.Recorded(
                        session.id(),
                        session.who(),
                        Optional.<Instant>of(session.createdAt()),
                        status.sandbox(),
                        List.copyOf(commands.hosts()))),
                commands.shells(),
                steps);
        warn(golden, commands, warnings);
        return new Made(golden, warnings);
    }

    /**
     * The steps that a golden run may have. Notes give way first, the last ones first, since nothing is checked by them.
     *
     * @param warnings gets what was left out
     */
    static List<GoldenStep> fitting(List<GoldenStep> steps, List<String> warnings) {
        BitSet kept = new BitSet();
        long bytes = 0;
        for (boolean notes : new boolean[] {false, true}) {
            int left = 0;
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).note().isPresent() == notes) {
                    long size = size(steps.get(i));
                    if (left > 0 || kept.cardinality() >= GoldenFile.MOST_STEPS || bytes + size > MOST_BYTES) {
                        left++;
                    } else {
                        kept.set(i);
                        bytes += size;
                    }
                }
            }
            if (left > 0) {
                warnings.add(
                        "The last " + left + (notes ? " notes" : " commands") + " are left out: a golden run holds "
                                + GoldenFile.MOST_STEPS + " steps and " + (MOST_BYTES >> 20) + " MiB of them.");
            }
        }
        return kept.stream().mapToObj(steps::get).toList();
    }

    private static long size(GoldenStep step) {
        byte[] alone = GoldenFile.bytes(step);
        long size = (long) alone.length + INDENT;
        for (byte one : alone) {
            size += one == '\n' ? INDENT : 0;
        }
        return size;
    }

    private static void warn(Golden golden, Commands commands, List<String> warnings) {
        for (int i = 0; i < golden.steps().size(); i++) {
            GoldenStep step = golden.steps().get(i);
            int number = i + 1;
            step.skip().ifPresent(why -> warnings.add("Step " + number + " is left out: " + why + "."));
        }
        if (commands.addresses() > 0) {
            warnings.add("Commands name addresses of machines, which another sandbox may not have: "
                    + commands.addresses() + ".");
        }
        if (commands.hosts().isEmpty()) {
            warnings.add("The prompts name no machine, so its name in output is not known.");
        }
        warnings.add(
                "A recording does not tell with which status a command ended; corral solve --check FILE --learn adds that.");
    }
}
