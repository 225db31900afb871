package dev.corral.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class SavedTabsTest {
    @TempDir
    Path folder;

    private static SavedTab tab(String key, String... files) {
        return new SavedTab("log", key, "Start · " + key, key, List.of(files));
    }

    @Test
    void theyComeBackAsTheyWere() {
        StateFile<SavedTabs> store = new StateFile<>(folder.resolve("dock.json"), SavedTabs.class);
        SavedTabs tabs = new SavedTabs(List.of(tab("a", "/x/1.log"), tab("b", "/x/2.log")), 1);
        store.save(tabs);
        assertThat(store.load()).contains(tabs);
    }

    @Test
    void damagedOnesAreNoFault() throws Exception {
        Path file = folder.resolve("dock.json");
        StateFile<SavedTabs> store = new StateFile<>(file, SavedTabs.class);
        Files.writeString(
                file,
                "{\"tabs\":[null,{\"kind\":null,\"files\":[null,\"relative\",\"\\u0000\"],\"new\":1}],\"chosen\":7}");
        assertThat(store.load()).contains(new SavedTabs(List.of(new SavedTab("", "", "", "", List.of())), -1));
        Files.writeString(file, "{}");
        assertThat(store.load().map(SavedTabs::tabs)).contains(List.of());
    }

    @Test
    void theNewestStayWhenThereAreTooMany() {
        List<SavedTab> many = new ArrayList<>();
        for (int i = 0; i < SavedTabs.MOST + 3; i++) {
            many.add(tab("s" + i));
        }
        SavedTabs kept = new SavedTabs(many, 4);
        assertThat(kept.tabs()).hasSize(SavedTabs.MOST).last().isEqualTo(many.getLast());
        assertThat(kept.tabs().get(kept.chosen())).isEqualTo(many.get(4));
        assertThat(new SavedTabs(many, 2).chosen()).isEqualTo(-1);
    }

    @Test
    void whatIsGoneDoesNotComeBack() throws Exception {
        Path there = Files.createFile(folder.resolve("1.log"));
        String gone = folder.resolve("2.log").toString();
        assertThat(tab("a", there.toString(), gone, folder.toString()).there())
                .map(SavedTab::files)
                .isEqualTo(Optional.of(List.of(there.toString())));
        assertThat(tab("a", gone).there()).isEmpty();
        assertThat(tab("a").there()).isEmpty();
    }
}
