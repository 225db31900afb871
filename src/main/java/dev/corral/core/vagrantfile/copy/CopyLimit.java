package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may come along.
 *
 * @param bytes the size of all files together, in bytes
 * @param files the number of files and links; there may be as many folders
 */
public record CopyLimit(long bytes, int files) {
    /** The variable that raises or lowers it: {@code MiB} or {@code MiB,files}. */
    public static final String VARIABLE = "CORRAL_COPY_LIMIT";

    /** What a project of daily life needs, by far. */
    public static final CopyLimit USUAL = new CopyLimit(64L << 20, 5_000);

    /** What a line of the user's own list names may be that many times as much. */
    private static final int NAMED = 16;

    private static final Pattern SETTING = Pattern.compile("\\s*(\\d{1,9})\\s*(?:,\\s*(\\d{1,7})\\s*)?");

    /**
     * The limit that the variables set, or the usual one.
     *
     * @throws ExpectedFailure if the variable says something else than a limit
     */
    public static CopyLimit of(Environment environment) {
        return environment.get(VARIABLE).map(CopyLimit::parse).orElse(USUAL);
    }

    private static CopyLimit parse(String text) {
        Matcher matcher = SETTING.matcher(text);
        if (!matcher.matches()) {
            throw ExpectedFailure.usage(
                    "The variable " + VARIABLE + " is \"" + PlainText.line(text, 40) + "\", which is no limit.",
                    "Give it a number of MiB, and after a comma a number of files, such as " + VARIABLE
                            + "=256,20000.");
        }
        return new CopyLimit(
                Long.parseLong(matcher.group(1)) << 20,
                matcher.group(2) == null ? USUAL.files : Integer.parseInt(matcher.group(2)));
    }

    /** What a line of the user's own list allows for what it names. */
    CopyLimit named() {
        return new CopyLimit(bytes * NAMED, files * NAMED);
    }

    /** How many entries of folders are looked at before a copy is given up, whether they come along or not. */
    int looks() {
        return Math.max(500_000, named().files * 2);
    }

    /** A size for people: MiB, rounded up, or bytes where that says more. */
    static String size(long bytes) {
        return bytes < 1 << 20 ? number(bytes) + " bytes" : number(mebibytes(bytes)) + " MiB";
    }

    /** A number for people. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Bytes in MiB, rounded up. */
    static long mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
