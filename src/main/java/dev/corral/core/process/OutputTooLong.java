package dev.corral.core.process;

import java.io.IOException;

/** A program printed more than anybody reads, so that its answer is not whole. */
public final class OutputTooLong extends IOException {
    private static final long serialVersionUID = 1;

    OutputTooLong(String program, int most) {
        super(program + " printed more than " + (most >> 20) + " MiB");
    }
}
