package dev.corral.core.recording.replay;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a shell would ask for more of a command: an open quote or bracket, a {@code do} without its {@code done}, a here-document
 * without its end. Good enough to tell a shell's second prompt from output that begins in the same way. Pure.
 */
final class Unfinished {
    private static final Pattern HERE = Pattern.compile("<<-?\\s*(['\"]?)([A-Za-z_][A-Za-z0-9_]*)\\1");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern GOES_ON = Pattern.compile("(?:\\||&&|\\\\)\\s*$");

    private Unfinished() {}

    static boolean is(String command) {
        Matcher here = HERE.matcher(command);
        if (here.find() && !command.lines().skip(1).anyMatch(here.group(2)::equals)) {
            return true;
        }
        return here.reset().find() ? false : GOES_ON.matcher(command).find() || open(command);
    }

    private static boolean open(String command) {
        Deque<String> opened = new ArrayDeque<>();
        boolean first = true;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\\') {
                i++;
                first = false;
            } else if (c == '\'' || c == '"') {
                int end = quoteEnd(command, i);
                if (end < 0) {
                    return true;
                }
                i = end;
                first = false;
            } else if (c == '#' && first) {
                i = lineEnd(command, i);
            } else if (";&|\n(){}".indexOf(c) >= 0) {
                bracket(c, opened);
                first = true;
            } else if (!Character.isWhitespace(c)) {
                Matcher word = WORD.matcher(command).region(i, command.length());
                String found = word.lookingAt() ? word.group() : String.valueOf(c);
                first = first && keyword(found, opened);
                i += found.length() - 1;
            }
        }
        return !opened.isEmpty();
    }

    private static int quoteEnd(String command, int at) {
        char quote = command.charAt(at);
        for (int i = at + 1; i < command.length(); i++) {
            if (command.charAt(i) == '\\' && quote == '"') {
                i++;
            } else if (command.charAt(i) == quote) {
                return i;
            }
        }
        return -1;
    }

    private static int lineEnd(String command, int at) {
        int end = command.indexOf('\n', at);
        return end < 0 ? command.length() : end;
    }

    private static void bracket(char c, Deque<String> opened) {
        switch (c) {
            case '(' -> opened.push(")");
            case '{' -> opened.push("}");
            case ')', '}' -> closes(String.valueOf(c), opened);
            default -> {
                // Parts commands.
            }
        }
    }

    /** Whether another word that is a keyword may follow. */
    private static boolean keyword(String word, Deque<String> opened) {
        switch (word) {
            case "if" -> opened.push("fi");
            case "for", "while", "until", "select" -> {
                opened.push("done");
                return word.equals("while") || word.equals("until");
            }
            case "case" -> {
                opened.push("esac");
                return false;
            }
            case "fi", "done", "esac" -> {
                closes(word, opened);
                return false;
            }
            case "then", "do", "else", "elif", "time" -> {
                return true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void closes(String what, Deque<String> opened) {
        if (what.equals(opened.peek())) {
            opened.pop();
        }
    }
}
