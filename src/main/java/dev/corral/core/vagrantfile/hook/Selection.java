package dev.corral.core.vagrantfile.hook;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which of a machine's provisioners a command runs, as a person says it: by position, counted from 1 in the order in which the Vagrantfile
 * gives them to the machine, or by name. Pure.
 *
 * @param from the first that runs, and all after it run that an {@code up} would run; empty if it is said in another way
 * @param only those that run, whatever their run policy; empty if it is said in another way
 * @param among those that it was chosen from, as who chose saw them; empty if nobody saw any
 */
public record Selection(Optional<String> from, List<String> only, List<Candidate> among) {
    /** All, as Vagrant itself would run them. */
    public static final Selection ALL = new Selection(Optional.empty(), List.of());

    private static final String NEXT =
            "Say a position, 1 for the first, or a name; several after --only with commas between them.";

    /** Copies the lists. */
    public Selection {
        only = List.copyOf(only);
        among = List.copyOf(among);
    }

    private Selection(Optional<String> from, List<String> only) {
        this(from, only, List.of());
    }

    /** The same that runs nothing where the provisioners are others than these by then: a position alone would mean another one. */
    public Selection among(List<Candidate> seen) {
        return new Selection(from, only, seen);
    }

    /**
     * A provisioner that can be chosen.
     *
     * @param name its name; empty if it has none
     * @param type its type
     */
    public record Candidate(String name, String type) {
        /** As the Vagrantfile has it. */
        public static Candidate of(ResolvedMachine.Provisioner provisioner) {
            return new Candidate(provisioner.name().orElse(""), provisioner.type());
        }

        private String words() {
            return name.isEmpty() ? "(unnamed " + type + ")" : name + " (" + type + ")";
        }
    }

    /** From the one at this position on, counted from 1. */
    public static Selection from(int position) {
        return new Selection(Optional.of(Integer.toString(position)), List.of());
    }

    /** Only those at these positions, counted from 1. */
    public static Selection only(int... positions) {
        return new Selection(
                Optional.empty(),
                IntStream.of(positions).mapToObj(Integer::toString).toList());
    }

    /**
     * What two options say.
     *
     * @param from a position or name; null if it was not given
     * @param only positions or names, commas between them; null if it was not given
     * @throws ExpectedFailure if that makes no sense whatever provisioners there are
     */
    public static Selection parse(@Nullable String from, @Nullable String only) {
        if (from != null && only != null) {
            throw ExpectedFailure.usage("--from and --only can't be said both.", "Leave one of them out.");
        }
        if (from != null) {
            return new Selection(Optional.of(word("--from", from)), List.of());
        }
        return only == null
                ? ALL
                : new Selection(
                        Optional.empty(),
                        Arrays.stream(only.split(",", -1))
                                .map(one -> word("--only", one))
                                .toList());
    }

    private static String word(String option, String text) {
        String word = text.strip();
        if (word.isEmpty()) {
            throw ExpectedFailure.usage(option + " names no provisioner.", NEXT);
        }
        return word;
    }

    /** Whether all run. */
    public boolean all() {
        return from.isEmpty() && only.isEmpty();
    }

    /**
     * What it means for a machine.
     *
     * @param machine      the machine's name, for the sentence
     * @param provisioners those of the machine, in the file's order
     * @throws ExpectedFailure if one is not there, it can't be told which is meant, or they are not those that it was chosen from
     */
    public Chosen of(String machine, List<Candidate> provisioners) {
        if (!among.isEmpty() && !among.equals(provisioners)) {
            throw ExpectedFailure.failed(
                    "The provisioners of " + machine
                            + " are others by now than those that were shown, so none of them was run.",
                    "Look at the steps as they are now, and choose again.");
        }
        return new Chosen(
                from.map(one -> position(one, machine, provisioners) - 1).orElse(-1),
                only.stream()
                        .map(one -> position(one, machine, provisioners) - 1)
                        .distinct()
                        .sorted()
                        .toList());
    }

    /**
     * The same by index.
     *
     * @param from the index of the first that runs, counted from 0; -1 if those in {@code only} run
     * @param only the indices of those that run, in order
     */
    public record Chosen(int from, List<Integer> only) {}

    // What is a number is a position: a name may be anything.
    private static int position(String word, String machine, List<Candidate> provisioners) {
        if (provisioners.isEmpty()) {
            throw ExpectedFailure.usage(machine + " has no provisioners.", "Nothing of it can be run.");
        }
        List<Integer> named = IntStream.rangeClosed(1, provisioners.size())
                .filter(position -> provisioners.get(position - 1).name().equals(word))
                .boxed()
                .toList();
        if (word.matches("[+-]?\\d+")) {
            int position = number(word);
            if (position >= 1
                    && position <= provisioners.size()
                    && named.stream().allMatch(one -> one == position)) {
                return position;
            }
            throw ExpectedFailure.usage(
                            position >= 1 && position <= provisioners.size()
                                    ? "\"" + word + "\" is a position and the name of another provisioner of " + machine
                                            + "."
                                    : named.isEmpty()
                                            ? machine + " has no provisioner " + word + ": it has "
                                                    + provisioners.size() + "."
                                            : "\"" + word + "\" is taken for a position, and is a name in " + machine
                                                    + ".",
                            named.isEmpty()
                                    ? "Choose one of these."
                                    : "Give that provisioner a name that is no number.")
                    .withDetails(list(provisioners));
        }
        if (named.size() == 1) {
            return named.getFirst();
        }
        throw ExpectedFailure.usage(
                        named.isEmpty()
                                ? machine + " has no provisioner \"" + word + "\"."
                                : machine + " has " + named.size() + " provisioners \"" + word + "\".",
                        named.isEmpty() ? "Choose one of these." : "Say the position of the one that is meant.")
                .withDetails(list(provisioners));
    }

    // More digits than a number takes is no position of anything.
    private static int number(String word) {
        String digits = word.replaceFirst("^[+]?0*(?=\\d)", "");
        return digits.length() > 6 ? -1 : Integer.parseInt(digits);
    }

    /** The provisioners of a machine for people, a line each. */
    public static String list(List<Candidate> provisioners) {
        return IntStream.rangeClosed(1, provisioners.size())
                .mapToObj(position ->
                        position + "  " + provisioners.get(position - 1).words())
                .collect(Collectors.joining("\n"));
    }

    /** For people: {@code from 2}, {@code only 1, web}; empty if all run. */
    public String words() {
        return from.map(one -> "from " + one).orElseGet(() -> only.isEmpty() ? "" : "only " + String.join(", ", only));
    }
}
