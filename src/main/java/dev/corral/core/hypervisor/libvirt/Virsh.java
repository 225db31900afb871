package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** One connection to libvirt through {@code virsh}, which is asked many things in one go. */
final class Virsh {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    // Linux takes no single argument of more than 128 KiB.
    private static final int LONGEST_ARGUMENT = 100_000;
    private static final Pattern UUIDS = Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    // What vanished between the listing and the question, and what a driver does not have, is no failure.
    private static final Pattern HARMLESS = Pattern.compile("failed to get (?:domain|vol|pool|network)|not found"
            + "|not supported by the connection driver|no (?:domain|storage vol|storage pool|network) with matching");

    private final HypervisorTools tools;
    private final String uri;
    private final String mark = "corral-" + UUID.randomUUID();

    Virsh(HypervisorTools tools, String uri) {
        this.tools = tools;
        this.uri = uri;
    }

    String uri() {
        return uri;
    }

    /** The command line up to virsh's own commands, for a connection that can change nothing where there is such a one. */
    static List<String> readOnly(String uri) {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
        if (!uri.endsWith("/session")) {
            command.add("-r");
        }
        return command;
    }

    /**
     * Asks many things through a connection that can change nothing.
     *
     * @param commands virsh's own commands; names in them are quoted
     * @param strict   whether an error of any of them spoils it all, unless it says that the thing has gone
     * @return what each printed, in the same order
     * @throws IOException if libvirt does not answer, or stops answering on the way
     */
    List<String> ask(List<String> commands, boolean strict) throws IOException {
        List<String> answers = new ArrayList<>(commands.size());
        StringBuilder batch = new StringBuilder();
        int count = 0;
        int bytes = 0;
        for (String command : commands) {
            String more = command + "; echo " + mark + "; ";
            int length = more.getBytes(StandardCharsets.UTF_8).length;
            if (count > 0 && bytes + length > LONGEST_ARGUMENT) {
                answers.addAll(run(batch.toString(), count, strict));
                batch.setLength(0);
                count = 0;
                bytes = 0;
            }
            batch.append(more);
            bytes += length;
            count++;
        }
        if (count > 0) {
            answers.addAll(run(batch.toString(), count, strict));
        }
        return answers;
    }

    private List<String> run(String batch, int count, boolean strict) throws IOException {
        List<String> command = readOnly(uri);
        // virsh goes on after a failure, and its exit code is that of the last: this one tells whether the daemon was
        // there to the end.
        command.add(batch + "list --uuid");
        ProcessResult result = tools.run(command, LIMIT);
        List<String> parts = parts(result.out());
        if (!result.ok() || parts.size() != count + 1) {
            throw new IOException("libvirt (" + uri + ") does not answer: " + said(result.err()));
        }
        if (strict) {
            String errors = String.join(
                    " ",
                    result.err()
                            .lines()
                            .filter(line -> line.startsWith("error:")
                                    && !HARMLESS.matcher(line).find())
                            .map(line -> line.substring(6).strip())
                            .toList());
            if (!errors.isEmpty()) {
                throw new IOException("libvirt (" + uri + ") gives no whole answer: " + errors);
            }
        }
        return parts.subList(0, count);
    }

    private List<String> parts(String output) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int end = output.indexOf(mark); end >= 0; end = output.indexOf(mark, from)) {
            parts.add(output.substring(from, end));
            from = end + mark.length();
        }
        parts.add(output.substring(from));
        return parts;
    }

    /** Runs one command that may change something, each word as it is. */
    ProcessResult change(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", uri));
        command.addAll(List.of(words));
        return tools.run(command, LIMIT);
    }

    /** What virsh said about a failure, on one line. */
    static String said(String errors) {
        String text = String.join(
                " ",
                errors.lines()
                        .map(line ->
                                line.startsWith("error:") ? line.substring(6).strip() : line.strip())
                        .filter(line -> !line.isEmpty())
                        .toList());
        return text.isEmpty() ? "it gave no reason" : text;
    }

    /** A word for virsh's own parser, which reads apostrophes as a shell does. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** The uuids that a listing has, a line each. */
    static List<String> uuids(String listing) {
        return listing.lines()
                .map(String::strip)
                .filter(line -> UUIDS.matcher(line).matches())
                .toList();
    }
}
