package dev.corral.cli.output;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.vagrantfile.check.VagrantfileProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** Problems of Vagrantfiles in the form that editors read. */
public final class ProblemLines {
    private static final long LONGEST = 16L << 20;

    private ProblemLines() {}

    /** The line of one: {@code FILE:LINE:COLUMN: severity: text}. */
    public static String line(VagrantfileProblem one) {
        return one.file() + ":" + one.line() + ":" + one.column() + ": " + word(one) + ": " + one.text();
    }

    /** How bad it is, in a word. */
    public static String word(VagrantfileProblem one) {
        return one.severity().name().toLowerCase(Locale.ROOT);
    }

    /**
     * The text in which problems are looked for.
     *
     * @throws ExpectedFailure if it can't be read
     */
    public static String text(Path vagrantfile) {
        try {
            return new String(OrdinaryFile.read(vagrantfile, LONGEST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    vagrantfile + " can't be read: " + e.getMessage() + ".", "Check that you may read it.", e);
        }
    }
}
