package dev.corral.core.vagrantfile.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.diff.ActiveMachine.Ran;
import dev.corral.core.vagrantfile.diff.Settings.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what a Vagrantfile means now with what the machines of a sandbox were made with. */
public final class Differences {
    private static final int LONGEST = 300;

    private final Resolution now;
    private final Resolution kept;
    private final Map<String, String> copied;
    private final Map<String, String> original;
    private final List<Difference> found = new ArrayList<>();
    private final Set<String> explained = new HashSet<>();

    private Differences(Resolution now, Resolution kept, Map<String, String> copied, Map<String, String> original) {
        this.now = now;
        this.kept = kept;
        this.copied = copied;
        this.original = original;
    }

    /**
     * All differences, machine by machine in the file's order, and last the files that no provisioner uses. Looks at the disk for what
     * provisioners name.
     *
     * @param now      what the file means now
     * @param kept     what it meant when it was copied
     * @param active   what the machines were made with; one that is not among these was not made
     * @param copied   SHA-256 of what was copied, by its path from the Vagrantfile's folder
     * @param original the same of what would be copied now
     */
    public static List<Difference> of(
            Resolution now,
            Resolution kept,
            Map<String, ActiveMachine> active,
            Map<String, String> copied,
            Map<String, String> original) {
        Differences differences = new Differences(now, kept, copied, original);
        for (ResolvedMachine machine : now.machines()) {
            differences.machine(machine, Optional.ofNullable(active.get(machine.name())));
        }
        active.keySet().stream()
                .filter(name -> now.machine(name).isEmpty())
                .sorted()
                .forEach(name -> differences.add(name, "machine", "defined", "", Needs.DESTROY, 0, Place.NONE));
        differences.files();
        return List.copyOf(differences.found);
    }

    private void machine(ResolvedMachine machine, Optional<ActiveMachine> active) {
        if (active.isEmpty()) {
            if (kept.machine(machine.name()).isEmpty()) {
                add(machine.name(), "machine", "", "defined", Needs.DESTROY, 0, machine.place());
            }
            return;
        }
        Map<String, Setting> after = Settings.of(machine);
        Map<Needs, Map<String, Setting>> before = new LinkedHashMap<>();
        before.put(Needs.DESTROY, Settings.of(active.get().made()));
        before.put(Needs.RELOAD, Settings.of(active.get().booted()));
        // What needs nothing holds as soon as it is copied.
        before.put(
                Needs.NOTHING,
                Settings.of(kept.machine(machine.name()).orElse(active.get().made())));
        Set<String> keys = new LinkedHashSet<>(after.keySet());
        before.values().forEach(settings -> keys.addAll(settings.keySet()));
        for (String key : keys) {
            setting(machine, key, Optional.ofNullable(after.get(key)), before);
        }
        provisioners(machine, active.get());
    }

    private void setting(
            ResolvedMachine machine, String key, Optional<Setting> after, Map<Needs, Map<String, Setting>> before) {
        Needs needs = after.map(Setting::needs)
                .or(() -> before.values().stream()
                        .map(settings -> settings.get(key))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(Setting::needs))
                .orElse(Needs.NOTHING);
        String then = Optional.ofNullable(
                        Objects.requireNonNull(before.get(needs)).get(key))
                .map(Setting::value)
                .orElse("");
        String says = after.map(Setting::value).orElse("");
        if (!then.equals(says)) {
            add(
                    machine.name(),
                    key,
                    then,
                    says,
                    needs,
                    0,
                    after.map(Setting::place).orElse(machine.place()));
        }
    }

