package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class StrayLinesTest {
    private final StrayLines lines = new StrayLines();

    private static List<StrayRow> rows(List<InventoryItem> items) {
        return items.stream().map(item -> StrayRow.of(item, "")).toList();
    }

    private static InventoryItem sandbox(String id, ItemState state, long megabytes) {
        return StrayItems.sandbox(id, state, "Made up.", "eval", "1", Samples.NOW, megabytes, "default");
    }

    private List<String> keys() {
        return lines.lines().stream().map(Line::key).toList();
    }

    private static List<InventoryItem> some() {
        return new ArrayList<>(List.of(
                sandbox("small", ItemState.STRAY, 10),
                sandbox("large", ItemState.STRAY, 900),
                sandbox("live", ItemState.LIVE, 50),
                sandbox("kept", ItemState.KEPT, 70)));
    }

    @BeforeEach
    void show() {
        lines.show(rows(some()), rows(some()), true);
    }

    @Test
    void groupsComeWithWhatCanBeHadBackFirstAndTheLargestOnTop() {
        assertThat(keys())
                .containsExactly(
                        "group:STRAY",
                        "sandbox:large",
                        "sandbox:small",
                        "group:KEPT",
                        "sandbox:kept",
                        "group:LIVE",
                        "sandbox:live");
        Line.Group group = (Line.Group) lines.lines().getFirst().content().get();
        assertThat(group.count()).isEqualTo(2);
        assertThat(group.bytes())
                .isEqualTo(some().get(0).bytes() + some().get(1).bytes());
    }

    @Test
    void rowsKeepTheirPlacesAndObjectsWhileOnlySizesChange() {
        List<Line> before = List.copyOf(lines.lines());
        List<InventoryItem> grown = some();
        grown.set(0, sandbox("small", ItemState.STRAY, 5000));
        int[] changes = {0};
        lines.lines().addListener((ListChangeListener<Line>) change -> changes[0]++);
        lines.show(rows(grown), rows(grown), false);
        assertThat(List.copyOf(lines.lines())).isEqualTo(before);
        assertThat(changes[0]).isZero();
        assertThat(before.get(2).row().orElseThrow().bytes())
                .isEqualTo(grown.get(0).bytes());
        lines.show(rows(grown), rows(grown), true);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:small", "sandbox:large");
    }

    @Test
    void whatCameAndWentIsTheOnlyChange() {
        Line large = lines.lines().get(1);
        List<InventoryItem> next = some();
        next.remove(0);
        next.add(sandbox("middle", ItemState.STRAY, 300));
        lines.show(rows(next), rows(next), false);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:large", "sandbox:middle", "group:KEPT");
        assertThat(lines.lines().get(1)).isSameAs(large);
    }

    @Test
    void whatIsLiveCanNotBeChecked() {
        lines.toggle(ItemState.LIVE);
        assertThat(lines.checked()).isEmpty();
        lines.show(rows(some()), rows(some().subList(2, 3)), true);
        lines.toggleAll();
        assertThat(lines.checked()).isEmpty();
    }

    @Test
    void allMeansTheStraysUnlessOnlyOthersAreShown() {
        lines.toggleAll();
        assertThat(lines.checked()).containsExactlyInAnyOrder("sandbox:small", "sandbox:large");
        lines.toggleAll();
        assertThat(lines.checked()).isEmpty();
        lines.toggle(ItemState.KEPT);
        assertThat(lines.checked()).containsExactly("sandbox:kept");
        lines.uncheck();
        lines.show(rows(some()), rows(some().subList(2, 4)), true);
        lines.toggleAll();
        assertThat(lines.checked()).containsExactly("sandbox:kept");
    }

    @Test
    void aMarkGoesWhenItsItemIsGoneOrLiveAgainAndStaysWhenItIsFilteredOut() {
        lines.toggle(ItemState.STRAY);
        lines.show(rows(some()), rows(some().subList(2, 3)), true);
        assertThat(lines.checked()).hasSize(2);
        List<InventoryItem> next = some();
        next.set(1, sandbox("large", ItemState.LIVE, 900));
        lines.show(rows(next), rows(next), false);
        assertThat(lines.checked()).containsExactly("sandbox:small");
        lines.show(rows(next.subList(1, 4)), rows(next.subList(1, 4)), false);
        assertThat(lines.checked()).isEmpty();
    }

    @Test
    void aFoldedGroupShowsItsHeadingOnlyUntilARowOfItIsWanted() {
        lines.fold(ItemState.STRAY);
        assertThat(keys()).startsWith("group:STRAY", "group:KEPT");
        lines.unfold("sandbox:small");
        assertThat(keys()).contains("sandbox:small");
    }

    @Test
    void rowsCanBeOrderedByName() {
        lines.sort(Order.NAME, true);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:small", "sandbox:large");
    }
}
