package dev.corral.console.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the window remembers of a page. Names of rows are the page's own; each may have gone when it is read.
 *
 * @param chosen  the rows that were chosen
 * @param first   the uppermost row in sight, empty when that is the first one
 * @param folds   rows that the user has folded (false) or unfolded (true)
 * @param details where the details begin, 0 to 1; 0 when that is not known
 * @param beside  where what stands beside the page's main part begins, in the same way
 */
public record PageMemory(List<String> chosen, String first, Map<String, Boolean> folds, double details, double beside) {
    // A state file is read before the window can be shown; nobody unfolds so many rows by hand.
    private static final int MOST = 500;

    /** Fills what is absent or makes no sense. */
    public PageMemory {
        List<String> someChosen = new ArrayList<>();
        if (chosen != null) {
            chosen.stream().filter(Objects::nonNull).limit(MOST).forEach(someChosen::add);
        }
        Map<String, Boolean> someFolds = new HashMap<>();
        if (folds != null) {
            folds.entrySet().stream()
                    .filter(fold -> fold.getKey() != null && fold.getValue() != null)
                    .limit(MOST)
                    .forEach(fold -> someFolds.put(fold.getKey(), fold.getValue()));
        }
        chosen = List.copyOf(someChosen);
        first = Objects.requireNonNullElse(first, "");
        folds = Map.copyOf(someFolds);
        details = place(details);
        beside = place(beside);
    }

    /** Of a page with nothing beside its main part. */
    public PageMemory(List<String> chosen, String first, Map<String, Boolean> folds, double details) {
        this(chosen, first, folds, details, 0);
    }

    private static double place(double divider) {
        return divider > 0.05 && divider < 0.95 ? divider : 0;
    }

    /** Of a page that was never left. */
    public static PageMemory nothing() {
        return new PageMemory(List.of(), "", Map.of(), 0);
    }
}
