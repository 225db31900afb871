package dev.corral.console.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class FilterTextTest {
    private record Thing(String name, String state, double age, double size) {}

    private static final List<Thing> THINGS = List.of(
            new Thing("web one", "stray", Duration.ofDays(3).toSeconds(), 2048),
            new Thing("web-two: \"x\"", "live", Duration.ofMinutes(30).toSeconds(), -1),
            new Thing("state:stray", "kept", 0, 5e9));

    private static final FilterColumns<Thing> COLUMNS = FilterColumns.<Thing>of(
                    thing -> thing.name() + "\n" + thing.state())
            .text(FilterColumn.NAME, Thing::name)
            .text(FilterColumn.STATE, Thing::state)
            .amount(FilterColumn.AGE, Thing::age)
            .amount(FilterColumn.SIZE, Thing::size);

    private static String states(String text) {
        FilterText filter = FilterText.parse(text, COLUMNS.names());
        return THINGS.stream()
                .filter(thing -> COLUMNS.fits(filter, thing))
                .map(Thing::state)
                .reduce("", (all, one) -> all.isEmpty() ? one : all + " " + one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "web|stray live",
                "WEB Live|live",
                "web -live|stray",
                "web !live|stray",
                "-state:stray|live kept",
                "name:web -name:one|live",
                "\"web one\"|stray",
                "name:\"web one\"|stray",
                "\"name:web one\"|''",
                "name:\"web|stray live",
                "“web one”|stray",
                "-\"web one\"|live kept",
                "\"state:stray\"|kept",
                "-\"-two\"|stray kept",
                "\"-two\"|live",
                "two:|live",
                "state:|stray live kept",
                "- ! \"\" -\"\"|stray live kept",
                "age:>2d|stray",
                "age:>=3d|stray",
                "age:<1h|live kept",
                "age:3|stray",
                "-age:>1d|live kept",
                "size:>1k|stray kept",
                "size:<1G|stray",
                "size:\">4 GiB\"|kept",
                "-size:>1k|live",
                "age:soon|stray live kept",
                "color:red|''"
            })
    void everyListSpeaksIt(String filter, String expected) {
        assertThat(states(filter)).isEqualTo(expected.equals("''") ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\"",
                "\"\"\"",
                ":",
                "::",
                "-:",
                "!!",
                "--",
                "state::",
                "state:\"",
                "age:",
                "age:>",
                "size:1e9"
            })
    void nonsenseIsNoFault(String text) {
        FilterText.parse(text, COLUMNS.names());
        assertThat(FilterText.withState(text, "stray")).startsWith("state:stray");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        Set<FilterColumn> columns = EnumSet.of(FilterColumn.NAME, FilterColumn.AGE, FilterColumn.SIZE);
        assertThat(FilterText.parse("age:old", columns).problem()).startsWith("old is no age");
        assertThat(FilterText.parse("size:" + "9".repeat(400), columns).problem())
                .contains("is no size");
        assertThat(FilterText.parse("ip:10.0.0.1", columns).problem()).isEqualTo("This list has no ip: column");
        assertThat(FilterText.parse("color:red", columns).problem()).isEmpty();
    }

    @Test
    void aStateTakesThePlaceOfThoseAskedForAndKeepsTheRestAsItWasTyped() {
        assertThat(FilterText.withState("\"two words\" STATE:live -state:kept  Web", "stray"))
                .isEqualTo("state:stray \"two words\" -state:kept Web");
        assertThat(FilterText.withState("state:\"start failed\" web", "")).isEqualTo("web");
        assertThat(FilterText.states("state:Live -state:kept x \"state:x\"")).containsExactly("live");
    }
}
