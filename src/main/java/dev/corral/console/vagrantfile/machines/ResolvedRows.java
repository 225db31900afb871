package dev.corral.console.vagrantfile.machines;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.steps.StepWords;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A resolved Vagrantfile as a table. Pure. */
final class ResolvedRows {
    private ResolvedRows() {}

    /**
     * A setting of two machines.
     *
     * @param key       the setting
     * @param one       what the first machine has; empty when it has nothing
     * @param other     what the second has
     * @param place     where the first says it, or else the second
     * @param different whether they differ
     */
    record Compared(String key, String one, String other, Place place, boolean different) {}

    /** The settings of all machines, in the file's order. */
    static List<ResolvedRow> of(Resolution resolution) {
        return resolution.machines().stream()
                .flatMap(machine -> of(machine).stream())
                .toList();
    }

    /** A machine's settings as they are now, side by side with those of another time. */
    record OfMachine(String machine, List<Compared> settings) {}

    /** Every machine of two moments, with its settings now and before; those that are gone come last. */
    static List<OfMachine> compare(Resolution now, Resolution before) {
        Set<String> names = new LinkedHashSet<>();
        Stream.of(now, before).flatMap(said -> said.machines().stream()).forEach(machine -> names.add(machine.name()));
        return names.stream()
                .map(name -> new OfMachine(name, compare(byKey(now.machine(name)), byKey(before.machine(name)))))
                .toList();
    }

    /** Whether two answers mean the same; that a line has moved changes no meaning. */
    static boolean same(Resolution one, Resolution other) {
        return compare(one, other).stream()
                .flatMap(machine -> machine.settings().stream())
                .noneMatch(Compared::different);
    }

    /** The settings of two machines side by side: those of the first in its order, then those that only the second has. */
    static List<Compared> compare(ResolvedMachine one, ResolvedMachine other) {
        return compare(byKey(Optional.of(one)), byKey(Optional.of(other)));
    }

    private static List<Compared> compare(Map<String, ResolvedRow> first, Map<String, ResolvedRow> second) {
        List<String> keys = new ArrayList<>(first.keySet());
        second.keySet().stream().filter(key -> !first.containsKey(key)).forEach(keys::add);
        return keys.stream()
                .map(key -> {
                    ResolvedRow left = first.get(key);
                    ResolvedRow right = second.get(key);
                    String a = left == null ? "" : left.value();
                    String b = right == null ? "" : right.value();
                    Place place = left != null
                            ? left.place()
                            : Objects.requireNonNull(right).place();
                    return new Compared(key, a, b, place, !a.equals(b));
                })
                .toList();
    }

    private static Map<String, ResolvedRow> byKey(Optional<ResolvedMachine> machine) {
        Map<String, ResolvedRow> rows = new LinkedHashMap<>();
        machine.ifPresent(one -> of(one).forEach(row -> rows.put(row.key(), row)));
        return rows;
    }

    /** The settings of one machine. */
    static List<ResolvedRow> of(ResolvedMachine machine) {
        Rows rows = new Rows(machine.name());
        ResolvedMachine.Box box = machine.box();
        if (box.name() != null) {
            rows.add(
                    "box",
                    box.name()
                            + (box.version() == null ? "" : " " + box.version())
                            + (box.present() ? "" : " (not on this machine)"),
                    box.place());
        }
        machine.provider()
                .ifPresent(name -> rows.add(
                        "provider",
                        name + (machine.providerKnown() ? "" : " (its plugin is not installed)"),
                        provider(machine)));
        machine.hostname().ifPresent(name -> rows.add("hostname", name, Place.NONE));
        rows.add("autostart", machine.autostart() ? "yes" : "no", machine.place());
        machine.communicator()
                .filter(name -> !name.isEmpty())
                .ifPresent(name -> rows.add("communicator", name, Place.NONE));
        if (machine.bootTimeout() > 0) {
            rows.add("boot timeout", machine.bootTimeout() + " s", Place.NONE);
        }
        String prefix = machine.provider().orElse("provider") + ".";
        machine.providerSettings()
                .properties()
                .forEach(setting -> rows.add(prefix + setting.getKey(), text(setting.getValue()), provider(machine)));
        int network = 0;
        for (ResolvedMachine.Network one : machine.networks()) {
            network++;
            rows.add(
                    "network " + network + " " + one.type(),
                    text(one.options()) + (one.implicit() ? " (Vagrant's own)" : ""),
                    one.place());
        }
        for (ResolvedMachine.SyncedFolder one : machine.syncedFolders()) {
            rows.add(
                    "folder " + one.guest(),
                    one.host()
                            + (one.type() == null || one.type().isEmpty() ? "" : " by " + one.type())
                            + (one.disabled() ? " (disabled)" : ""),
                    one.place());
        }
        int disk = 0;
        for (JsonNode one : machine.disks()) {
            disk++;
            rows.add("disk " + disk, text(one), Place.NONE);
        }
        for (ResolvedMachine.Provisioner one : machine.provisioners()) {
            rows.add(
                    "provisioner " + (one.index() + 1) + " " + one.name().orElse("(unnamed)"),
                    one.type() + " · run: " + one.run()
                            + StepWords.script(one).map(path -> " · " + path).orElse("")
                            + (one.known() ? "" : " (there is no such type)"),
                    one.place());
        }
        for (ResolvedMachine.Trigger one : machine.triggers()) {
            rows.add("trigger " + one.when() + " " + one.on(), one.name(), one.place());
        }
        machine.ssh()
                .properties()
                .forEach(setting -> rows.add("ssh." + setting.getKey(), text(setting.getValue()), Place.NONE));
        for (ResolvedMachine.UnknownKey one : machine.unknownKeys()) {
            rows.add(
                    "unknown " + one.of() + "." + one.key(),
                    one.didYouMean().isEmpty()
                            ? "nobody knows this setting"
                            : "did you mean " + String.join(", ", one.didYouMean()) + "?",
                    one.place());
        }
        return List.copyOf(rows.all);
    }

    private static Place provider(ResolvedMachine machine) {
        return machine.providers().stream()
                .filter(one -> one.name().equals(machine.provider().orElse("")))
                .findFirst()
                .map(ResolvedMachine.Provider::place)
                .orElse(Place.NONE);
    }

    /** A value for people: texts without quotes, lists with commas, what is nested as {@code key: value}. */
    static String text(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.isArray()) {
            List<String> parts = new ArrayList<>();
            node.forEach(one -> parts.add(text(one)));
            return String.join(", ", parts);
        }
        if (node.isObject()) {
            List<String> parts = new ArrayList<>();
            node.properties().forEach(one -> parts.add(one.getKey() + ": " + text(one.getValue())));
            return String.join(", ", parts);
        }
        return node.toString();
    }

    private static final class Rows {
        private final String machine;
        private final List<ResolvedRow> all = new ArrayList<>();

        Rows(String machine) {
            this.machine = Texts.line(machine);
        }

        void add(String key, String value, Place place) {
            all.add(new ResolvedRow(machine, Texts.line(key), Texts.line(value), place));
        }
    }
}
