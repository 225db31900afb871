package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.core.cleanup.CleanupStep;
import dev.corral.core.cleanup.StepResult;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemKind;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import dev.corral.core.inventory.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private Line.Group group(ItemState state) {
        return lines.lines().stream()
                .map(line -> line.content().get())
                .filter(content -> content instanceof Line.Group group && group.state() == state)
                .map(Line.Group.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Line.Item item(String key) {
        return (Line.Item) lines.lines().stream()
                .filter(line -> line.key().equals(key))
                .findFirst()
                .orElseThrow()
                .content()
                .get();
    }

    @Test
    void aHeadingCountsWhatIsCheckedAndWhatCanBe() {
        lines.toggle(rows(some().subList(0, 1)));
        assertThat(group(ItemState.STRAY).checks()).isEqualTo(1);
        assertThat(group(ItemState.STRAY).most()).isEqualTo(2);
        assertThat(group(ItemState.LIVE).most()).as("never touched").isZero();
        assertThat(group(ItemState.STRAY).open()).isTrue();
        assertThat(item("sandbox:small").checked()).isTrue();
        assertThat(item("sandbox:large").checked()).isFalse();
        lines.fold(ItemState.STRAY);
        assertThat(group(ItemState.STRAY).open()).isFalse();
        assertThat(group(ItemState.STRAY).checks())
                .as("folded away and checked still")
                .isEqualTo(1);
        lines.fold(ItemState.STRAY);
        assertThat(keys()).contains("sandbox:small", "sandbox:large");
    }

    @Test
    void sharesAreMeasuredByTheLargestRowShown() {
        long large = some().get(1).bytes();
        assertThat(item("sandbox:large").share()).isEqualTo(1.0);
        assertThat(item("sandbox:live").share()).isEqualTo(some().get(2).bytes() / (double) large);
        List<InventoryItem> without = some();
        without.remove(1);
        lines.show(rows(some()), rows(without), true);
        assertThat(item("sandbox:kept").share())
                .as("the largest is filtered out")
                .isEqualTo(1.0);
    }

    @Test
    void anUnknownSizeTakesNoRoom() {
        InventoryItem unknown = unmeasured(ItemState.STRAY, "unmeasured");
        lines.show(rows(List.of(unknown)), rows(List.of(unknown)), true);
        assertThat(item("volume:unmeasured").share()).isZero();
        assertThat(group(ItemState.STRAY).bytes()).isZero();
        lines.toggleAll();
        assertThat(lines.checked()).containsExactly("volume:unmeasured");
        assertThat(lines.checkedBytes()).isZero();
        List<InventoryItem> both = List.of(unknown, some().getFirst());
        lines.show(rows(both), rows(both), true);
        lines.toggleAll();
        assertThat(lines.checkedBytes()).isEqualTo(some().getFirst().bytes());
        assertThat(group(ItemState.STRAY).bytes()).isEqualTo(some().getFirst().bytes());
        assertThat(item("volume:unmeasured").share()).isZero();
    }

    private static InventoryItem unmeasured(ItemState state, String name) {
        return StrayItems.other(
                ItemKind.VOLUME,
                state,
                name,
                "Made up.",
                Layer.HYPERVISOR,
                -1,
                Samples.NOW,
                new Target.Folder(Path.of("/home/ada/x")));
    }

    @Test
    void whatIsCheckedIsAddedUpAlsoWhereTheFilterHidesIt() {
        lines.toggleAll();
        long both = some().get(0).bytes() + some().get(1).bytes();
        assertThat(lines.checkedBytes()).isEqualTo(both);
        lines.show(rows(some()), rows(some().subList(2, 3)), true);
        assertThat(lines.checkedBytes()).isEqualTo(both);
        lines.uncheck();
        assertThat(lines.checkedBytes()).isZero();
        lines.show(rows(some()), rows(some()), true);
        assertThat(item("sandbox:large").checked()).isFalse();
        assertThat(group(ItemState.STRAY).checks()).isZero();
    }

    @Test
    void uncheckingIsSeenAtOnce() {
        lines.toggleAll();
        assertThat(item("sandbox:large").checked()).isTrue();
        lines.uncheck();
        assertThat(item("sandbox:large").checked()).isFalse();
        assertThat(group(ItemState.STRAY).checks()).isZero();
    }

    @Test
    void checkingAgainUnchecksOnlyWhenAllAreChecked() {
        lines.toggle(rows(some().subList(0, 1)));
        lines.toggle(rows(some().subList(0, 2)));
        assertThat(lines.checked()).containsExactly("sandbox:small", "sandbox:large");
        lines.toggle(rows(some().subList(0, 2)));
        assertThat(lines.checked()).isEmpty();
    }

    @Test
    void aCleanupShowsHowFarItIsOnItsRow() {
        StepResult running = new StepResult(
                new CleanupStep(
                        "sandbox:large",
                        ItemKind.SANDBOX,
                        "large",
                        List.of(),
                        ItemState.STRAY,
                        "Made up.",
                        CleanupStep.Action.DESTROY,
                        "destroy",
                        1),
                StepResult.Status.RUNNING,
                -1,
                "",
                "");
        assertThat(item("sandbox:large").result()).isEmpty();
        lines.progress(Map.of("sandbox:large", running));
        assertThat(item("sandbox:large").result()).contains(running);
        assertThat(item("sandbox:small").result()).isEmpty();
        lines.progress(Map.of());
        assertThat(item("sandbox:large").result()).isEmpty();
    }

    @Test
    void foldsAreRemembered() {
        lines.fold(ItemState.STRAY);
        assertThat(lines.folds()).isEqualTo(Map.of("STRAY", false));
        StrayLines later = new StrayLines();
        later.restore(Map.of("STRAY", false, "KEPT", true));
        later.show(rows(some()), rows(some()), true);
        assertThat(later.lines())
                .extracting(Line::key)
                .containsExactly("group:STRAY", "group:KEPT", "sandbox:kept", "group:LIVE", "sandbox:live");
        assertThat(later.folds()).isEqualTo(Map.of("STRAY", false));
    }

    @Test
    void unfoldingLeavesTheOtherGroupsAsTheyAre() {
        lines.fold(ItemState.STRAY);
        lines.fold(ItemState.KEPT);
        lines.unfold("sandbox:kept");
        assertThat(keys()).containsExactly("group:STRAY", "group:KEPT", "sandbox:kept", "group:LIVE", "sandbox:live");
        lines.unfold("sandbox:kept");
        lines.unfold("sandbox:nowhere");
        assertThat(keys()).as("once is enough").hasSize(5);
    }

    @Test
    void aRowThatOnlyChangesItsStateMovesToItsGroup() {
        List<InventoryItem> next = some();
        next.set(0, sandbox("small", ItemState.KEPT, 10));
        lines.show(rows(next), rows(next), false);
        assertThat(keys())
                .containsExactly(
                        "group:STRAY",
                        "sandbox:large",
                        "group:KEPT",
                        "sandbox:kept",
                        "sandbox:small",
                        "group:LIVE",
                        "sandbox:live");
    }

    @Test
    void whatComesAndGoesIsToldToTheTableInAsFewChangesAsPossible() {
        List<String> told = new ArrayList<>();
        lines.lines().addListener((ListChangeListener<Line>) change -> {
            while (change.next()) {
                change.getRemoved().forEach(line -> told.add("-" + line.key()));
                change.getAddedSubList().forEach(line -> told.add("+" + line.key()));
            }
        });
        List<InventoryItem> next = some();
        next.add(sandbox("a", ItemState.STRAY, 500));
        next.add(sandbox("b", ItemState.STRAY, 400));
        next.add(sandbox("last", ItemState.LIVE, 1));
        lines.show(rows(next), rows(next), false);
        assertThat(told).containsExactly("+sandbox:a", "+sandbox:b", "+sandbox:last");
        assertThat(keys())
                .containsExactly(
                        "group:STRAY",
                        "sandbox:large",
                        "sandbox:a",
                        "sandbox:b",
                        "sandbox:small",
                        "group:KEPT",
                        "sandbox:kept",
                        "group:LIVE",
                        "sandbox:live",
                        "sandbox:last");
        told.clear();
        lines.show(rows(some()), rows(some()), false);
        assertThat(told).containsExactly("-sandbox:a", "-sandbox:b", "-sandbox:last");
        told.clear();
        lines.sort(Order.SIZE, false);
        assertThat(told).as("nothing moved").isEmpty();
        Line small = lines.lines().get(2);
        lines.sort(Order.SIZE, true);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:small", "sandbox:large");
        assertThat(lines.lines().get(1)).as("the same line in another place").isSameAs(small);
    }

    @Test
    void aRowThatCameBackIsANewLine() {
        Line small = lines.lines().get(2);
        List<InventoryItem> without = some();
        without.remove(0);
        lines.show(rows(without), rows(without), false);
        lines.show(rows(some()), rows(some()), false);
        assertThat(lines.lines().get(2).key()).isEqualTo("sandbox:small");
        assertThat(lines.lines().get(2)).as("what is gone is not kept").isNotSameAs(small);
    }

    @Test
    void orderingAgainGoesByThePresentSizes() {
        List<InventoryItem> grown = some();
        grown.set(0, sandbox("small", ItemState.STRAY, 5000));
        lines.show(rows(grown), rows(grown), false);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:large", "sandbox:small");
        lines.sort(Order.SIZE, false);
        assertThat(keys()).startsWith("group:STRAY", "sandbox:small", "sandbox:large");
    }

    @Test
    void whatComesOnBothSidesOfARowIsTold() {
        List<InventoryItem> next = some();
        next.add(sandbox("above", ItemState.STRAY, 950));
        next.add(sandbox("below", ItemState.STRAY, 850));
        next.add(sandbox("last", ItemState.STRAY, 1));
        lines.show(rows(next), rows(next), false);
        assertThat(keys())
                .startsWith(
                        "group:STRAY",
                        "sandbox:above",
                        "sandbox:large",
                        "sandbox:below",
                        "sandbox:small",
                        "sandbox:last",
                        "group:KEPT");
    }
}
