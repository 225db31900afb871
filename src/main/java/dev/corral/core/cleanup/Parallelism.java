package dev.corral.core.cleanup;

import dev.corral.core.base.Environment;

/** How many VMs are taken down at once. */
final class Parallelism {
    private static final String VARIABLE = "INSPECT_MAX_VAGRANT_STARTUPS";
    // A vagrant destroy waits most of its time for the hypervisor, so a processor serves several.
    private static final int PER_PROCESSOR = 3;
    private static final int LEAST = 6;

    private Parallelism() {}

    /** The start slots where they are limited, else what the processors serve. */
    static int of(Environment environment) {
        int usual = Math.max(LEAST, PER_PROCESSOR * Runtime.getRuntime().availableProcessors());
        try {
            return environment
                    .get(VARIABLE)
                    .map(text -> Integer.parseInt(text.strip()))
                    .filter(number -> number > 0)
                    .orElse(usual);
        } catch (NumberFormatException e) {
            // A start refuses such a value with a sentence; room must be regained all the same.
            return 1;
        }
    }
}
