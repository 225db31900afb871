package dev.corral.console.strays;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.console.StrayItems;
import dev.corral.console.table.FilterText;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("unit")
class StrayFilterTest {
    private static final List<StrayRow> ROWS = StrayItems.everyState(Samples.NOW).items().stream()
            .map(item -> StrayRow.of(item, ""))
            .toList();

    private static List<String> names(String filter) {
        return StrayFilter.parse(filter).apply(ROWS, Samples.NOW).stream()
                .map(StrayRow::name)
                .toList();
    }

    @Test
    void withoutWordsAllIsShownButWhatIsSomebodyElses() {
        assertThat(names("")).hasSize(ROWS.size() - 2).doesNotContain("windows-build-agent");
        assertThat(names("state:foreign")).containsExactly("windows-build-agent", "9f8e7d6c");
        assertThat(StrayFilter.parse(" ").isEmpty()).isTrue();
        assertThat(StrayFilter.parse("state:foreign").isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "state:stray size:>1G|sqli-07-2be0a1c4,web-02-11fe7a90,hello-5c1d_default,xss-01-77c0_victim.img",
                "state:destroy-failed|web-02-11fe7a90",
                "state:ghost age:>25d|1a2b3c4d",
                "age:<1h|sqli-01-9f3c2a1b,sqli-02-11aa07de,xss-03-77b0c1e2",
                "eval:OLD_ sample:web-02 age:>1d|web-02-91fe33c0",
                "kind:box|corral-VAGRANTSLASH-debian_vagrant_box_image_0_box.img",
                "has:snapshots|sqli-07-2be0a1c4",
                "killed|sqli-07-2be0a1c4",
                "vm:victim state:live !provision age:>3m|sqli-01-9f3c2a1b",
                "known:index kind:index !30|1a2b3c4d,77ee01bc",
                "state:stray !kind:sandbox !kind:index size:>4k|hello-5c1d_default,xss-01-77c0_victim.img,"
                        + "corral-VAGRANTSLASH-debian_vagrant_box_image_0_box.img,unknown-77aa0c1d"
            })
    void wordsLookIntoColumnsAndCompare(String filter, String expected) {
        assertThat(names(filter)).containsExactlyInAnyOrder(expected.split(","));
    }

    @Test
    void theSignsAndQuotesOfEveryListWorkHere() {
        assertThat(names("state:stray -kind:sandbox")).isEqualTo(names("state:stray !kind:sandbox"));
        assertThat(names("name:sqli-07")).containsExactly("sqli-07-2be0a1c4");
        assertThat(names("state:\"destroy failed\"")).containsExactly("web-02-11fe7a90");
        assertThat(StrayFilter.parse("ip:10.0.0.1").problem()).isEqualTo("This list has no ip: column");
    }

    @Test
    void whatIsNotUnderstoodIsSaidAndLetsThrough() {
        assertThat(StrayFilter.parse("age:old").problem()).startsWith("old is no age");
        assertThat(StrayFilter.parse("size:>1x").problem()).contains("500M");
        assertThat(names("age:old")).hasSize(ROWS.size() - 2);
    }

    @Test
    void aChipStandsInPlaceOfWordsAboutStatesAndKeepsTheOthers() {
        assertThat(FilterText.withState("eval:web state:live !x", StateChip.STRAYS.word()))
                .isEqualTo("state:stray eval:web !x");
        assertThat(FilterText.withState("state:live", StateChip.ALL.word())).isEmpty();
        assertThat(StrayFilter.chip("state:stray killed")).contains(StateChip.STRAYS);
        assertThat(StrayFilter.chip("state:ghost")).isEmpty();
        assertThat(StrayFilter.chip("killed")).contains(StateChip.ALL);
    }
}
