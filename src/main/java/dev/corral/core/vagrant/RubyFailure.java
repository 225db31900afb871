package dev.corral.core.vagrant;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Ruby error that ended Vagrant, as it stands in Vagrant's words and in the backtrace. Vagrant calls most of them a syntax error and
 * gives them the number of a line of its own, or 0, so where it happened is taken from the backtrace alone.
 *
 * @param type    Ruby's class, for instance {@code KeyError}; {@code SyntaxError} for a file that is no Ruby; empty when it is not told
 * @param message Ruby's message, all of its lines
 * @param frames  the places in the sandbox's own files, innermost first
 */
record RubyFailure(String type, String message, List<Frame> frames) {
    private static final String SYNTAX = "There is a syntax error in the following Vagrantfile.";
    private static final String LOADING = "There was an error loading a Vagrantfile.";
    // An error that nobody in Vagrant expected, as Ruby prints it above its backtrace; the class ends the first line of
    // several.
    private static final Pattern UNCAUGHT = Pattern.compile(
            "^(?:\\S.*?):\\d+:in [`'].*?': (.*?) ?\\(((?:[A-Z]\\w*::)*[A-Z]\\w*)\\)$", Pattern.MULTILINE);
    private static final Pattern FRAME = Pattern.compile(
            "^(?:\\s+from |ERROR \\w+: )?(/.*?|Vagrantfile):(\\d+)(?::in [`'].*|: .*|)$", Pattern.MULTILINE);
    private static final Pattern MESSAGE =
            Pattern.compile("^Message: (?:((?:[A-Z]\\w*::)*[A-Z]\\w*): )?(.*)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PATH = Pattern.compile("^Path: (.+)$", Pattern.MULTILINE);
    private static final Pattern MARKED = Pattern.compile("\\n\\s*\\n.*\\n\\s*\\^+.*", Pattern.DOTALL);

    /**
     * A place in a file of the sandbox.
     *
     * @param file the file, relative to the sandbox's directory
     * @param line the line, from 1; 0 when it is not told
     */
    record Frame(String file, int line) {
        /** Whether it is in the Vagrantfile itself. */
        boolean inVagrantfile() {
            return file.equals("Vagrantfile");
        }
    }

    /**
     * Finds the error.
     *
     * @param said      what Vagrant said outside of its machine-readable lines
     * @param trace     its log of errors, which has the backtraces that it does not print; may be empty
     * @param directory the sandbox's directory
     */
    static Optional<RubyFailure> in(String said, String trace, Path directory) {
        int syntax = said.lastIndexOf(SYNTAX);
        if (syntax >= 0) {
            return Optional.of(
                    new RubyFailure("SyntaxError", said.substring(syntax), frames(said.substring(syntax), directory)));
        }
        int loading = said.lastIndexOf(LOADING);
        Matcher message = MESSAGE.matcher(loading < 0 ? "" : said.substring(loading));
        if (message.find()) {
            List<Frame> frames = frames(trace, directory);
            Matcher path = PATH.matcher(said.substring(loading));
            if (frames.isEmpty() && path.find()) {
                frames = own(path.group(1), 0, directory).map(List::of).orElse(List.of());
            }
            return Optional.of(new RubyFailure(
                    message.group(1) == null ? "NameError" : message.group(1),
                    MARKED.matcher(message.group(2)).replaceFirst("").strip(),
                    frames));
        }
        Matcher uncaught = UNCAUGHT.matcher(said);
        if (!uncaught.find()) {
            return Optional.empty();
        }
        String more = said.substring(uncaught.end())
                .lines()
                .skip(1)
                .takeWhile(line -> !line.isBlank() && !line.startsWith("\tfrom "))
                .collect(Collectors.joining("\n"));
        return Optional.of(new RubyFailure(
                uncaught.group(2),
                (uncaught.group(1) + "\n" + more).strip(),
                frames(said.substring(uncaught.start()), directory)));
    }

    private static List<Frame> frames(String text, Path directory) {
        List<Frame> found = new ArrayList<>();
        Matcher frame = FRAME.matcher(text);
        while (frame.find()) {
            own(frame.group(1), Integer.parseInt(frame.group(2)), directory).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    // By the directory's name, which is like no other: the path that Ruby tells may go through links that ours does
    // not.
    private static Optional<Frame> own(String path, int line, Path directory) {
        String name = "/" + directory.getFileName() + "/";
        int at = path.lastIndexOf(name);
        return at >= 0
                ? Optional.of(new Frame(path.substring(at + name.length()), line))
                : path.equals("Vagrantfile") ? Optional.of(new Frame(path, line)) : Optional.empty();
    }

    /** Where it happened: the innermost place in a file of the sandbox. */
    Optional<Frame> place() {
        return frames.stream().findFirst();
    }

    /** The line of the Vagrantfile that led there; 0 when it is not told. */
    int vagrantfileLine() {
        return frames.stream()
                .filter(Frame::inVagrantfile)
                .mapToInt(Frame::line)
                .findFirst()
                .orElse(0);
    }
}
