package dev.corral.console.editor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Help that understands nothing: it completes the words that stand in the text already. Pure. */
public final class WordHelp implements EditorHelp {
    private static final int MOST = 40;
    private static final int SHORTEST = 3;

    @Override
    public Completions completions(String text, int caret) {
        int from = caret;
        while (from > 0 && wordPart(text.charAt(from - 1))) {
            from--;
        }
        String begun = text.substring(from, caret);
        Map<String, Integer> nearest = new LinkedHashMap<>();
        int start = 0;
        while (start < text.length()) {
            int end = start;
            while (end < text.length() && wordPart(text.charAt(end))) {
                end++;
            }
            if (end - start >= SHORTEST && start != from && !Character.isDigit(text.charAt(start))) {
                String word = text.substring(start, end);
                if (word.startsWith(begun) && !word.equals(begun)) {
                    nearest.merge(word, Math.abs(start - caret), Math::min);
                }
            }
            start = end + 1;
        }
        List<Candidate> list = nearest.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .limit(MOST)
                .map(entry -> new Candidate(entry.getKey(), "word", "stands in this file"))
                .toList();
        return new Completions(from, list);
    }

    private static boolean wordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    @Override
    public Optional<String> hover(String text, int offset) {
        return Optional.empty();
    }

    @Override
    public List<Mark> problems(String text) {
        return List.of();
    }

    @Override
    public boolean checks() {
        return false;
    }
}
