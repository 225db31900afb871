package dev.corral.console.editor;

/**
 * A change of a text in one place, and what is selected after it. Pure.
 *
 * @param from   where it begins, in characters from 0
 * @param to     where what goes ends
 * @param text   what comes
 * @param anchor where the selection begins then
 * @param caret  where the caret is then
 */
public record Edit(int from, int to, String text, int anchor, int caret) {

    /** The smallest change that makes one text of another; the caret stays at its text as far as that stays. */
    public static Edit between(String before, String after, int caret) {
        int most = Math.min(before.length(), after.length());
        int head = 0;
        while (head < most && before.charAt(head) == after.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < most - head
                && before.charAt(before.length() - 1 - tail) == after.charAt(after.length() - 1 - tail)) {
            tail++;
        }
        int to = before.length() - tail;
        int place = caret <= head
                ? caret
                : caret >= to ? caret + after.length() - before.length() : Math.min(caret, after.length() - tail);
        return new Edit(head, to, after.substring(head, after.length() - tail), place, place);
    }

    /** The text with the change. */
    String in(String before) {
        return before.substring(0, from) + text + before.substring(to);
    }
}
