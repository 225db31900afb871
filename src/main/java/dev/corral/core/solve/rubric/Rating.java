package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What is rated, by which rubric: what stays the same of it from its beginning. Who reads its file knows who solved what.
 *
 * @param id        names it
 * @param createdAt when it was begun
 * @param by        who began it
 * @param seed      what the order was shuffled by
 * @param rubric    a copy of the rubric, since its file may be changed
 * @param items     what is rated, in the order of their letters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Rating(String id, Instant createdAt, String by, long seed, Rubric rubric, List<Item> items) {
    /** Checks that what it needs is there, and copies the list. */
    public Rating {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(createdAt, "created_at");
        Objects.requireNonNull(rubric, "rubric");
        by = Objects.requireNonNullElse(by, "");
        items = List.copyOf(items);
    }

    /**
     * One sample.
     *
     * @param letter  what raters call it
     * @param log     the log
     * @param sample  the sample's id
     * @param epoch   the epoch
     * @param task    the task's name
     * @param who     who solved it: a person's name, or a model's
     * @param person  whether that is a person
     * @param session the session of manual solving; empty if there is none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Item(
            String letter,
            String log,
            String sample,
            int epoch,
            String task,
            String who,
            boolean person,
            String session) {
        /** Fills what is absent. */
        public Item {
            who = Objects.requireNonNullElse(who, "");
            session = Objects.requireNonNullElse(session, "");
        }
    }

    /**
     * The one of that letter.
     *
     * @throws ExpectedFailure if there is none
     */
    public Item item(String letter) {
        return items.stream()
                .filter(item -> item.letter().equalsIgnoreCase(letter.strip()))
                .findFirst()
                .orElseThrow(() -> ExpectedFailure.notFound(
                        id + " has nothing called " + PlainText.line(letter, 20) + ".",
                        "It has " + items.getFirst().letter() + " to "
                                + items.getLast().letter() + "."));
    }

    /** The name of the one at a place, from 0: A to Z, then AA. */
    static String letter(int place) {
        String last = String.valueOf((char) ('A' + place % 26));
        return place < 26 ? last : letter(place / 26 - 1) + last;
    }
}
