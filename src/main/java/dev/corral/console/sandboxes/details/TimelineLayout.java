package dev.corral.console.sandboxes.details;

import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Where the bars of an operation's phases lie. Pure.
 *
 * @param bars  one bar a phase: those of the whole sandbox first, then machine by machine, each in the order of their beginning
 * @param total the time from the operation's start to its end, or to now
 */
public record TimelineLayout(List<Bar> bars, Duration total) {

    /** The least part of the width that a bar takes, so that a short phase can be seen. */
    static final double MIN_WIDTH = 0.015;

    /** What the bar's colour says. */
    public enum Tone {
        /** Before the VM: copy, import. */
        PREPARE("bar-prepare"),
        /** The VM boots. */
        BOOT("bar-boot"),
        /** SSH and network. */
        CONNECT("bar-connect"),
        /** Provisioners. */
        PROVISION("bar-provision"),
        /** Everything else. */
        OTHER("bar-other"),
        /** It failed here. */
        FAILED("bar-failed");

        private final String styleClass;

        Tone(String styleClass) {
            this.styleClass = styleClass;
        }

        /** The style class that gives the colour. */
        public String styleClass() {
            return styleClass;
        }
    }

    /**
     * One bar.
     *
     * @param machine the machine, empty for the whole sandbox
     * @param label   the phase
     * @param start   where it begins, 0 to 1
     * @param width   its width, 0 to 1
     * @param elapsed its time
     * @param open    whether it is under way
     * @param tone    its colour
     */
    public record Bar(
            String machine, String label, double start, double width, Duration elapsed, boolean open, Tone tone) {}

    /** Lays out an operation at a moment. */
    public static TimelineLayout of(OperationView operation, Instant now) {
        Instant end = operation.endedAt().orElse(operation.alive() ? now : lastSign(operation));
        long total = Math.max(1, Duration.between(operation.startedAt(), end).toMillis());
        List<String> machines =
                operation.phases().stream().map(PhaseSpan::machine).distinct().toList();
        List<Bar> bars = operation.phases().stream()
                .sorted(Comparator.comparingInt(
                        phase -> phase.machine().isEmpty() ? -1 : machines.indexOf(phase.machine())))
                .map(phase -> bar(phase, operation.startedAt(), end, total))
                .toList();
        return new TimelineLayout(bars, Duration.ofMillis(total));
    }

    // A killed process leaves phases open: its last sign of life is the best known end.
    private static Instant lastSign(OperationView operation) {
        return operation.phases().stream()
                .map(phase -> phase.endedAt().orElse(phase.startedAt()))
                .max(Instant::compareTo)
                .orElse(operation.startedAt());
    }

    private static Bar bar(PhaseSpan phase, Instant begin, Instant end, long total) {
        double start = clamp((double) Duration.between(begin, phase.startedAt()).toMillis() / total, 0, 1 - MIN_WIDTH);
        Duration elapsed = phase.elapsed(end);
        double width = clamp((double) elapsed.toMillis() / total, MIN_WIDTH, 1 - start);
        return new Bar(
                Texts.line(phase.machine()),
                Texts.line(phase.name()),
                start,
                width,
                elapsed.isNegative() ? Duration.ZERO : elapsed,
                phase.endedAt().isEmpty(),
                tone(phase));
    }

    private static double clamp(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }

    private static Tone tone(PhaseSpan phase) {
        if (phase.failed()) {
            return Tone.FAILED;
        }
        return switch (phase.phase().kind()) {
            case PROVISION, TRIGGER -> Tone.PROVISION;
            case BOOT -> Tone.BOOT;
            case SSH, SET_UP -> Tone.CONNECT;
            case RESOLVE, COPY, LOAD, BOX, CREATE, FILES -> Tone.PREPARE;
            case SETUP, SAVE, DESTROY, REMOVE, CONFIRM, ITEM, OTHER -> Tone.OTHER;
        };
    }
}
