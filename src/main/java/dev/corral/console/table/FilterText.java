package dev.corral.console.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The language of every filter field: words that must all be found; {@code column:word} looks into one column,
 * {@code age:>2d} and {@code size:>1G} compare, {@code -} or {@code !} before a word leaves out, quotes keep words
 * together and have no other meaning. Pure.
 *
 * @param terms   what must hold
 * @param problem what of it is not understood, a sentence; empty when all is. What is not understood lets through
 */
public record FilterText(List<Term> terms, String problem) {
    private static final String STATE = FilterColumn.STATE.word();

    /**
     * One condition.
     *
     * @param column where to look; empty for everywhere
     * @param text   what to find, in small letters
     * @param not    whether it must not be found
     * @param amount what to compare with, for columns that compare
     */
    public record Term(Optional<FilterColumn> column, String text, boolean not, Optional<Amount> amount) {

        /** Whether a text has it. */
        public boolean in(String shown) {
            return shown.toLowerCase(Locale.ROOT).contains(text);
        }
    }

    /** Reads the text of a field over a list that has these columns. */
    public static FilterText parse(String text, Set<FilterColumn> columns) {
        List<Term> terms = new ArrayList<>();
        String problem = "";
        for (FilterWord word : FilterWord.split(text)) {
            Optional<FilterColumn> column = FilterColumn.of(word.column());
            String value = column.isPresent() ? word.value() : word.rest();
            if (value.isBlank()) {
                continue;
            }
            if (column.isPresent() && !columns.contains(column.get())) {
                problem = "This list has no " + word.column() + ": column";
                continue;
            }
            Optional<Amount> amount =
                    column.filter(FilterColumn::compares).flatMap(compared -> Amount.parse(compared, value));
            if (column.filter(FilterColumn::compares).isPresent() && amount.isEmpty()) {
                problem = column.get() == FilterColumn.AGE
                        ? value + " is no age: write 30m, 12h, 2d or 3w"
                        : value + " is no size: write 500M or 1.5G";
                continue;
            }
            terms.add(new Term(column, value, word.not(), amount));
        }
        return new FilterText(List.copyOf(terms), problem);
    }

    /** Whether it lets everything through. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The states that a text asks for, in small letters, without those that it leaves out. */
    public static List<String> states(String text) {
        return FilterWord.split(text).stream()
                .filter(FilterText::asksForState)
                .map(FilterWord::value)
                .toList();
    }

    /** The text with that state in place of all that it asks for; an empty state asks for none. */
    public static String withState(String text, String state) {
        String rest = FilterWord.split(text).stream()
                .filter(word -> !asksForState(word))
                .map(FilterWord::raw)
                .collect(Collectors.joining(" "));
        return (state.isEmpty() ? rest : STATE + ":" + state + " " + rest).strip();
    }

    private static boolean asksForState(FilterWord word) {
        return word.column().equals(STATE) && !word.not();
    }

    /** The language in short, for a list that has these columns. */
    public static String help(Set<FilterColumn> columns) {
        String words = FilterColumn.words().stream()
                .filter(columns::contains)
                .map(column -> column.word() + ":")
                .collect(Collectors.joining(" "));
        return "Words must all be found. One column: " + words
                + "  Compare: age:>2d size:>1G  Leave out: -word  Words together: \"two words\"";
    }
}
