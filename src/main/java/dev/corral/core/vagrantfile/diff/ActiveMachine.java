package dev.corral.core.vagrantfile.diff;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a machine was made with. Immutable.
 *
 * @param id     its provider's id, which tells it from an earlier one of its name
 * @param made   what its Vagrantfile meant when it was made
 * @param booted what it meant when it booted last
 * @param ran    the provisioners that ended well, as they were then; in no order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActiveMachine(String id, ResolvedMachine made, ResolvedMachine booted, List<Ran> ran) {
    /** Takes an absent list for an empty one. */
    public ActiveMachine {
        Objects.requireNonNull(made, "made");
        Objects.requireNonNull(booted, "booted");
        id = Objects.requireNonNullElse(id, "");
        ran = ran == null ? List.of() : List.copyOf(ran);
    }

    /**
     * A provisioner that ended well.
     *
     * @param provisioner as the Vagrantfile had it
     * @param files       the files that it names, by their path from the Vagrantfile's folder, each with its SHA-256 in hexadecimal digits
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Ran(ResolvedMachine.Provisioner provisioner, Map<String, String> files) {
        /** Takes absent files for none. */
        public Ran {
            Objects.requireNonNull(provisioner, "provisioner");
            files = files == null ? Map.of() : Map.copyOf(files);
        }
    }

    /** One that was made just now, and that no provisioner has run in. */
    public static ActiveMachine fresh(String id, ResolvedMachine resolved) {
        return new ActiveMachine(id, resolved, resolved, List.of());
    }

    /** The same after a boot with this meaning. */
    public ActiveMachine afterBoot(ResolvedMachine resolved) {
        return new ActiveMachine(id, made, resolved, ran);
    }

    /** The same after a provisioner ended well, in the place of the one that it was before. */
    public ActiveMachine afterRun(Ran one) {
        List<Ran> now = new ArrayList<>(ran);
        Ran before = matched(List.of(one.provisioner())).get(one.provisioner().index());
        if (before != null) {
            now.remove(before);
        }
        now.add(one);
        return new ActiveMachine(id, made, booted, now);
    }

    /** Whether every provisioner that runs by itself has ended well once, in this form or an earlier one. */
    public boolean provisioned(ResolvedMachine resolved) {
        Map<Integer, Ran> known = matched(resolved.provisioners());
        return resolved.provisioners().stream()
                .filter(one -> !one.run().equals("never"))
                .allMatch(one -> known.containsKey(one.index()));
    }

    /**
     * Which of those that ran each of these provisioners is, by index: first those that are the same, wherever they stand now, then those
     * of the same name, or without one of the same type and place.
     */
    Map<Integer, Ran> matched(List<ResolvedMachine.Provisioner> provisioners) {
        List<Ran> left = new ArrayList<>(ran);
        Map<Integer, Ran> found = new HashMap<>();
        for (int look = 0; look < 2; look++) {
            boolean whole = look == 0;
            for (ResolvedMachine.Provisioner one : provisioners) {
                if (!found.containsKey(one.index())) {
                    left.stream()
                            .filter(other ->
                                    whole ? same(other.provisioner(), one) : counterpart(other.provisioner(), one))
                            .findFirst()
                            .ifPresent(other -> {
                                left.remove(other);
                                found.put(one.index(), other);
                            });
                }
            }
        }
        return found;
    }

    /** Whether two provisioners do the same, wherever they stand. */
    static boolean same(ResolvedMachine.Provisioner one, ResolvedMachine.Provisioner other) {
        return one.type().equals(other.type())
                && one.name().equals(other.name())
                && one.settings().equals(other.settings());
    }

    private static boolean counterpart(ResolvedMachine.Provisioner one, ResolvedMachine.Provisioner other) {
        return one.type().equals(other.type())
                && one.name().equals(other.name())
                && (one.name().isPresent() || one.index() == other.index());
    }
}
