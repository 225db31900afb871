package dev.corral.core.vagrant.failure;

import java.util.Optional;

/**
 * What is the matter, in plain words.
 *
 * @param kind     the name of the known failure
 * @param layer    where it comes from
 * @param sentence what happened
 * @param nextStep what to do
 * @param remedy   what can be done at once
 */
public record Diagnosis(String kind, Layer layer, String sentence, String nextStep, Optional<Remedy> remedy) {}
