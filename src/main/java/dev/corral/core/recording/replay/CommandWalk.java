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
    /** Characters of a command; its lines that would make it longer count as output. */
    public static final int LONGEST_COMMAND = 64 << 10;

    private static final int LONGEST_LINE = 4_000;
    private static final int MOST_COMMANDS = 2_000;
    private static final long MOST_CHARACTERS = 16 << 20;
    private static final int MOST_CONTINUED = 500;
    // Each line that goes on has all of the command looked at once more.
    private static final long MOST_LOOKED_AT = 256L << 20;
    private static final Pattern WHO = Pattern.compile("[\\w.-]{1,64}@[\\w.-]{1,64}[: ]");

    private final Prompts prompts = new Prompts();
    private final Reel reel;
    private final List<Step> steps = new ArrayList<>();
    private String who = "";
    private String prompt = "";
    private StringBuilder command = new StringBuilder();
    private List<String> output = new ArrayList<>();
    private long began;
    private long characters;
    private int continued;
    private long lookedAt;
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
     * The commands, in order, up to where there are more than anybody enters. Blocks, some tenths of a second for an hour of usual work.
     *
     * @see #full
     * @throws IOException if the recording can not be read
     */
    public static List<Step> of(Recording recording) throws IOException {
        try (Reel reel = recording.reel()) {
            CommandWalk walk = new CommandWalk(reel);
            walk.walk();
            return walk.steps;
        }
    }

    /** Whether a recording may show more commands than these, which were read off it. */
    public static boolean full(List<Step> steps) {
        return steps.size() >= MOST_COMMANDS || characters(steps) >= MOST_CHARACTERS;
    }

    private static long characters(List<Step> steps) {
        return steps.stream().mapToLong(CommandWalk::characters).sum();
    }

    private static long characters(Step step) {
        return step.command().length()
                + step.output().stream().mapToLong(String::length).sum();
    }

    private void walk() throws IOException {
        reel.screen().whenLineEnds(this::line);
        Optional<CastEvent> next = reel.peek();
        while (next.isPresent() && steps.size() < MOST_COMMANDS && characters < MOST_CHARACTERS) {
            if (next.get().code() == CastEvent.OUTPUT) {
                prompts.beforeOutput(reel.screen());
            }
            reel.step();
            fullScreen |= reel.screen().alternate();
            next = reel.peek();
        }
        String last = reel.screen().alternate() ? "" : reel.screen().lineAtCursor();
        // Output without a line's end makes a longer name of the prompt's.
        String before = untilPrompt(last);
        if (!before.isEmpty()) {
            shown(before);
        } else if (!last.isBlank() && !Prompts.alone(last)) {
            shown(last);
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
        if (goesOn(line)) {
            continued++;
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

    // What a guest prints can look like a command that never ends.
    private boolean goesOn(String line) {
        if (!open
                || !output.isEmpty()
                || !line.startsWith("> ")
                || continued >= MOST_CONTINUED
                || command.length() + line.length() > LONGEST_COMMAND
                || lookedAt > MOST_LOOKED_AT) {
            return false;
        }
        lookedAt += command.length();
        return Unfinished.is(command.toString());
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
        continued = 0;
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
            Step step = new Step(began, prompt, command.toString(), output, fullScreen, cut);
            characters += characters(step);
            steps.add(step);
        }
        open = false;
        output = new ArrayList<>();
        fullScreen = false;
        cut = false;
    }
}
