package dev.corral.console.settings;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;

/**
 * The tabs of the dock that the next window opens again, from the left.
 *
 * @param tabs   the tabs
 * @param chosen the place of the one that was in sight among them, -1 for none of them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SavedTabs(List<SavedTab> tabs, int chosen) {
    /** How many come back. */
    public static final int MOST = 12;

    /** Drops what is absent and what is too much: the leftmost, which were opened first. */
    public SavedTabs {
        List<SavedTab> there = tabs == null
                ? List.of()
                : tabs.stream().filter(Objects::nonNull).toList();
        int over = Math.max(0, there.size() - MOST);
        tabs = there.subList(over, there.size());
        chosen = chosen - over < 0 || chosen - over >= tabs.size() ? -1 : chosen - over;
    }
}
