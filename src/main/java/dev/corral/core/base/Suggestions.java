package dev.corral.core.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody meant. */
public final class Suggestions {
    private static final int LONGEST = 64;
    private static final int MOST = 10_000;
    private static final int FARTHEST = 3;

    private Suggestions() {}

    /**
     * The name that is most like the word: a third of its letters may be wrong, three at most. Empty if none is near enough, or if the
     * word is among them.
     *
     * @param word  what somebody wrote
     * @param names what is known; of more than ten thousand only the first are looked at
     */
    public static Optional<String> nearest(String word, Collection<String> names) {
        if (word.isEmpty() || word.length() > LONGEST || names.contains(word)) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        int far = Math.max(1, Math.min(FARTHEST, word.length() / 3));
        record Near(String name, int distance) {}
        return names.stream()
                .limit(MOST)
                .filter(name -> Math.abs(name.length() - word.length()) <= far)
                .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance <= far)
                .min(Comparator.comparingInt(Near::distance)
                        .thenComparing(near -> -common(wanted, near.name))
                        .thenComparing(Near::name))
                .map(Near::name);
    }

    private static int common(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    /** How many letters have to be changed, added, left out or swapped with their neighbour to make one of the other. */
    public static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] last = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j], row[j - 1]) + 1, last[j - 1] + change);
                if (i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1)) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            int[] spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[other.length()];
    }
}
