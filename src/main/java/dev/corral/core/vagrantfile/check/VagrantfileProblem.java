package dev.corral.core.vagrantfile.check;

import dev.corral.core.vagrantfile.Problem.Severity;
import java.util.Comparator;
import java.util.Optional;

/**
 * Something that the author of a Vagrantfile wants to know.
 *
 * @param file     the file
 * @param line     the line, counted from 1
 * @param column   where it begins there, counted from 1 in UTF-16 units
 * @param end      the column behind its end
 * @param severity how bad it is
 * @param sentence what it is
 * @param nextStep what to do; may be empty
 * @param fix      what mends it, if that is known
 */
public record VagrantfileProblem(
        String file,
        int line,
        int column,
        int end,
        Severity severity,
        String sentence,
        String nextStep,
        Optional<Fix> fix) {
    /** By file, line and column; worse ones first where that is the same. */
    public static final Comparator<VagrantfileProblem> ORDER = Comparator.comparing(VagrantfileProblem::file)
            .thenComparing(VagrantfileProblem::line)
            .thenComparing(VagrantfileProblem::severity)
            .thenComparing(VagrantfileProblem::column);

    /** Sentence and next step in one. */
    public String text() {
        return nextStep.isEmpty() ? sentence : sentence + " " + nextStep;
    }
}
