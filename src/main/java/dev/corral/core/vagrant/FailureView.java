package dev.corral.core.vagrant;

import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * Why an operation failed, fit to be shown.
 *
 * @param in       the phase that failed, with the machine's name, which is empty when it is not about one machine
 * @param sentence what happened, one plain sentence
 * @param nextStep what the user can do now, may be empty
 * @param lines    the lines of output that matter
 * @param vagrantfileLine the line of the Vagrantfile at fault, 0 when unknown
 * @param cancelled whether somebody cancelled it
 * @param layer     where it comes from, if that is known
 * @param remedy    what can be done about it at once, if anything
 */
public record FailureView(
        Phase in,
        String sentence,
        String nextStep,
        List<String> lines,
        int vagrantfileLine,
        boolean cancelled,
        Optional<Layer> layer,
        Optional<Remedy> remedy) {

    /** One of which neither layer nor remedy is known. */
    public FailureView(
            Phase in, String sentence, String nextStep, List<String> lines, int vagrantfileLine, boolean cancelled) {
        this(in, sentence, nextStep, lines, vagrantfileLine, cancelled, Optional.empty(), Optional.empty());
    }

    /** The phase that failed, in plain words. */
    public String phase() {
        return in.words();
    }

    /** The machine's name, empty when it is not about one machine. */
    public String machine() {
        return in.machine();
    }

    /** The position of the provisioner that failed, from 1; 0 when none did, or it is unknown. */
    public int position() {
        return in.provisioner().map(Phase.Provisioner::position).orElse(0);
    }

    /** Whether it was over before any provisioner began, and not because somebody wanted that. */
    public boolean beforeProvisioners() {
        return !cancelled && in.kind().compareTo(PhaseKind.PROVISION) < 0;
    }

    /** A copy about another phase. */
    public FailureView in(Phase other) {
        return new FailureView(other, sentence, nextStep, lines, vagrantfileLine, cancelled, layer, remedy);
    }

    /** A copy that names this line of the Vagrantfile. */
    public FailureView at(int line) {
        return new FailureView(in, sentence, nextStep, lines, line, cancelled, layer, remedy);
    }

    /** A copy with another next step. */
    public FailureView withNextStep(String other) {
        return new FailureView(in, sentence, other, lines, vagrantfileLine, cancelled, layer, remedy);
    }
}
