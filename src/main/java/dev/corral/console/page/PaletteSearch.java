package dev.corral.console.page;

import java.util.Comparator;
import java.util.List;

/** Picks and orders what the palette shows. Pure. */
public final class PaletteSearch {
    private static final int MOST = 60;

    private PaletteSearch() {}

    private record Hit(PaletteItem item, int score) {}

    /** The items that fit, best first; equal ones keep their order. What can not be done now comes after what can. */
    public static List<PaletteItem> find(String letters, List<PaletteItem> items) {
        return items.stream()
                .map(item -> new Hit(item, score(letters, item)))
                .filter(hit -> hit.score() >= 0)
                .sorted(Comparator.comparing((Hit hit) -> !hit.item().obstacle().isEmpty())
                        .thenComparing(Comparator.comparingInt(Hit::score).reversed()))
                .limit(MOST)
                .map(Hit::item)
                .toList();
    }

    private static int score(String letters, PaletteItem item) {
        int title = Fuzzy.score(letters, item.title());
        if (title >= 0) {
            return title + 20;
        }
        // The detail is found by whole words only: loose letters would fit any sentence.
        return letters.length() > 1
                        && item.detail()
                                .toLowerCase(java.util.Locale.ROOT)
                                .contains(letters.toLowerCase(java.util.Locale.ROOT))
                ? 0
                : -1;
    }
}
