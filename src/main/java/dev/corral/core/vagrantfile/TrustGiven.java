package dev.corral.core.vagrantfile;

import java.util.function.Consumer;

/**
 * A person's word about a Vagrantfile, as a start takes it along.
 *
 * @param files what the word is about: the Vagrantfile, and what it was seen to read before
 * @param keep  is told on the thread of the start what was read now, so that the next word is about that, too
 */
public record TrustGiven(ReadFiles files, Consumer<ReadFiles> keep) {}
