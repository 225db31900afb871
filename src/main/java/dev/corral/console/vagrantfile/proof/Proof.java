package dev.corral.console.vagrantfile.proof;

import dev.corral.console.shared.Formats;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.vagrant.FailureView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A clean start of the whole file in a sandbox of its own, beside the one that is worked on.
 *
 * @param sandbox   the sandbox's id
 * @param state     what has come of it
 * @param startedAt when it began
 * @param took      how long it took; empty while it is under way
 * @param usual     how long a start of this file usually takes, where that is known
 * @param cause     why it failed, a sentence; empty otherwise
 */
public record Proof(
        String sandbox,
        State state,
        Instant startedAt,
        Optional<Duration> took,
        Optional<Duration> usual,
        String cause) {

    /** What has come of it. */
    public enum State {
        /** It is under way. */
        RUNNING("clean start", StateStyle.CHANGING),
        /** All went well, and its sandbox is being destroyed. */
        DESTROYING("proven", StateStyle.READY),
        /** All went well, and its sandbox is gone. */
        GOOD("proven", StateStyle.READY),
        /** All went well, but its sandbox could not be destroyed. */
        LEFT("proven", StateStyle.READY),
        /** It failed, and its sandbox is kept as far as there was one. */
        FAILED("clean start failed", StateStyle.FAILED);

        private final String word;
        private final StateStyle look;

        State(String word, StateStyle look) {
            this.word = word;
            this.look = look;
        }

        /** What people read. */
        public String word() {
            return word;
        }

        /** Shape and colour. */
        public StateStyle look() {
            return look;
        }
    }

    /** One that has just begun. */
    public static Proof begun(String sandbox, Instant now) {
        return new Proof(sandbox, State.RUNNING, now, Optional.empty(), Optional.empty(), "");
    }

    /**
     * The same after another look.
     *
     * @param view its sandbox, or what is left of that; empty while it is not seen
     */
    public Proof after(Optional<SandboxView> view) {
        if (state == State.LEFT && view.isEmpty()) {
            return in(State.GOOD, "");
        }
        if (state != State.RUNNING || view.isEmpty()) {
            return this;
        }
        Optional<OperationView> start = view.get().operation();
        Optional<Duration> usually = start.flatMap(OperationView::usual).or(() -> usual);
        boolean over = start.flatMap(OperationView::endedAt).isPresent();
        Optional<Duration> time =
                start.flatMap(one -> one.endedAt().map(end -> Duration.between(one.startedAt(), end)));
        if (view.get().state() == SandboxState.READY && over) {
            return new Proof(sandbox, State.DESTROYING, startedAt, time, usually, "");
        }
        boolean failed =
                switch (view.get().state()) {
                    case FAILED, INTERRUPTED, DEGRADED, STOPPED, DESTROY_FAILED -> true;
                    default -> start.flatMap(OperationView::failure).isPresent();
                };
        return failed
                ? new Proof(sandbox, State.FAILED, startedAt, time, usually, cause(view.get()))
                : new Proof(sandbox, State.RUNNING, startedAt, Optional.empty(), usually, "");
    }

    /** The same when the destroy of its sandbox has ended, or could not begin. */
    public Proof destroyed(boolean gone) {
        return gone
                ? in(State.GOOD, "")
                : in(
                        State.LEFT,
                        "Its sandbox could not be destroyed and is still there: show it, and destroy it there.");
    }

    private Proof in(State now, String why) {
        return new Proof(sandbox, now, startedAt, took, usual, why);
    }

    private static String cause(SandboxView view) {
        return view.operation()
                .flatMap(OperationView::failure)
                .map(FailureView::sentence)
                .map(Texts::line)
                .filter(sentence -> !sentence.isEmpty())
                .orElseGet(() -> "The sandbox is " + view.state().word() + ".");
    }

    /** The line below its name. */
    public String note(Instant now) {
        return switch (state) {
            case RUNNING ->
                "fresh sandbox · " + Formats.duration(Duration.between(startedAt, now))
                        + usual.map(usually -> " of about " + Formats.duration(usually))
                                .orElse("");
            case DESTROYING -> time() + "destroying…";
            case GOOD -> time() + "destroyed again";
            case LEFT -> time() + "could not be destroyed";
            case FAILED -> "";
        };
    }

    private String time() {
        return took.map(time -> "clean start in " + Formats.duration(time) + ", ")
                .orElse("");
    }

    /** How far it has come by the usual time, 0 to 1; empty when it is over or the time is not known. */
    public Optional<Double> progress(Instant now) {
        return state != State.RUNNING
                ? Optional.empty()
                : usual.filter(usually -> !usually.isZero())
                        .map(usually -> Math.clamp(
                                (double) Duration.between(startedAt, now).toMillis() / usually.toMillis(), 0, 0.97));
    }
}
