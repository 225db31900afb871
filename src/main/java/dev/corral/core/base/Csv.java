package dev.corral.core.base;

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

    /** A text of others, quoted. */
    public static String text(String text) {
        String safe = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }

    // A plain number stays one, a negative too.
    private static String cell(String text) {
        return text.isEmpty() || text.matches("-?\\d{1,18}(?:\\.\\d{1,9})?") ? text : text(text);
    }
}
