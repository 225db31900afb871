package dev.corral.core.vagrant;

import java.util.List;

/**
 * Why a start or destroy failed, fit to be shown.
 *
 * @param phase    the phase that failed, in plain words
 * @param machine  the machine's name, empty when it is not about one machine
 * @param sentence what happened, one plain sentence
 * @param nextStep what the user can do now, may be empty
 * @param lines    the lines of output that matter
 * @param vagrantfileLine the line of the Vagrantfile at fault, 0 when unknown
 * @param cancelled whether somebody cancelled it
 */
public record FailureView(
        String phase,
        String machine,
        String sentence,
        String nextStep,
        List<String> lines,
        int vagrantfileLine,
        boolean cancelled) {}
