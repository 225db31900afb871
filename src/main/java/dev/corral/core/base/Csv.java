package dev.corral.core.base;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Tables for other programs, as RFC 4180 has them, that no spreadsheet takes for a program. Pure. */
public final class Csv {
    // A spreadsheet takes a cell that begins so for a formula, and runs it; the wide forms of some too.
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n|%\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    /** A line with its end. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    /** A text of others, quoted, without what {@link PlainText#of} takes away; its lines stay lines. */
    public static String text(String text) {
        // First, since what is not seen would hide how it begins, and be taken away by whoever shows it.
        String plain = Arrays.stream(text.split("\n", -1)).map(PlainText::of).collect(Collectors.joining("\n"));
        String safe = !plain.isEmpty() && BEGINS_A_FORMULA.indexOf(plain.charAt(0)) >= 0 ? "'" + plain : plain;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    // A plain number stays one, a negative too.
    private static String cell(String text) {
        return text.isEmpty() || text.matches("-?\\d{1,18}(?:\\.\\d{1,9})?") ? text : text(text);
    }
}
