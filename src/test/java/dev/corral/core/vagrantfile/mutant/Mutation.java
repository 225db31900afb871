package dev.corral.core.vagrantfile.mutant;

import java.util.random.RandomGenerator;

/**
 * One kind of change.
 *
 * @param name   what reports call it
 * @param phase  when it is its turn; later ones see what earlier ones wrote
 * @param change does it
 */
record Mutation(String name, Phase phase, Change change) {
    /** From the smallest part to the whole. */
    enum Phase {
        TOKENS,
        LINES,
        ADDITIONS,
        MOVES,
        WHOLE
    }

    /** Changes a project, or leaves it as it is. */
    interface Change {
        /** Whether it found something to change. */
        boolean apply(Mutant mutant, RandomGenerator random);
    }
}
