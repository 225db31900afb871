package dev.corral.console.strays;

import dev.corral.console.table.FilterColumn;
import dev.corral.console.table.FilterColumns;
import dev.corral.console.table.FilterText;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The filter of the strays. What is somebody else's is shown only when the filter asks for it. Pure. */
public final class StrayFilter {
    private static final FilterColumns<Aged> COLUMNS = FilterColumns.<Aged>of(aged -> everything(aged.row()))
            .match(FilterColumn.STATE, (term, aged) -> state(term, aged.item()))
            .text(
                    FilterColumn.NAME,
                    aged -> aged.row().name() + "\n" + aged.row().machines())
            // From the beginning of a word: every sandbox has a box in its name.
            .match(FilterColumn.KIND, (term, aged) -> Arrays.stream(
                            (aged.row().kind() + " " + aged.item().kind().word())
                                    .toLowerCase(Locale.ROOT)
                                    .split(" "))
                    .anyMatch(word -> word.startsWith(term.text())))
            .text(FilterColumn.EVAL, aged -> aged.item().origin().task())
            .text(FilterColumn.SAMPLE, aged -> aged.item().origin().sample())
            .text(FilterColumn.VM, aged -> aged.item().machines().stream()
                    .map(InventoryItem.Machine::name)
                    .collect(Collectors.joining("\n")))
            .text(FilterColumn.OWNER, aged -> owner(aged.item()))
            .amount(FilterColumn.AGE, aged -> aged.item()
                    .since()
                    .map(since -> (double)
                            Math.max(0, Duration.between(since, aged.now()).toSeconds()))
                    .orElse(-1.0))
            .amount(FilterColumn.SIZE, aged -> (double) aged.item().bytes())
            .text(
                    FilterColumn.KNOWN,
                    aged -> aged.item().knownTo().stream().map(Layer::word).collect(Collectors.joining("\n"))
                            + "\n"
                            + aged.item().provider())
            .match(FilterColumn.HAS, (term, aged) -> aged.item().parts().stream()
                    .filter(part -> part.bytes() > 0)
                    .anyMatch(part -> term.in(part.what())
                            || term.text().equals("snapshots") && part.what().equals("saved memory")));

    /** What is shown as help. */
    public static final String HELP = FilterText.help(COLUMNS.names());

    private final FilterText text;
    private final boolean foreign;

    private StrayFilter(FilterText text) {
        this.text = text;
        this.foreign = text.terms().stream()
                .anyMatch(
                        term -> term.column().filter(FilterColumn.STATE::equals).isPresent()
                                && !term.not()
                                && "foreign".startsWith(term.text()));
    }

    /** A row at a moment. */
    private record Aged(StrayRow row, Instant now) {
        InventoryItem item() {
            return row.item();
        }
    }

    /** Reads the field's text. */
    public static StrayFilter parse(String text) {
        return new StrayFilter(FilterText.parse(text, COLUMNS.names()));
    }

    /** Whether it lets everything through that is not somebody else's. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** What of it is not understood, a sentence; empty when all is. */
    public String problem() {
        return text.problem();
    }

    /** The chip that the text says, whatever other words it has. */
    public static Optional<StateChip> chip(String text) {
        List<String> states = FilterText.states(text);
        if (states.isEmpty()) {
            return Optional.of(StateChip.ALL);
        }
        return states.size() == 1 ? StateChip.of(states.getFirst()) : Optional.empty();
    }

    /** The rows that stay; ages are counted to {@code now}. */
    public List<StrayRow> apply(List<StrayRow> rows, Instant now) {
        return rows.stream()
                .filter(row -> row.state() != ItemState.FOREIGN || foreign)
                .filter(row -> COLUMNS.fits(text, new Aged(row, now)))
                .toList();
    }

    private static boolean state(FilterText.Term term, InventoryItem item) {
        return StateChip.of(term.text()).map(chip -> chip.holds(item.state())).orElseGet(() -> item.state()
                .word()
                .replace(" ", "")
                .startsWith(term.text().replaceAll("[-_ ]", "")));
    }

    private static String everything(StrayRow row) {
        return row.name() + " " + row.machines() + " " + row.reason() + " " + row.owner() + " "
                + row.item().directory().map(Path::toString).orElse("");
    }

    private static String owner(InventoryItem item) {
        return item.owner()
                        .map(owner -> owner.kind().word() + " " + owner.pid())
                        .orElse("") + " " + item.origin().task() + " "
                + item.origin().run();
    }
}