    private void provisioners(ResolvedMachine machine, ActiveMachine active) {
        Map<Integer, Ran> matched = active.matched(machine.provisioners());
        for (ResolvedMachine.Provisioner one : machine.provisioners()) {
            Ran ran = matched.get(one.index());
            Map<String, String> uses = files(one, machine);
            boolean optional = one.run().equals("never");
            if (ran == null && !optional) {
                explained.addAll(uses.keySet());
                add(machine.name(), key(one), "", words(one), Needs.PROVISION, one.index() + 1, one.place());
            } else if (ran != null && !ActiveMachine.same(ran.provisioner(), one)) {
                explained.addAll(uses.keySet());
                add(
                        machine.name(),
                        key(one),
                        words(ran.provisioner()),
                        words(one),
                        Needs.PROVISION,
                        one.index() + 1,
                        one.place());
            } else if (ran != null) {
                changedFiles(machine, one, ran.files(), uses);
            }
        }
        active.ran().stream()
                .filter(ran -> !matched.containsValue(ran))
                .forEach(ran -> add(
                        machine.name(),
                        key(ran.provisioner()),
                        words(ran.provisioner()),
                        "",
                        Needs.DESTROY,
                        0,
                        machine.place()));
    }

    private void changedFiles(
            ResolvedMachine machine,
            ResolvedMachine.Provisioner one,
            Map<String, String> before,
            Map<String, String> after) {
        Set<String> places = new TreeSet<>(before.keySet());
        places.addAll(after.keySet());
        for (String place : places) {
            String then = before.getOrDefault(place, "");
            String says = after.getOrDefault(place, "");
            explained.add(place);
            if (!then.equals(says)) {
                add(
                        machine.name(),
                        "file " + place + " of " + key(one),
                        digest(then),
                        digest(says),
                        Needs.PROVISION,
                        one.index() + 1,
                        new Place(now.directory().resolve(place).normalize().toString(), 1));
            }
        }
    }

    private void files() {
        Set<String> places = new TreeSet<>(copied.keySet());
        places.addAll(original.keySet());
        places.removeAll(explained);
        for (String place : places) {
            String then = copied.getOrDefault(place, "");
            String says = original.getOrDefault(place, "");
            if (!then.equals(says)) {
                add(
                        "",
                        "file " + place,
                        digest(then),
                        digest(says),
                        Needs.NOTHING,
                        0,
                        new Place(now.directory().resolve(place).normalize().toString(), 1));
            }
        }
    }

    private Map<String, String> files(ResolvedMachine.Provisioner one, ResolvedMachine machine) {
        return usedBy(now, machine, one, original);
    }

    /** Of these files, by their path from the Vagrantfile's folder, those that a provisioner names, alone or with their folder. */
    public static Map<String, String> usedBy(
            Resolution resolution,
            ResolvedMachine machine,
            ResolvedMachine.Provisioner one,
            Map<String, String> files) {
        Set<Path> named = ProvisionerFiles.of(resolution, machine, one);
        Map<String, String> used = new TreeMap<>();
        if (!named.isEmpty()) {
            files.forEach((place, hash) -> {
                if (ProvisionerFiles.uses(
                        named, resolution.directory().resolve(place).normalize())) {
                    used.put(place, hash);
                }
            });
        }
        return used;
    }

    private static String key(ResolvedMachine.Provisioner one) {
        return "provisioner " + (one.index() + 1)
                + one.name().map(name -> " (" + name + ")").orElse("");
    }

    private static String words(ResolvedMachine.Provisioner one) {
        StringBuilder words = new StringBuilder(one.type());
        one.settings().properties().forEach(setting -> {
            JsonNode value = setting.getValue();
            // What is empty or off says what a provisioner is not.
            if (!value.isNull()
                    && !(value.isContainerNode() && value.isEmpty())
                    && (!value.isBoolean() || value.booleanValue())) {
                words.append(' ')
                        .append(setting.getKey())
                        .append('=')
                        .append(value.isTextual() ? value.textValue() : value);
            }
        });
        return words.toString();
    }

    // Whole hashes say no more to people.
    private static String digest(String hash) {
        return hash.isEmpty() ? "" : hash.substring(0, Math.min(12, hash.length()));
    }

    private void add(
            String machine, String key, String before, String after, Needs needs, int provisioner, Place place) {
        found.add(new Difference(
                machine,
                PlainText.line(key, LONGEST),
                PlainText.line(before, LONGEST),
                PlainText.line(after, LONGEST),
                needs,
                provisioner,
                place));
    }
}
