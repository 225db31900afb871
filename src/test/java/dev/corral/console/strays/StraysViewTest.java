package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.console.shared.StateStyle;
import dev.corral.console.strays.cards.DiskUse;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class StraysViewTest {
    private final Inventory inventory = StrayItems.everyState(Samples.NOW);
    private final FixtureCorral corral = new FixtureCorral("/home/ada", List.of(), inventory);
    private final StraysView view = StraysView.of(inventory, corral.cleanup());

    private StrayRow row(String name) {
        return view.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theCountIsWhatAPlanForAllStraysTakes() {
        var plan = corral.cleanup().plan(inventory, CleanupChoice.everyStray());
        assertThat(view.strays()).isEqualTo(plan.steps().size()).isEqualTo(view.count(StateChip.STRAYS));
        assertThat(view.bytes()).isEqualTo(plan.bytes());
        assertThat(view.pill()).isEqualTo("10 strays · 11 GiB");
        assertThat(view.parts())
                .isEqualTo(
                        "3 sandboxes · 4 VMs · 1 orphan VM · 1 disk · 1 box copy · 2 index entries · 1 network · 1 folder");
    }

    @Test
    void rowsSayWhatIsDoneAndWhoKnowsThem() {
        assertThat(row("sqli-07-2be0a1c4").willDo()).isEqualTo("destroy 2 VMs, remove the directory");
        assertThat(row("sqli-07-2be0a1c4").machines()).isEqualTo("attacker, victim");
        assertThat(row("sqli-07-2be0a1c4").owner()).isEqualTo("web_flag · sqli-07");
        assertThat(row("sqli-07-2be0a1c4").knownTo()).isEqualTo("cache · index · libvirt");
        assertThat(row("hello-5c1d_default").knownTo()).isEqualTo("libvirt only");
        assertThat(row("unknown-0badf00d").willDo()).isEqualTo("stays unless checked");
        assertThat(row("sqli-01-9f3c2a1b").willDo()).isEqualTo("left alone");
        assertThat(row("sqli-01-9f3c2a1b").checkable()).isFalse();
        assertThat(row("windows-build-agent").checkable()).isFalse();
    }

    @Test
    void thePictureHoldsEveryByteThatIsNotSomebodyElses() {
        long all = inventory.items().stream()
                .filter(item -> item.state() != ItemState.FOREIGN)
                .mapToLong(item -> Math.max(0, item.bytes()))
                .sum();
        assertThat(view.disk().bytes()).isEqualTo(all);
        assertThat(view.disk().slices())
                .extracting(slice -> slice.what().name())
                .containsExactly("LIVE", "KEPT", "UNKNOWN", "SNAPSHOTS", "STRAYS", "ORPHANS", "BOXES", "LOGS");
        assertThat(view.disk().slices().get(3).bytes()).isEqualTo(640 * StrayItems.MIB);
    }

    @Test
    void eachSliceOfThePictureLeadsToRows() {
        for (DiskUse.Slice slice : view.disk().slices()) {
            assertThat(StrayFilter.parse(slice.what().filter()).apply(view.rows(), Samples.NOW))
                    .as(slice.what().filter())
                    .isNotEmpty();
        }
        assertThat(StrayFilter.parse(DiskUse.What.STRAYS.filter()).apply(view.rows(), Samples.NOW).stream()
                        .map(StrayRow::name)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("web-02-91fe33c0", "sqli-07-2be0a1c4", "web-02-11fe7a90");
    }

    @Test
    void aPinIsSaidWhateverElseHolds() {
        InventoryItem live = row("sqli-01-9f3c2a1b").item();
        assertThat(StrayRow.of(live, "", true).reason()).endsWith(" It is pinned too.");
        assertThat(StrayRow.of(live, "", false).reason()).isEqualTo(live.reason());
        InventoryItem kept = row("unknown-5c1d0b77").item();
        assertThat(kept.state()).isEqualTo(ItemState.KEPT);
        assertThat(StrayRow.of(kept, "", true).reason()).as("its state says so").isEqualTo(kept.reason());
        assertThat(StrayRow.of(kept, "").pinned()).isTrue();
        assertThat(StrayRow.of(live, "").pinned()).isFalse();
    }

    @Test
    void aRowIsNamedBySomethingThatCanBeCopied() {
        assertThat(row("sqli-01-9f3c2a1b").id()).isEqualTo("sqli-01-9f3c2a1b");
        assertThat(row("sqli-01-9f3c2a1b").kind()).isEqualTo("sandbox");
        StrayRow orphan = row("hello-5c1d_default");
        assertThat(orphan.kind()).isEqualTo("VM");
        assertThat(orphan.id()).isEqualTo(orphan.item().machines().getFirst().id());
        assertThat(orphan.machines()).as("they would repeat its name").isEmpty();
        assertThat(orphan.spoken())
                .isEqualTo("VM hello-5c1d_default, orphan, Its directory is gone, and no index knows it.");
        InventoryItem nameless = StrayItems.sandbox("a", ItemState.STRAY, "Made up.", "", "", Samples.NOW, 1, "", "x");
        assertThat(StrayRow.of(nameless, "").machines())
                .as("a name stays a name")
                .isEqualTo("-a, x");
        assertThat(StrayRow.of(nameless, "").owner())
                .isEqualTo("window, pid " + nameless.owner().orElseThrow().pid());
    }

    @ParameterizedTest
    @CsvSource({
        "LIVE, READY",
        "STARTING, CHANGING",
        "KEPT, PINNED",
        "DESTROY_FAILED, FAILED",
        "STRAY, STRAY",
        "GHOST, STRAY",
        "ORPHAN, STRAY",
        "LEFTOVER, STRAY",
        "FOREIGN, OFF",
        "UNKNOWN, OFF"
    })
    void eachStateHasItsLook(ItemState state, StateStyle look) {
        assertThat(StrayRow.look(state)).isEqualTo(look);
    }
}
