package dev.corral.core.solve.golden;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.recording.replay.ScreenLines;
import dev.corral.core.ssh.ShellQuoting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One shell of a golden run: a login shell in a terminal of the size that was recorded, so that programs print as they did then, without
 * an echo and without a prompt. What runs in it keeps its directory and variables for what comes after. Not thread-safe; its methods block.
 */
final class ReplayShell implements AutoCloseable {
    /** How long a shell may need to come up, and to begin a command. */
    static final Duration READY = Duration.ofSeconds(90);

    private static final char MARK = '\u001e';
    // A terminal that passes on whole lines takes no longer ones.
    private static final int LONGEST_LINE = 1_000;
    // Inspect's block in .bashrc would put the shell into script(1), which the variable keeps it from.
    private static final String LOGIN = "export SCRIPT_RUNNING=1; if command -v bash >/dev/null; "
            + "then exec bash --login --noediting -i; else exec sh -l -i; fi";

    private final GuestTerminal terminal;
    private final TerminalReader reader;
    private final String nonce;
    private final Golden.Shell shape;
    private final Duration taken;

    /**
     * What came of a command.
     *
     * @param lines what it showed, untrusted
     * @param cut   whether there was more
     * @param exit  its status; empty if it did not end in time or ended the shell
     * @param ended whether the shell has ended
     */
    record Ran(List<String> lines, boolean cut, Optional<Integer> exit, boolean ended) {
        /** Copies the lines. */
        Ran {
            lines = List.copyOf(lines);
        }
    }

    private ReplayShell(GuestTerminal terminal, Golden.Shell shape, Duration taken) {
        this.taken = taken;
        this.terminal = terminal;
        this.shape = shape;
        this.nonce = HexFormat.of().toHexDigits(new SplittableRandom().nextLong());
        this.reader = new TerminalReader(terminal.output(), MARK + nonce + " ");
    }

    /**
     * Opens one and waits until it takes commands.
     *
     * @param user  whose it is; empty: the login user's
     * @param taken how long it may need until it begins a command
     * @throws ExpectedFailure if the machine can't be reached, or no shell comes up in it
     */
    static ReplayShell open(GuestTerminal.Opener opener, Golden.Shell shape, Optional<String> user, Duration taken)
            throws InterruptedException {
        String begin = "exec "
                + user.map(name -> "sudo -n -H -u " + ShellQuoting.quote(name) + " ")
                        .orElse("") + "/bin/sh -c "
                + ShellQuoting.quote((user.isPresent() ? "cd; " : "") + LOGIN);
        GuestTerminal terminal = opener.open(shape.machine().orElse(""), begin, shape.columns(), shape.rows());
        ReplayShell shell = new ReplayShell(terminal, shape, taken);
        boolean ready = false;
        try {
            shell.prepare();
            ready = true;
        } finally {
            if (!ready) {
                shell.close();
            }
        }
        return shell;
    }

    private void prepare() throws InterruptedException {
        type("stty -echo; unset PROMPT_COMMAND; PS1= PS2= PS0=; "
                + "for o in history histexpand; do (set +o $o) 2>/dev/null && set +o $o; done; "
                + shape.directory()
                        .map(path -> "cd " + ShellQuoting.quote(path) + "; ")
                        .orElse("")
                + mark("ready") + "\n");
        TerminalReader.Read read = reader.next(READY);
        if (!read.word().equals("ready")) {
            lost();
            throw ExpectedFailure.failed(
                            "No shell came up in the machine" + (read.ended() ? "; it ended." : " in time."),
                            "See that the login user has bash or sh as a login shell, and sudo for other users.")
                    .withDetails(PlainText.line(read.text(), 500));
        }
    }

    private String mark(String word) {
        return "printf '\\036%s %s\\036' " + nonce + " " + word;
    }

    /**
     * Runs a command. After one that did not end in time the shell is of no more use.
     *
     * @throws ExpectedFailure      if the machine can't be worked in any more, which says nothing about the command
     * @throws InterruptedException if the thread is interrupted
     */
    Ran run(String command, Optional<String> input, Duration limit) throws InterruptedException {
        StringBuilder line = new StringBuilder(mark("begin")).append("; eval ").append(quoted(command));
        if (input.isPresent()) {
            String end = "CORRAL_" + nonce;
            line.append(" <<'").append(end).append("'\n").append(input.get());
            line.append(input.get().isEmpty() || input.get().endsWith("\n") ? "" : "\n")
                    .append(end);
        } else {
            line.append(" </dev/null");
        }
        type(line.append('\n').append(mark("\"$?\"")).append('\n').toString());
        TerminalReader.Read begun = reader.next(taken);
        if (!begun.word().equals("begin")) {
            Ran ran = ran(begun);
            if (!ran.ended()) {
                throw ExpectedFailure.failed(
                                "The shell in the machine takes no more commands.",
                                "The machine or this computer may be too busy; try again.")
                        .withDetails(PlainText.line(begun.text(), 500));
            }
            return ran;
        }
        return ran(reader.next(limit));
    }

    private Ran ran(TerminalReader.Read read) throws InterruptedException {
        ScreenLines shown = ScreenLines.of(read.text(), shape.columns(), shape.rows());
        boolean cut = shown.cut() || read.cut();
        try {
            return new Ran(shown.lines(), cut, Optional.of(Integer.parseInt(read.word())), false);
        } catch (NumberFormatException e) {
            lost();
            return new Ran(shown.lines(), cut, Optional.empty(), read.ended());
        }
    }

    private void lost() throws InterruptedException {
        Optional<ExpectedFailure> why = terminal.lost();
        if (why.isPresent()) {
            throw why.get().withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
    }

    // A backslash at a line's end goes on with the same word.
    private static String quoted(String command) {
        StringBuilder words = new StringBuilder("'");
        int column = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            words.append(c == '\'' ? "'\\''" : String.valueOf(c));
            column = c == '\n' ? 0 : column + 1;
            if (column >= LONGEST_LINE && !Character.isHighSurrogate(c)) {
                words.append("'\\\n'");
                column = 0;
            }
        }
        return words.append('\'').toString();
    }

    private void type(String text) {
        try {
            terminal.input().write(text.getBytes(StandardCharsets.UTF_8));
            terminal.input().flush();
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                            "The terminal in the machine was lost.", "See whether the machine still runs.", e)
                    .withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
    }

    @Override
    public void close() {
        terminal.close();
    }
}
