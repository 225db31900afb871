package dev.corral.core.vagrant.failure;

import dev.corral.core.vagrant.PhaseKind;

/**
 * What a failed command left behind.
 *
 * @param errorClass Vagrant's error class without its modules; empty when it named none
 * @param text       its error, and what else it said itself
 * @param lines      the last lines of the phase that failed
 * @param phase      that phase
 * @param which      its provisioner or trigger, in words; may be empty
 * @param exitCode   the exit code
 */
public record Signs(String errorClass, String text, String lines, PhaseKind phase, String which, int exitCode) {}
