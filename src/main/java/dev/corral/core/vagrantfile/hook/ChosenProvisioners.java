package dev.corral.core.vagrantfile.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The provisioners of one machine that a Vagrant command runs, the others being left out. Vagrant stops before it runs any if the machine
 * has others than these by then. Immutable.
 *
 * @param machine  the machine
 * @param all      all of the machine, in the file's order
 * @param selected which of them run
 * @param never    the indices of those that run only when they are chosen by themselves, or the first of those that run
 */
public record ChosenProvisioners(
        String machine, List<Selection.Candidate> all, Selection.Chosen selected, Set<Integer> never) {
    /** By it our Ruby gets to know them. */
    static final String VARIABLE = "CORRAL_HOOK_CHOSEN";

    /** Copies the lists. */
    public ChosenProvisioners {
        all = List.copyOf(all);
        never = Set.copyOf(never);
    }

    /** The form in which our Ruby reads it. */
    String text() {
        try {
            return Json.mapper()
                    .writeValueAsString(Map.of(
                            "machine", machine, "from", selected.from(), "only", selected.only(), "expected", all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names can be written as JSON", e);
        }
    }

    /** The order in which they run, before any has run. */
    public Order order() {
        return new Order();
    }

    /** Takes what Vagrant says to run, one after the other, for those that were chosen. */
    public final class Order {
        private final List<Integer> left = new ArrayList<>();

        private Order() {
            for (int index = 0; index < all.size(); index++) {
                if (selected.only().isEmpty()
                        ? index == selected.from() || index > selected.from() && !never.contains(index)
                        : selected.only().contains(index)) {
                    left.add(index);
                }
            }
        }

        /** The position of the next one of this name and type, counted from 1; empty if there is none. */
        public Optional<Integer> next(String name, String type) {
            Selection.Candidate wanted = new Selection.Candidate(name, type);
            Optional<Integer> found =
                    left.stream().filter(index -> all.get(index).equals(wanted)).findFirst();
            found.ifPresent(left::remove);
            return found.map(index -> index + 1);
        }
    }
}
