package dev.corral.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.LogFile;
import dev.corral.core.base.PlainText;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only place that prints: data on standard output, messages on standard error. Names and text come from guests, logs, samples and
 * Vagrantfiles, and all of it passes here, so it is here that nothing gets out which a terminal would obey. What {@code exec} and
 * {@code shell} pass on does not come this way.
 */
public final class Output {
    private static final Pattern BREAKS = Pattern.compile("\\R");
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

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
            err.print("\r" + PlainText.line(text, 200) + "\u001b[K");
            err.flush();
        }
    }

    /** Prints a value as one JSON document. */
    public void json(Object value) {
        try {
            out.println(escaped(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("can't write JSON", e);
        }
    }

    /** Prints a JSON document that was written elsewhere. */
    public void document(byte[] json) {
        out.print(escaped(new String(json, StandardCharsets.UTF_8)));
        out.flush();
    }

    /** Prints a line of data; what would break it is a space. */
    public void line(String text) {
        out.println(clean(text));
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

    /** Prints a message, one line. */
    public void message(String text) {
        err.println(clean(text));
    }

    /** Prints a message on a line of its own over a terminal that something else draws on, and that makes no line's end of its own. */
    public void across(String text) {
        err.print("\r\n" + clean(text) + "\r\n");
        err.flush();
    }

    /** Prints why something failed and what to do. */
    public void failure(ExpectedFailure failure) {
        message(failure.getMessage());
        failure.details().lines().forEach(line -> err.println("  | " + clean(line)));
        if (!failure.nextStep().isEmpty()) {
            message(failure.nextStep());
        }
    }

    /** Prints a bug, with all that a report needs. */
    public void bug(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        LOG.error("a command met a bug", failure);
        err.println("This is a bug in Corral. Please report it with the lines below"
                + inLog(", and what {} says before them") + ".");
        trace.toString().stripTrailing().lines().forEach(line -> err.println(clean(line)));
    }

    /** Says that something beside the command itself met a bug, which was noted in the log. */
    public void bugElsewhere(Throwable failure) {
        err.println("This is a bug in Corral: " + PlainText.line(failure.toString(), 300)
                + inLog(". {} has the details for a report") + ".");
    }

    private static String inLog(String text) {
        return LogFile.written()
                .map(file -> text.replace("{}", file.toString()))
                .orElse("");
    }

    private static String clean(String text) {
        return PlainText.of(BREAKS.matcher(text).replaceAll(" "));
    }

    // In JSON such characters stand in texts only, where an escape means the same.
    private static String escaped(String json) {
        StringBuilder plain = new StringBuilder(json.length());
        json.codePoints().forEach(c -> {
            if (c != '\n' && PlainText.harmful(c)) {
                for (char unit : Character.toChars(c)) {
                    plain.append("\\u%04x".formatted((int) unit));
                }
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }
}
