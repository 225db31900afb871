package dev.corral.core.vagrant;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One phase of an operation.
 *
 * @param kind        what is done
 * @param machine     the machine, or the item of a cleanup; empty for the whole sandbox
 * @param provisioner with {@link PhaseKind#PROVISION} the provisioner, where Vagrant named it
 * @param trigger     with {@link PhaseKind#TRIGGER} the trigger, where Vagrant said when it runs
 * @param own         the words of one that has no kind of its own; empty otherwise
 */
public record Phase(
        PhaseKind kind, String machine, Optional<Provisioner> provisioner, Optional<Trigger> trigger, String own) {
    private static final String SEPARATOR = " · ";
    private static final Pattern NAMED_PROVISIONER = Pattern.compile("(.+) \\(([^()]+)\\)", Pattern.DOTALL);
    private static final Pattern TRIGGER = Pattern.compile("(before|after) (\\S+)", Pattern.DOTALL);
    private static final Pattern NAMED_TRIGGER = Pattern.compile("(.+) \\((before|after) (\\S+)\\)", Pattern.DOTALL);

    /** Of what is missing there is none. */
    public Phase {
        kind = kind == null ? PhaseKind.OTHER : kind;
        machine = Objects.requireNonNullElse(machine, "");
        own = Objects.requireNonNullElse(own, "");
    }

    /**
     * A provisioner of the Vagrantfile.
     *
     * @param name     the name that the Vagrantfile gives it; empty when it gives none
     * @param type     its type, for instance {@code shell}
     * @param position its place among those that this operation runs on this machine, from 1, or where only some were chosen its place in
     *                 the Vagrantfile; 0 when that is unknown
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Provisioner(String name, String type, int position) {
        /** Of what is missing there is none. */
        public Provisioner {
            name = Objects.requireNonNullElse(name, "");
            type = Objects.requireNonNullElse(type, "");
        }

        /** What people read. */
        public String words() {
            return name.isEmpty() ? type : name + " (" + type + ")";
        }

        private boolean same(Provisioner other) {
            return name.equals(other.name)
                    && type.equals(other.type)
                    && (position == other.position || position == 0 || other.position == 0);
        }
    }

    /**
     * A trigger of the Vagrantfile.
     *
     * @param name   the name that the Vagrantfile gives it; empty when it gives none or Vagrant has not said it yet
     * @param when   {@code before} or {@code after}
     * @param action what it runs before or after, in Vagrant's words
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Trigger(String name, String when, String action) {
        /** Of what is missing there is none. */
        public Trigger {
            name = Objects.requireNonNullElse(name, "");
            when = Objects.requireNonNullElse(when, "");
            action = Objects.requireNonNullElse(action, "");
        }

        /** What people read. */
        public String words() {
            String time = when + " " + action;
            return name.isEmpty() ? time : name + " (" + time + ")";
        }

        boolean after() {
            return when.equals("after");
        }
    }

    /** A phase of the whole sandbox. */
    public static Phase of(PhaseKind kind) {
        return of(kind, "");
    }

    /** A phase on a machine. */
    public static Phase of(PhaseKind kind, String machine) {
        return new Phase(kind, machine, Optional.empty(), Optional.empty(), "");
    }

    /** A provisioner that runs on a machine. */
    public static Phase of(Provisioner provisioner, String machine) {
        return new Phase(PhaseKind.PROVISION, machine, Optional.of(provisioner), Optional.empty(), "");
    }

    /** A trigger that runs for a machine, or with an empty one for the whole command. */
    public static Phase of(Trigger trigger, String machine) {
        return new Phase(PhaseKind.TRIGGER, machine, Optional.empty(), Optional.of(trigger), "");
    }

    /** A phase that only its own words describe. */
    public static Phase called(String words, String machine) {
        return new Phase(PhaseKind.OTHER, machine, Optional.empty(), Optional.empty(), words);
    }

    /** What is done to one item of a cleanup. */
    public static Phase ofItem(String item, String words) {
        return new Phase(PhaseKind.ITEM, item, Optional.empty(), Optional.empty(), words);
    }

    /**
     * Reads the words of a phase, which are all that older journals have of it.
     *
     * @param words what {@link #words()} gives, also of an unknown kind; null is taken for nothing
     * @param machine the machine; null is taken for none
     */
    public static Phase read(@Nullable String words, @Nullable String machine) {
        String on = Objects.requireNonNullElse(machine, "");
        String text = Objects.requireNonNullElse(words, "");
        int cut = text.indexOf(SEPARATOR);
        String head = cut < 0 ? text : text.substring(0, cut);
        String rest = cut < 0 ? "" : text.substring(cut + SEPARATOR.length());
        Optional<PhaseKind> kind = PhaseKind.of(head);
        if (kind.isPresent() && cut < 0) {
            return of(kind.get(), on);
        }
        if (head.equals(PhaseKind.PROVISION.words()) && !rest.isBlank()) {
            Matcher named = NAMED_PROVISIONER.matcher(rest);
            return of(
                    named.matches() ? new Provisioner(named.group(1), named.group(2), 0) : new Provisioner("", rest, 0),
                    on);
        }
        if (head.equals(PhaseKind.TRIGGER.words())) {
            Matcher plain = TRIGGER.matcher(rest);
            Matcher named = NAMED_TRIGGER.matcher(rest);
            if (plain.matches()) {
                return of(new Trigger("", plain.group(1), plain.group(2)), on);
            }
            if (named.matches()) {
                return of(new Trigger(named.group(1), named.group(2), named.group(3)), on);
            }
        }
        return called(text, on);
    }

    /** What people read, without the machine: for instance {@code boot} or {@code provision · schema (shell)}. */
    public String words() {
        String detail = provisioner
                .map(Provisioner::words)
                .or(() -> trigger.map(Trigger::words))
                .orElse("");
        return !detail.isEmpty() ? kind.words() + SEPARATOR + detail : own.isEmpty() ? kind.words() : own;
    }

    /** Which provisioner or trigger it is, in words; empty when it is none or that is unknown. */
    public String which() {
        return provisioner
                .map(Provisioner::words)
                .or(() -> trigger.map(Trigger::words))
                .orElse("");
    }

    /** A copy on another machine. */
    public Phase on(String other) {
        return new Phase(kind, other, provisioner, trigger, own);
    }

    /** Whether both name the same phase, whatever machine they are on; a position that is unknown fits any. */
    public boolean same(Phase other) {
        return kind == other.kind
                && own.equals(other.own)
                && trigger.equals(other.trigger)
                && provisioner.isPresent() == other.provisioner.isPresent()
                && (provisioner.isEmpty() || provisioner.get().same(other.provisioner.get()));
    }

    /** Whether a machine in this phase answers already, and is only being set up. */
    public boolean answers() {
        return kind == PhaseKind.PROVISION
                || kind == PhaseKind.TRIGGER && trigger.filter(Trigger::after).isPresent();
    }
}
