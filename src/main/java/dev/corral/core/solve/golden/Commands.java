package dev.corral.core.solve.golden;

import dev.corral.core.recording.replay.CommandWalk;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes steps of the commands of recordings. Each terminal is a shell; where its prompt becomes another user's on the same machine, one of
 * that user's goes on, and what opened it is left out. What can't be repeated unattended is kept and said to be left out.
 */
final class Commands {
    private static final Pattern OF_THE_SESSION = Pattern.compile(
            "task(?:\\s+(?:start|stop|status|note|instructions|score|submit|quit)\\b.*)?|exit|logout|clear|reset|history",
            Pattern.DOTALL);
    private static final Pattern GIVEN_UP = Pattern.compile(".*\\^[CDZ\\\\]", Pattern.DOTALL);
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\w.])(?:\\d{1,3}\\.){3}\\d{1,3}(?![\\w.])");

    // A golden run must be one that can be read again: with the person's notes among the steps, and what JSON adds.
    private static final int MOST_STEPS = 4_000;
    private static final int MOST_SHELLS = 50;
    private static final long MOST_BYTES = 12 << 20;
    private static final int OF_A_STEP = 300;
    private static final int OF_A_LINE = 8;
    private static final String TOO_MUCH =
            "the recordings show more than a golden run may hold; what else they show after this is not in it";
    private static final String TOO_LONG =
            "its recording shows more than is read; what else that shows after this is not in it";

    private final List<Golden.Shell> shells = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Timed> timed = new ArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private int addresses;
    private long bytes;
    private boolean full;

    /** A step and when it was. */
    record Timed(Instant at, GoldenStep step) {}

    /** The shells that the steps run in. */
    List<Golden.Shell> shells() {
        return shells;
    }

    /** What the machines called themselves. */
    Set<String> hosts() {
        return hosts;
    }

    /** The steps, each terminal's in order. */
    List<Timed> steps() {
        return timed;
    }

    /** How many commands name an address, which may be another one in another sandbox. */
    int addresses() {
        return addresses;
    }

    /** Takes the commands of a recording, as far as there is room. The first one that there is none for is kept as one that is left out. */
    void take(Recording recording) throws IOException {
        if (full) {
            return;
        }
        List<CommandWalk.Step> steps = CommandWalk.of(recording);
        Optional<Prompt> base =
                steps.isEmpty() ? Optional.empty() : Prompt.of(steps.getFirst().prompt());
        Instant began = recording.header().began().orElse(Instant.EPOCH);
        boolean more = CommandWalk.full(steps);
        for (int i = 0; i < steps.size(); i++) {
            CommandWalk.Step step = steps.get(i);
            Instant at = began.plusNanos(step.micros() * 1000);
            if (more && i == steps.size() - 1) {
                timed.add(
                        new Timed(at, leftOut(shellOf(recording, Optional.empty(), Optional.empty()), step, TOO_LONG)));
                return;
            }
            if (OF_THE_SESSION.matcher(step.command()).matches()
                    || GIVEN_UP.matcher(step.command()).matches()) {
                continue;
            }
            Optional<Prompt> here = Prompt.of(step.prompt());
            String inside = elsewhere(base, here);
            Optional<Prompt> own = inside.isEmpty() ? base : Optional.empty();
            if (!fits(recording, own, here, step)) {
                full = true;
                timed.add(new Timed(at, leftOut(1, step, TOO_MUCH)));
                return;
            }
            here.map(Prompt::host).ifPresent(hosts::add);
            boolean opens = i + 1 < steps.size()
                    && inside.isEmpty()
                    && opens(here, Prompt.of(steps.get(i + 1).prompt()));
            GoldenStep made = made(shellOf(recording, own, here), step);
            if (!inside.isEmpty()) {
                made = made.skipped(inside);
            } else if (opens) {
                made = made.skipped("it opened another shell");
            } else if (step.fullScreen()) {
                made = made.skipped("a full-screen program ran; say in commands what was done in it");
            } else if (ADDRESS.matcher(step.command()).find() && !step.command().contains("127.0.0.1")) {
                addresses++;
            }
            timed.add(new Timed(at, made));
        }
    }

    private boolean fits(Recording recording, Optional<Prompt> base, Optional<Prompt> here, CommandWalk.Step step) {
        bytes += OF_A_STEP + bytes(step.prompt()) + bytes(step.command());
        step.output().forEach(line -> bytes += OF_A_LINE + bytes(line));
        return timed.size() < MOST_STEPS
                && bytes <= MOST_BYTES
                && (shells.size() < MOST_SHELLS || numbers.containsKey(key(recording, user(base, here))));
    }

    // As JSON in UTF-8.
    private static long bytes(String text) {
        return text.chars()
                .map(c -> c == '"' || c == '\\' || c == '\n'
                        ? 2
                        : c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate((char) c) ? 2 : 3)
                .asLongStream()
                .sum();
    }

    private static GoldenStep leftOut(int shell, CommandWalk.Step step, String why) {
        return GoldenStep.command(shell, beginning(step.command()), List.of(), Optional.empty())
                .skipped(why);
    }

    private static String beginning(String command) {
        return command.substring(0, Math.min(command.length(), CommandWalk.LONGEST_COMMAND));
    }

    private static GoldenStep made(int shell, CommandWalk.Step step) {
        Optional<GoldenStep.Check> check = step.cut() ? Optional.of(GoldenStep.Check.BEGINNING) : Optional.empty();
        GoldenStep made = GoldenStep.command(shell, beginning(step.command()), step.output(), check);
        return step.command().length() > CommandWalk.LONGEST_COMMAND ? made.skipped("it is too long") : made;
    }

    /** Whose shell it is; empty for the one whose recording it is. */
    private static String user(Optional<Prompt> base, Optional<Prompt> here) {
        return base.isPresent()
                        && here.isPresent()
                        && !here.get().user().equals(base.get().user())
                ? here.get().user()
                : "";
    }

    private static String key(Recording recording, String user) {
        return recording.file() + " " + user;
    }

    private int shellOf(Recording recording, Optional<Prompt> base, Optional<Prompt> here) {
        String user = user(base, here);
        return numbers.computeIfAbsent(key(recording, user), made -> {
            shells.add(new Golden.Shell(
                    Optional.of(recording.header().about().machine()).filter(name -> !name.isEmpty()),
                    Optional.of(user).filter(name -> !name.isEmpty()),
                    user.isEmpty() ? Optional.empty() : here.flatMap(Prompt::directory),
                    recording.header().columns(),
                    recording.header().rows()));
            return shells.size();
        });
    }

    // A prompt that names nobody may stand anywhere, so it is believed only where it was so from the beginning.
    private static String elsewhere(Optional<Prompt> base, Optional<Prompt> here) {
        if (base.isPresent() && here.isEmpty()) {
            return "it ran in a program or container that was opened before";
        }
        return base.isPresent() && !here.orElseThrow().host().equals(base.get().host())
                ? "it ran on " + here.orElseThrow().host()
                : "";
    }

    private static boolean opens(Optional<Prompt> here, Optional<Prompt> next) {
        if (here.isEmpty()) {
            return false;
        }
        return next.isEmpty()
                || !next.get().host().equals(here.get().host())
                || !next.get().user().equals(here.get().user());
    }
}
