package dev.corral.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.PlainText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The only place that prints: data on standard output, messages on standard error. */
public final class Output {
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err;

    public Output() {
        this(System.err);
    }

    private Output(OutputStream messages) {
        err = new PrintStream(messages, true, StandardCharsets.UTF_8);
    }

    /** One that keeps messages to itself. */
    public static Output silent() {
        return new Output(OutputStream.nullOutputStream());
    }

    /** Overwrites the present line of a terminal; does nothing where messages go elsewhere. */
    public void progress(String text) {
        if (System.console() != null && System.console().isTerminal()) {
            err.print("\r" + text + "\u001b[K");
            err.flush();
        }
    }

    /** Prints a value as one JSON document. */
    public void json(Object value) {
        try {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }

    /** Prints these bytes of data. */
    public void raw(byte[] data) {
        out.write(data, 0, data.length);
        out.flush();
    }

    /** Prints a line of data. */
    public void line(String text) {
        out.println(text);
    }

    /** Prints rows under a header, columns aligned; what comes from others is made plain. */
    public void table(List<String> header, List<List<String>> rows) {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(
                        widths[column], PlainText.line(row.get(column), 60).length());
            }
        }
        printRow(header, widths);
        rows.forEach(row -> printRow(row, widths));
    }

    private void printRow(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = PlainText.line(row.get(column), 60);
            line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
        }
        out.println(line.toString().stripTrailing());
    }

    /** Prints a message. */
    public void message(String text) {
        err.println(text);
    }

    /** Prints why something failed and what to do. */
    public void failure(ExpectedFailure failure) {
        err.println(PlainText.of(failure.getMessage().replace("\n", " ")));
        failure.details().lines().map(PlainText::of).forEach(line -> err.println("  | " + line));
        if (!failure.nextStep().isEmpty()) {
            err.println(failure.nextStep());
        }
    }

    /** Prints a bug, with all that a report needs. */
    public void bug(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        err.println("This is a bug in Corral. Please report it with the lines below.");
        err.println(trace.toString().stripTrailing());
    }
}
