package dev.corral.console.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("unit")
class ActionTest {
    @ParameterizedTest
    @EnumSource(Action.class)
    void everyActionCanBeNamedAndFound(Action action) {
        assertThat(action.text()).isNotBlank().doesNotContain("!").matches("\\p{Lu}.*");
        assertThat(action.description()).isNotBlank().doesNotContain("!").doesNotEndWith(".");
        assertThat(action.group()).isNotNull();
        assertThat(action.icon()).isNotNull();
        assertThat(action.id()).matches("action-[a-z-]+");
    }

    private static List<Action> on(Page page) {
        return Arrays.stream(Action.values())
                .filter(action -> action.page().filter(own -> own != page).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void noKeyMeansTwoThingsOnAPage(Page page) {
        List<String> keys = new ArrayList<>();
        on(page).forEach(action -> action.shortcuts().forEach(shortcut -> keys.add(shortcut.label())));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Page.class)
    void namesAreUniqueOnAPage(Page page) {
        assertThat(on(page)).extracting(Action::text).doesNotHaveDuplicates();
    }

    @Test
    void whatBelongsToAnotherPageMakesNoSense() {
        Actions actions = new Actions();
        actions.handle(Action.PIN, () -> {});
        actions.handle(Action.STRAY_PIN, () -> {});
        assertThat(actions.enabled(Action.PIN)).isTrue();
        assertThat(actions.enabled(Action.STRAY_PIN)).isFalse();
        actions.showPage(Page.STRAYS);
        assertThat(actions.enabled(Action.PIN)).isFalse();
        assertThat(actions.enabled(Action.STRAY_PIN)).isTrue();
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
