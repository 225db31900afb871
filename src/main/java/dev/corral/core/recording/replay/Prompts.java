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
    private static final Pattern PROMPT = Pattern.compile(
            "(?:\\([^()]{1,60}\\) )?(?:[\\w.-]{1,64}@[\\w.-]{1,64}:[^$#]{0,300}[$#]|\\[[\\w.-]{1,64}@[\\w.-]{1,64} [^\\]]{0,300}][$#]"
                    + "|[\\w.-]{1,64}:[~/][^$# ]{0,300}[$#]|(?:ba|da|z|k|a)?sh-[\\d.]{1,8}[$#]) +(\\S.*)");
    private static final Pattern BARE = Pattern.compile("[$#%] +(\\S.*)");

    private boolean bareBefore;

    /** An event of output is about to be shown. */
    void beforeOutput(Screen screen) {
        Row row = screen.row(screen.cursorRow());
        bareBefore = row.columns() > 1 && row.cell(1) == ' ' && "$#%".indexOf(row.cell(0)) >= 0;
    }

    /** The command in the line that the cursor is about to leave, if it is one. */
    Optional<String> command(Screen screen) {
        if (screen.alternate() || !likely(screen)) {
            return Optional.empty();
        }
        String line = screen.lineAtCursor();
        Matcher prompt = PROMPT.matcher(line);
        if (prompt.matches()) {
            return Optional.of(prompt.group(1).strip());
        }
        // A comment in a file that is shown looks the same, but was not there before its line came.
        Matcher bare = BARE.matcher(line);
        return bareBefore && bare.matches() ? Optional.of(bare.group(1).strip()) : Optional.empty();
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
