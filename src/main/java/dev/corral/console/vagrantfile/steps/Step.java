package dev.corral.console.vagrantfile.steps;

import dev.corral.console.shared.StateStyle;
import dev.corral.core.vagrantfile.Place;
import java.time.Duration;
import java.util.Optional;

/**
 * A line of a machine's timeline.
 *
 * @param key   which step
 * @param name  what it is called
 * @param note  more about it: type, file and line of a provisioner; may be empty
 * @param place where the Vagrantfile names it; {@link Place#NONE} where it does not
 * @param state what has come of it
 * @param took  how long it has taken; empty while it waits
 * @param usual how long it took before, where that is known
 * @param slow  whether it takes much longer than before
 * @param start where its bar begins, 0 to 1
 * @param width the bar's width, 0 to 1; 0 for none
 * @param run   how it was taken last; empty when it was not
 */
public record Step(
        StepKey key,
        String name,
        String note,
        Place place,
        State state,
        Optional<Duration> took,
        Optional<Duration> usual,
        boolean slow,
        double start,
        double width,
        Optional<StepRun> run) {

    /** What has come of a step. */
    public enum State {
        /** It went well. */
        DONE("done", StateStyle.READY),
        /** It failed. */
        FAILED("failed", StateStyle.FAILED),
        /** It is under way. */
        RUNNING("running", StateStyle.CHANGING),
        /** Its turn has not come. */
        WAITING("waiting", StateStyle.OFF),
        /** It was ended from outside: by a cancel, another machine's failure or the end of its process. */
        STOPPED("stopped", StateStyle.STRAY),
        /** It runs only when it is asked for. */
        LEFT_OUT("only when asked for", StateStyle.OFF);

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

    /** Whether it is a provisioner that the Vagrantfile has now, which can be run again. */
    public boolean rerunnable() {
        return key.kind() == StepKey.Kind.PROVISIONER && key.position() > 0;
    }

    /** A copy with its bar. */
    public Step at(double from, double wide) {
        return new Step(key, name, note, place, state, took, usual, slow, from, wide, run);
    }
}
