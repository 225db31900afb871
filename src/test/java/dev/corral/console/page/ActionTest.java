package dev.corral.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;

@Tag("unit")
class ActionTest {
    private final List<String> done = new ArrayList<>();
    private final Actions window = new Actions();
    private final Actions first = window.forPage();
    private final Actions second = window.forPage();

    @ParameterizedTest
    @EnumSource(Action.class)
    void everyActionCanBeNamedAndFound(Action action) {
        assertThat(action.text()).isNotBlank().doesNotContain("!").matches("\\p{Lu}.*");
        assertThat(action.description()).isNotBlank().doesNotContain("!").doesNotEndWith(".");
        assertThat(action.group()).isNotNull();
        assertThat(action.icon()).isNotNull();
        assertThat(action.id()).matches("action-[a-z-]+");
        assertThat(action.scopes()).isNotEmpty();
    }

    private static List<Action> about(Scope scope) {
        return Arrays.stream(Action.values())
                .filter(action ->
                        action.scopes().contains(scope) || action.scopes().contains(Scope.WINDOW))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void noKeyMeansTwoThingsForAThing(Scope scope) {
        List<String> keys = new ArrayList<>();
        // What yields means the other one where there are two.
        about(scope).forEach(action -> action.shortcuts().stream()
                .filter(shortcut -> !shortcut.yields())
                .forEach(shortcut -> keys.add(shortcut.label())));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void aKeyThatYieldsIsTheOthersWhereThatCanBeDone() {
        first.handle(Action.DESTROY, () -> {});
        second.handle(Action.DESTROY, () -> {});
        second.handle(Action.CLEAN_CHOSEN, () -> {});
        assertThat(first.keys(Action.DESTROY)).extracting(Shortcut::label).containsExactly("Del", "Shift Del");
        assertThat(second.keys(Action.DESTROY)).extracting(Shortcut::label).containsExactly("Shift Del");
        assertThat(second.keys(Action.CLEAN_CHOSEN)).extracting(Shortcut::label).containsExactly("Del");
        window.show(first);
        assertThat(window.keys(Action.DESTROY)).hasSize(2);
        window.show(second);
        assertThat(window.keys(Action.DESTROY)).hasSize(1);
    }

    @Test
    void noNameMeansTwoThings() {
        assertThat(Action.values()).extracting(Action::text).doesNotHaveDuplicates();
    }

    @Test
    void oneActionIsDoneByThePageThatIsShown() {
        first.handle(Action.PIN, () -> done.add("first"));
        second.handle(Action.PIN, () -> done.add("second"));
        first.select(Selection.of(Scope.SANDBOX));
        second.select(Selection.of(Scope.ITEM));
        window.run(Action.PIN);
        assertThat(done).as("while no page is shown").isEmpty();
        window.show(first);
        window.run(Action.PIN);
        window.show(second);
        window.run(Action.PIN);
        // A button on a page is about what is chosen there, whatever is shown.
        first.run(Action.PIN);
        assertThat(done).containsExactly("first", "second", "first");
    }

    @Test
    void whatIsChosenDecidesWhatMakesSense() {
        List.of(Action.PIN, Action.START, Action.CHECK_ALL).forEach(action -> first.handle(action, () -> {}));
        window.show(first);
        assertThat(window.enabled(Action.PIN)).isFalse();
        assertThat(window.enabled(Action.CHECK_ALL)).isTrue();
        assertThat(first.obstacle(Action.START).get()).isEqualTo("Choose a sandbox or a sample first");
        first.select(Selection.of(Scope.VM));
        assertThat(window.enabled(Action.PIN)).isTrue();
        assertThat(window.enabled(Action.START)).isFalse();
        first.select(new Selection(
                Optional.of(Scope.SAMPLE), Map.of(Action.START, "It asks for none"), Map.of(Action.PIN, "Unpin")));
        assertThat(window.obstacle(Action.START).get()).isEqualTo("It asks for none");
        assertThat(first.obstacle(Action.START).get()).isEqualTo("It asks for none");
        assertThat(window.text(Action.PIN).get()).isEqualTo("Unpin");
        assertThat(second.text(Action.PIN).get()).isEqualTo("Pin");
        first.select(Selection.of(Scope.SAMPLE));
        assertThat(first.obstacle(Action.START).get()).isEmpty();
        assertThat(first.text(Action.PIN).get()).isEqualTo("Pin");
    }

    @Test
    void actionsOfTheWindowAreTheSameOnEveryPage() {
        second.handle(Action.CLEAN_UP, () -> done.add("clean"));
        window.show(first);
        window.run(Action.CLEAN_UP);
        first.run(Action.CLEAN_UP);
        assertThat(done).hasSize(2);
        assertThatThrownBy(() -> window.handle(Action.PIN, () -> {})).hasMessageContaining("action-pin");
    }

    @Test
    void aPageBringsCommandsOfItsOwn() {
        ShowPage show = new ShowPage(new PageName("hello", "Hello", "Greet", MaterialDesignH.HAND_WAVE_OUTLINE), 10);
        Command wave = new Own();
        window.handle(show, () -> done.add("shown"));
        second.handle(wave, () -> done.add("waved"));
        assertThat(window.all()).startsWith(show).endsWith(wave).doesNotHaveDuplicates();
        assertThat(show.shortcuts()).as("there is no key for a tenth page").isEmpty();
        window.run(show);
        window.show(first);
        assertThat(window.here(wave)).isFalse();
        window.run(wave);
        window.show(second);
        assertThat(window.here(wave)).isTrue();
        window.run(wave);
        assertThat(done).containsExactly("shown", "waved");
    }

    private record Own() implements Command {
        @Override
        public String id() {
            return "action-wave";
        }

        @Override
        public String text() {
            return "Wave";
        }

        @Override
        public String description() {
            return "Wave at everybody";
        }

        @Override
        public Action.Group group() {
            return Action.Group.LIST;
        }

        @Override
        public Set<Scope> scopes() {
            return Set.of(Scope.PAGE);
        }

        @Override
        public org.kordamp.ikonli.Ikon icon() {
            return MaterialDesignH.HAND_WAVE_OUTLINE;
        }

        @Override
        public List<Shortcut> shortcuts() {
            return List.of(Shortcut.key("W"));
        }
    }

    @Test
    void keysOfTerminalsAreLeftAlone() {
        assertThat(Action.PALETTE.shortcuts().getFirst().everywhere()).isFalse();
        assertThat(Action.PALETTE.shortcuts()).anyMatch(Shortcut::everywhere);
    }

    @Test
    void keysReadAsPeopleWriteThem() {
        assertThat(Action.NEXT_TAB.shortcuts().getFirst().label()).isEqualTo("Ctrl Page Down");
        assertThat(Shortcut.everywhere("Shortcut+Shift+K").label()).isEqualTo("Ctrl Shift K");
        assertThat(Action.DESTROY.shortcuts().getFirst().label()).isEqualTo("Del");
    }

    @ParameterizedTest
    @EnumSource(Action.class)
    void everyKeyIsOneThatKeyboardsHave(Action action) {
        assertThat(action.shortcuts().stream().flatMap(shortcut -> shortcut.combination().stream()))
                .allMatch(keys -> keys instanceof KeyCodeCombination code && code.getCode() != KeyCode.UNDEFINED
                        || keys instanceof KeyCharacterCombination typed
                                && typed.getCharacter().length() == 1);
    }

    @Test
    void aNameThatNoKeyHasIsAFault() {
        assertThatThrownBy(() -> Shortcut.key("Ctrl+PgDn")).hasMessageContaining("PgDn");
        assertThat(Shortcut.key("Ctrl+Page_Down").combination())
                .contains(new KeyCodeCombination(KeyCode.PAGE_DOWN, KeyCombination.CONTROL_DOWN));
    }
}
