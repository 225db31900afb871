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

    private final List<Golden.Shell> shells = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Timed> timed = new ArrayList<>();
    private final Set<String> hosts = new LinkedHashSet<>();
    private int addresses;

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

    /** Takes the commands of a recording. */
    void take(Recording recording) throws IOException {
        List<CommandWalk.Step> steps = CommandWalk.of(recording);
        Optional<Prompt> base =
                steps.isEmpty() ? Optional.empty() : Prompt.of(steps.getFirst().prompt());
        for (int i = 0; i < steps.size(); i++) {
            CommandWalk.Step step = steps.get(i);
            if (OF_THE_SESSION.matcher(step.command()).matches()
                    || GIVEN_UP.matcher(step.command()).matches()) {
                continue;
            }
            Optional<Prompt> here = Prompt.of(step.prompt());
            here.map(Prompt::host).ifPresent(hosts::add);
            String inside = elsewhere(base, here);
            boolean opens = i + 1 < steps.size()
                    && inside.isEmpty()
                    && opens(here, Prompt.of(steps.get(i + 1).prompt()));
            GoldenStep made = made(recording, inside.isEmpty() ? base : Optional.empty(), here, step);
            if (!inside.isEmpty()) {
                made = made.skipped(inside);
            } else if (opens) {
                made = made.skipped("it opened another shell");
            } else if (step.fullScreen()) {
                made = made.skipped("a full-screen program ran; say in commands what was done in it");
            } else if (ADDRESS.matcher(step.command()).find() && !step.command().contains("127.0.0.1")) {
                addresses++;
            }
            Instant began = recording.header().began().orElse(Instant.EPOCH);
            timed.add(new Timed(began.plusNanos(step.micros() * 1000), made));
        }
    }

    private GoldenStep made(Recording recording, Optional<Prompt> base, Optional<Prompt> here, CommandWalk.Step step) {
        boolean other = base.isPresent()
                && here.isPresent()
                && !here.get().user().equals(base.get().user());
        String user = other ? here.orElseThrow().user() : "";
        Optional<GoldenStep.Check> check = step.cut() ? Optional.of(GoldenStep.Check.BEGINNING) : Optional.empty();
        int shell = numbers.computeIfAbsent(recording.file() + " " + user, made -> {
            shells.add(new Golden.Shell(
                    Optional.of(recording.header().about().machine()).filter(name -> !name.isEmpty()),
                    Optional.of(user).filter(name -> !name.isEmpty()),
                    other ? here.flatMap(Prompt::directory) : Optional.empty(),
                    recording.header().columns(),
                    recording.header().rows()));
            return shells.size();
        });
        return GoldenStep.command(shell, step.command(), step.output(), check);
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
