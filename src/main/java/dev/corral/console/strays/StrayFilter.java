package dev.corral.console.strays;

import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Layer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The filter field's language: words that must all be found; {@code state:}, {@code kind:}, {@code eval:}, {@code sample:},
 * {@code owner:}, {@code vm:}, {@code known:} and {@code has:} look into one column, {@code age:>2d} and {@code size:>1G}
 * compare, {@code !} before a word leaves out. Pure.
 */
public final class StrayFilter {
    /** What is shown as help. */
    public static final String HELP =
            "Words must all be found. One column: state: kind: eval: sample: owner: vm: known: has:  "
                    + "Compare: age:>2d size:>1G  Leave out: !word";

    private static final List<String> COLUMNS =
            List.of("state", "kind", "eval", "sample", "owner", "vm", "known", "has", "age", "size");
    private static final Pattern AMOUNT = Pattern.compile("([<>]?)(\\d+(?:\\.\\d+)?)([a-z]*)");

    private final List<Term> terms;
    private final String problem;
    private final boolean foreign;

    private StrayFilter(List<Term> terms, String problem) {
        this.terms = terms;
        this.problem = problem;
        this.foreign = terms.stream()
                .anyMatch(term -> term.column.equals("state") && !term.not && "foreign".startsWith(term.text));
    }

    /** A word of the filter; the amount is in bytes or seconds, its sign tells above ({@code +}) from below ({@code -}). */
    private record Term(String column, String text, boolean not, double amount, boolean below) {}

    /** Reads the field's text. */
    public static StrayFilter parse(String text) {
        List<Term> terms = new ArrayList<>();
        String problem = "";
        for (String word : words(text)) {
            boolean not = word.startsWith("!");
            String rest = not ? word.substring(1) : word;
            int colon = rest.indexOf(':');
            String column = colon > 0 && COLUMNS.contains(rest.substring(0, colon)) ? rest.substring(0, colon) : "";
            String value = column.isEmpty() ? rest : rest.substring(colon + 1);
            if (value.isEmpty()) {
                continue;
            }
            if (!column.equals("age") && !column.equals("size")) {
                terms.add(new Term(column, value, not, 0, false));
                continue;
            }
            Optional<Term> compared = compared(column, value, not);
            compared.ifPresent(terms::add);
            if (compared.isEmpty()) {
                problem = column.equals("age")
                        ? value + " is no age: write 30m, 12h, 2d or 3w"
                        : value + " is no size: write 500M or 1.5G";
            }
        }
        return new StrayFilter(List.copyOf(terms), problem);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Optional<Term> compared(String column, String value, boolean not) {
        Matcher amount = AMOUNT.matcher(value);
        if (!amount.matches()) {
            return Optional.empty();
        }
        double unit = column.equals("age") ? seconds(amount.group(3)) : bytes(amount.group(3));
        return unit < 0
                ? Optional.empty()
                : Optional.of(new Term(
                        column,
                        value,
                        not,
                        Double.parseDouble(amount.group(2)) * unit,
                        amount.group(1).equals("<")));
    }

    private static double seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m", "min" -> 60;
            case "h" -> 3600;
            case "d", "" -> Duration.ofDays(1).toSeconds();
            case "w" -> Duration.ofDays(7).toSeconds();
            default -> -1;
        };
    }

    private static double bytes(String unit) {
        return switch (unit) {
            case "", "b" -> 1;
            case "k", "kb", "kib" -> 1024.0;
            case "m", "mb", "mib" -> 1024.0 * 1024;
            case "g", "gb", "gib" -> 1024.0 * 1024 * 1024;
            case "t", "tb", "tib" -> 1024.0 * 1024 * 1024 * 1024;
            default -> -1;
        };
    }

    /** Whether it lets everything through that is not somebody else's. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** What of it is not understood, a sentence; empty when all is. */
    public String problem() {
        return problem;
    }

    /** The chip that the text says, whatever other words it has. */
    public static Optional<StateChip> chip(String text) {
        List<String> states =
                words(text).stream().filter(word -> word.startsWith("state:")).toList();
        if (states.isEmpty()) {
            return Optional.of(StateChip.ALL);
        }
        return states.size() == 1 ? StateChip.of(states.getFirst().substring(6)) : Optional.empty();
    }

    /** The text with that chip in place of all words about states. */
    public static String withChip(String text, StateChip chip) {
        String rest = Arrays.stream(text.strip().split("\\s+"))
                .filter(word ->
                        !word.isEmpty() && !word.toLowerCase(Locale.ROOT).startsWith("state:"))
                .collect(Collectors.joining(" "));
        return (chip == StateChip.ALL ? rest : "state:" + chip.word() + " " + rest).strip();
    }

    /** The rows that stay; ages are counted to {@code now}. */
    public List<StrayRow> apply(List<StrayRow> rows, Instant now) {
        return rows.stream().filter(row -> fits(row, now)).toList();
    }

    private boolean fits(StrayRow row, Instant now) {
        if (row.state() == ItemState.FOREIGN && !foreign) {
            return false;
        }
        return terms.stream().allMatch(term -> found(term, row, now) != term.not);
    }

    private static boolean found(Term term, StrayRow row, Instant now) {
        InventoryItem item = row.item();
        return switch (term.column) {
            case "state" ->
                StateChip.of(term.text)
                        .map(chip -> chip.holds(item.state()))
                        .orElseGet(() ->
                                item.state().word().replace(" ", "").startsWith(term.text.replaceAll("[-_]", "")));
            // From the beginning of a word: every sandbox has a box in its name.
            case "kind" ->
                Arrays.stream((row.kind() + " " + item.kind().word())
                                .toLowerCase(Locale.ROOT)
                                .split(" "))
                        .anyMatch(word -> word.startsWith(term.text));
            case "eval" -> contains(item.origin().task(), term.text);
            case "sample" -> contains(item.origin().sample(), term.text);
            case "owner" -> contains(owner(item), term.text);
            case "vm" -> item.machines().stream().anyMatch(machine -> contains(machine.name(), term.text));
            case "known" ->
                item.knownTo().stream().map(Layer::word).anyMatch(word -> contains(word, term.text))
                        || contains(item.provider(), term.text);
            case "has" ->
                item.parts().stream()
                        .anyMatch(part -> part.bytes() > 0
                                && (contains(part.what(), term.text)
                                        || term.text.equals("snapshots")
                                                && part.what().equals("saved memory")));
            case "age" ->
                item.since()
                        .map(since -> compare(term, Duration.between(since, now).toSeconds()))
                        .orElse(false);
            case "size" -> item.bytes() >= 0 && compare(term, item.bytes());
            default ->
                contains(
                        row.name() + " " + row.machines() + " " + row.reason() + " " + row.owner() + " "
                                + item.directory().map(Object::toString).orElse(""),
                        term.text);
        };
    }

    private static String owner(InventoryItem item) {
        return item.owner()
                        .map(owner -> owner.kind().word() + " " + owner.pid())
                        .orElse("") + " " + item.origin().task() + " "
                + item.origin().run();
    }

    private static boolean compare(Term term, double value) {
        return term.below ? value < term.amount : value >= term.amount;
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part);
    }
}
