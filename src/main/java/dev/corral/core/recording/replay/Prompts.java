package dev.corral.core.recording.replay;

import dev.corral.core.recording.screen.Row;
import dev.corral.core.recording.screen.Screen;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the commands that were entered, by what stands before them: the usual prompts of Debian, Red Hat, Alpine, bash and sh, also in
 * an environment's parentheses. What a person has made of a prompt of their own is not recognised.
 */
final class Prompts {
    private static final String USUAL =
            "((?:\\([^()]{1,60}\\) )?(?:[\\w.-]{1,64}@[\\w.-]{1,64}:[^$#]{0,300}[$#]|\\[[\\w.-]{1,64}@[\\w.-]{1,64} [^\\]]{0,300}][$#]"
                    + "|[\\w.-]{1,64}:[~/][^$# ]{0,300}[$#]|(?:ba|da|z|k|a)?sh-[\\d.]{1,8}[$#]))";
    private static final Pattern PROMPT = Pattern.compile(USUAL + " +(\\S.*)");
    private static final Pattern ALONE = Pattern.compile(USUAL + " *");
    private static final Pattern BARE = Pattern.compile("([$#%]) +(\\S.*)");

    private boolean bareBefore;

    /** An event of output is about to be shown. */
    void beforeOutput(Screen screen) {
        Row row = screen.row(screen.cursorRow());
        bareBefore = row.columns() > 1 && row.cell(1) == ' ' && "$#%".indexOf(row.cell(0)) >= 0;
    }

    /**
     * What stands in a line that a command was entered in.
     *
     * @param prompt  what stood there before it was typed, without blanks at its end
     * @param command the command
     */
    record Entered(String prompt, String command) {}

    /** The command in the line that the cursor is about to leave, if it is one. */
    Optional<String> command(Screen screen) {
        return entered(screen).map(Entered::command);
    }

    /** The same with its prompt. */
    Optional<Entered> entered(Screen screen) {
        if (screen.alternate() || !likely(screen)) {
            return Optional.empty();
        }
        String line = screen.lineAtCursor();
        Optional<Entered> usual = usual(line);
        if (usual.isPresent()) {
            return usual;
        }
        // A comment in a file that is shown looks the same, but was not there before its line came.
        Matcher bare = BARE.matcher(line);
        return bareBefore && bare.matches()
                ? Optional.of(new Entered(bare.group(1), bare.group(2).strip()))
                : Optional.empty();
    }

    /** A command after one of the usual prompts. */
    static Optional<Entered> usual(String line) {
        Matcher prompt = PROMPT.matcher(line);
        return prompt.matches()
                ? Optional.of(new Entered(prompt.group(1), prompt.group(2).strip()))
                : Optional.empty();
    }

    /** Whether a line is one of the usual prompts and nothing else. */
    static boolean alone(String line) {
        return ALONE.matcher(line).matches();
    }

    // Most lines are none, and building their text costs more than this look.
    private static boolean likely(Screen screen) {
        for (int y = screen.cursorRow(); y >= 0; y--) {
            Row row = screen.row(y);
            for (int x = 0; x + 1 < row.columns(); x++) {
                int c = row.cell(x);
                if ((c == '$' || c == '#' || c == '%') && row.cell(x + 1) == ' ') {
                    return true;
                }
            }
            if (y == 0 || !screen.row(y - 1).wrapped()) {
                return false;
            }
        }
        return false;
    }
}
