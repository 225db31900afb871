package dev.corral.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class WindowStateTest {
    private static final WindowState.Area SCREEN = new WindowState.Area(0, 0, 1600, 1000);

    private static final Map<String, PageMemory> PAGES =
            Map.of("hello", new PageMemory(List.of("a row"), "another", Map.of("a fold", false), 0.6));

    private static WindowState at(double x, double y, double width, double height) {
        return new WindowState(x, y, width, height, false, ThemeChoice.DARK, 0, 0.5, true, PAGES);
    }

    @Test
    void aWindowOnItsScreenStays() {
        assertThat(at(100, 50, 1200, 800).on(List.of(SCREEN))).isEqualTo(at(100, 50, 1200, 800));
    }

    @Test
    void aWindowOfAScreenThatHasGoneComesBack() {
        WindowState repaired = at(3000, 200, 1200, 800).on(List.of(SCREEN));
        assertThat(repaired.x()).isBetween(0.0, 1600.0);
        assertThat(repaired.width()).isEqualTo(1200);
        assertThat(repaired.theme()).isEqualTo(ThemeChoice.DARK);
    }

    @Test
    void sizesAreWithinReason() {
        assertThat(at(0, 0, 9000, 9000).on(List.of(SCREEN)).width()).isEqualTo(1600);
        assertThat(at(0, 0, 10, 10).on(List.of(SCREEN)).height()).isEqualTo(WindowState.MIN_HEIGHT);
    }

    @Test
    void aWindowAboveTheScreenCanBeGripped() {
        assertThat(at(100, -500, 1200, 800).on(List.of(SCREEN)).y()).isNotNegative();
    }

    @Test
    void itIsRememberedAndADamagedFileIsForgotten(@TempDir Path folder) throws Exception {
        StateFile<WindowState> store = new StateFile<>(folder.resolve("corral/window.json"), WindowState.class);
        assertThat(store.load()).isEmpty();
        store.save(at(1, 2, 900, 600));
        assertThat(store.load()).contains(at(1, 2, 900, 600));
        Files.writeString(folder.resolve("corral/window.json"), "{");
        assertThat(store.load()).isEmpty();
    }

    @Test
    void aFileOfBeforePagesRememberedTellsWhereTheDetailsBegin(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("window.json");
        Files.writeString(file, "{\"width\":900,\"height\":600,\"details\":0.6,\"dock\":0.5,\"dock_open\":true}");
        WindowState old = new StateFile<>(file, WindowState.class).load().orElseThrow();
        assertThat(old.page("sandboxes")).isEqualTo(new PageMemory(List.of(), "", Map.of(), 0.6));
        new StateFile<>(file, WindowState.class).save(at(1, 2, 900, 600));
        assertThat(Files.readString(file).replace(" ", ""))
                .contains("\"details\":0.6")
                .doesNotContain("\"details\":0.0");
    }

    @Test
    void whatSomebodyWroteIntoTheMemoryOfPagesIsBorne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("window.json");
        Files.writeString(file, """
                {"width":900,"height":600,"pages":{
                    "a":null,
                    "b":{"chosen":[null,"x"],"first":null,"folds":{"y":null,"z":true},"details":7,"later":{}},
                    "c":{}}}""");
        WindowState state = new StateFile<>(file, WindowState.class).load().orElseThrow();
        assertThat(state.page("a")).isEqualTo(PageMemory.nothing());
        assertThat(state.page("b")).isEqualTo(new PageMemory(List.of("x"), "", Map.of("z", true), 0));
        assertThat(state.page("c")).isEqualTo(PageMemory.nothing());
        assertThat(state.page("never left")).isEqualTo(PageMemory.nothing());
    }
}
