package dev.corral.console.table;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * How the columns of a list are looked into. Not for several threads while it is being filled.
 *
 * @param <T> what a row is
 */
public final class FilterColumns<T> {
    private final Map<FilterColumn, BiPredicate<FilterText.Term, T>> columns = new EnumMap<>(FilterColumn.class);
    private final BiPredicate<FilterText.Term, T> anywhere;

    private FilterColumns(BiPredicate<FilterText.Term, T> anywhere) {
        this.anywhere = anywhere;
    }

    /** No column yet; {@code text} is where words without a column are looked for. */
    public static <T> FilterColumns<T> of(Function<T, String> text) {
        return new FilterColumns<>((term, row) -> term.in(text.apply(row)));
    }

    /** A column that is looked into by a text. */
    public FilterColumns<T> text(FilterColumn column, Function<T, String> text) {
        return match(column, (term, row) -> term.in(text.apply(row)));
    }

    /** A column that is looked into in its own way. */
    public FilterColumns<T> match(FilterColumn column, BiPredicate<FilterText.Term, T> found) {
        columns.put(column, found);
        return this;
    }

    /** A column that is compared; a negative amount is not known and is never found. */
    public FilterColumns<T> amount(FilterColumn column, Function<T, Double> amount) {
        return match(column, (term, row) -> {
            double value = amount.apply(row);
            return value >= 0
                    && term.amount().filter(bound -> bound.fits(value)).isPresent();
        });
    }

    /** The columns that there are. */
    public Set<FilterColumn> names() {
        return Set.copyOf(columns.keySet());
    }

    /** Whether a row fits a filter that was parsed for these columns. */
    public boolean fits(FilterText filter, T row) {
        return filter.terms().stream().allMatch(term -> found(term, row) != term.not());
    }

    /** Whether a term is found in a row, before its sign is looked at. */
    public boolean found(FilterText.Term term, T row) {
        return term.column().map(columns::get).orElse(anywhere).test(term, row);
    }
}
