package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.console.page.Action;
import dev.corral.console.work.MachineWork;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.SandboxView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class StrayRulesTest {
    private static final SandboxView VIEW =
            Samples.inventory(Samples.NOW).sandboxes().getLast();

    private static StrayRow row(ItemState state) {
        return StrayRow.of(StrayItems.sandbox(VIEW.id(), state, "Made up.", "", "", Samples.NOW, 1, "default"), "");
    }

    private static Map<Action, String> obstacles(
            List<StrayRow> rows, Optional<SandboxView> view, Predicate<String> cancellable, MachineWork work) {
        return StrayRules.of(rows, false, 1, view, new StrayRules.UnderWay(cancellable, work))
                .obstacles();
    }

    private static Map<Action, String> obstacles(ItemState state) {
        return obstacles(List.of(row(state)), Optional.of(VIEW), id -> false, MachineWork.none());
    }

    @ParameterizedTest
    @EnumSource(ItemState.class)
    void everySandboxButSomebodyElsesCanBeDestroyed(ItemState state) {
        if (state == ItemState.FOREIGN) {
            assertThat(obstacles(state)).containsEntry(Action.DESTROY, "It is foreign and never touched");
        } else {
            assertThat(obstacles(state)).doesNotContainKey(Action.DESTROY);
        }
        assertThat(obstacles(state)).doesNotContainKeys(Action.VAGRANTFILE, Action.TERMINAL);
    }

    @Test
    void whileThisWindowDoesSomethingItCanBeCancelledAndNothingDestroyed() {
        MachineWork halting =
                new MachineWork(Map.of(VIEW.id() + "/", new MachineWork.Doing("halting", Samples.NOW)), Map.of());
        assertThat(obstacles(List.of(row(ItemState.STRAY)), Optional.of(VIEW), VIEW.id()::equals, halting))
                .doesNotContainKey(Action.CANCEL)
                .containsEntry(Action.DESTROY, "It is halting: wait, or cancel that");
        assertThat(obstacles(ItemState.STRAY)).containsEntry(Action.CANCEL, "Nothing is under way");
    }

    @Test
    void withoutOneSandboxChosenNothingIsAboutASandboxWhateverIsChecked() {
        List<Action> aboutOne = List.of(Action.TERMINAL, Action.LOG, Action.VAGRANTFILE, Action.CANCEL, Action.DESTROY);
        assertThat(obstacles(List.of(), Optional.empty(), id -> true, MachineWork.none()))
                .containsKeys(aboutOne.toArray(Action[]::new))
                .doesNotContainKey(Action.CLEAN_CHOSEN);
        List<StrayRow> two = List.of(row(ItemState.STRAY), row(ItemState.LIVE));
        assertThat(obstacles(two, Optional.empty(), id -> true, MachineWork.none()))
                .containsKeys(aboutOne.toArray(Action[]::new));
    }
}
