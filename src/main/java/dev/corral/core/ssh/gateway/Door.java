package dev.corral.core.ssh.gateway;

import dev.corral.core.base.ExpectedFailure;
import java.security.PublicKey;

/** Decides who comes through a {@link Gateway}, and opens what they get. Thread-safe. */
public interface Door {
    /**
     * Whether this key lets in; asked before a signature is looked at and again with one.
     *
     * @param key what is offered
     */
    boolean admits(PublicKey key);

    /**
     * Opens the terminal of somebody who is in. Blocks.
     *
     * @throws ExpectedFailure      if there is none to be had; the person reads the sentence
     * @throws InterruptedException if the thread is interrupted
     */
    Terminal open(Visit visit) throws InterruptedException;

    /**
     * Who asks for a terminal.
     *
     * @param key      the key that let them in
     * @param from     the address that they come from
     * @param columns  the width of their terminal, in cells
     * @param rows     its height
     * @param terminal what sort it says it is; untrusted
     */
    record Visit(PublicKey key, String from, int columns, int rows, String terminal) {}
}
