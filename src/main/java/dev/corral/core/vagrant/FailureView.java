package dev.corral.core.vagrant;

import java.util.List;

/**
 * Why an operation failed, fit to be shown.
 *
 * @param in       the phase that failed, with the machine's name, which is empty when it is not about one machine
 * @param sentence what happened, one plain sentence
 * @param nextStep what the user can do now, may be empty
 * @param lines    the lines of output that matter
 * @param vagrantfileLine the line of the Vagrantfile at fault, 0 when unknown
 * @param cancelled whether somebody cancelled it
 */
public record FailureView(
        Phase in, String sentence, String nextStep, List<String> lines, int vagrantfileLine, boolean cancelled) {

    /** The phase that failed, in plain words. */
    public String phase() {
        return in.words();
    }

    /** The machine's name, empty when it is not about one machine. */
    public String machine() {
        return in.machine();
    }

    /** A copy about another phase. */
    public FailureView in(Phase other) {
        return new FailureView(other, sentence, nextStep, lines, vagrantfileLine, cancelled);
    }

    /** A copy with another next step. */
    public FailureView withNextStep(String other) {
        return new FailureView(in, sentence, other, lines, vagrantfileLine, cancelled);
    }
}
