package dev.corral.core.vagrantfile.complete;

import dev.corral.core.vagrantfile.check.Known;
import java.util.List;

/**
 * The names that can be offered besides what the text itself says.
 *
 * @param known     settings and boxes of this computer
 * @param machines  the machines that the file is known to define, for instance by an earlier resolution
 * @param variables variables of the environment
 */
public record Names(Known known, List<String> machines, List<String> variables) {
    /** Copies the lists. */
    public Names {
        machines = List.copyOf(machines);
        variables = List.copyOf(variables);
    }
}
