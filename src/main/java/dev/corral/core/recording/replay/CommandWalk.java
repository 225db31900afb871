package dev.corral.core.recording.replay;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.screen.Screen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads off a recording what was entered and what each command showed. Both are what the screen says: a command is what stands after a
 * usual prompt, its output the lines between that and the next prompt. With which status a command ended no recording tells.
 */
public final class CommandWalk {
    /** Lines of output that are kept of a command. */
    public static final int MOST_LINES = 400;

    private static final int LONGEST_LINE = 4_000;
    private static final int MOST_COMMANDS = 2_000;
    private static final Pattern WHO = Pattern.compile("[\\w.-]{1,64}@[\\w.-]{1,64}[: ]");

    private final Prompts prompts = new Prompts();
    private final Reel reel;
    private final List<Step> steps = new ArrayList<>();
    private String who = "";
    private String prompt = "";
    private StringBuilder command = new StringBuilder();
    private List<String> output = new ArrayList<>();
    private long began;
    private boolean open;
    private boolean fullScreen;
    private boolean cut;

    /**
     * A command.
     *
     * @param micros     when it was entered, in microseconds since the recording's beginning
     * @param prompt     what stood before it
     * @param command    what was entered; has several lines if it went on
     * @param output     the lines that it showed
     * @param fullScreen whether a program with a screen of its own ran meanwhile, whose output is not among the lines
     * @param cut        whether it showed more lines than are kept
     */
    public record Step(
            long micros, String prompt, String command, List<String> output, boolean fullScreen, boolean cut) {
        /** Copies the lines. */
        public Step {
            output = List.copyOf(output);
        }
    }

    private CommandWalk(Reel reel) {
        this.reel = reel;
    }

    /**
     * All commands, in order. Blocks, some tenths of a second for an hour of usual work.
     *
     * @throws IOException if the recording can not be read
     */
    public static List<Step> of(Recording recording) throws IOException {
        try (Reel reel = recording.reel()) {
            CommandWalk walk = new CommandWalk(reel);
            walk.walk();
            return walk.steps;
        }
    }

    private void walk() throws IOException {
        reel.screen().whenLineEnds(this::line);
        Optional<CastEvent> next = reel.peek();
        while (next.isPresent() && steps.size() < MOST_COMMANDS) {
            if (next.get().code() == CastEvent.OUTPUT) {
                prompts.beforeOutput(reel.screen());
            }
            reel.step();
            fullScreen |= reel.screen().alternate();
            next = reel.peek();
        }
        String last = reel.screen().alternate() ? "" : reel.screen().lineAtCursor();
        if (!last.isBlank() && !Prompts.alone(last)) {
            String before = untilPrompt(last);
            shown(before.isEmpty() ? last : before);
        }
        close();
    }

    // The cursor is about to leave a line.
    private void line() {
        Screen screen = reel.screen();
        if (screen.alternate()) {
            return;
        }
        String line = screen.lineAtCursor();
        if (open && output.isEmpty() && line.startsWith("> ") && Unfinished.is(command.toString())) {
            command.append('\n').append(line.substring(2));
            return;
        }
        // Output that ends without a line's end has the next prompt behind it, and would be taken for a part of that.
        String before = untilPrompt(line);
        Optional<Prompts.Entered> entered =
                before.isEmpty() ? prompts.entered(screen) : Prompts.usual(line.substring(before.length()));
        if (entered.isPresent()) {
            if (!before.isEmpty()) {
                shown(before);
            }
            close();
            begin(entered.get());
        } else if (!Prompts.alone(line.substring(before.length()))) {
            shown(line);
        } else if (!before.isEmpty()) {
            shown(before);
        }
    }

    private String untilPrompt(String line) {
        int at = who.isEmpty() ? -1 : line.indexOf(who);
        if (at <= 0) {
            return "";
        }
        String rest = line.substring(at);
        return Prompts.alone(rest) || Prompts.usual(rest).isPresent() ? line.substring(0, at) : "";
    }

    private void begin(Prompts.Entered entered) {
        open = true;
        began = reel.micros();
        prompt = entered.prompt();
        command = new StringBuilder(entered.command());
        Matcher names = WHO.matcher(prompt);
        if (names.find()) {
            who = names.group();
        }
    }

    private void shown(String line) {
        if (!open || line.isEmpty() && output.isEmpty()) {
            return;
        }
        if (output.size() < MOST_LINES) {
            output.add(kept(line));
        } else {
            cut = true;
        }
    }

    /** As much of a line as is kept. */
    static String kept(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line;
    }

    private void close() {
        if (open) {
            while (!output.isEmpty() && output.getLast().isBlank()) {
                output.removeLast();
            }
            steps.add(new Step(began, prompt, command.toString(), output, fullScreen, cut));
        }
        open = false;
        output = new ArrayList<>();
        fullScreen = false;
        cut = false;
    }
}
