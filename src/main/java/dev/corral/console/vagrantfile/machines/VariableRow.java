package dev.corral.console.vagrantfile.machines;

import dev.corral.console.shared.Texts;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrant.StartVariables;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.Resolution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A variable that a Vagrantfile reads, or that is set for it here.
 *
 * @param name   its name
 * @param value  the value that the next start gives it; empty where it is not set
 * @param source where that comes from
 * @param place  where it is read first
 */
record VariableRow(String name, String value, Source source, Place place) {
    private static final String SUFFIX = "INSPECT_VM_SUFFIX";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");
    private static final String HIDDEN = "••••••••";

    /** Where a value comes from. */
    enum Source {
        /** Set in this window. */
        HERE("set here"),
        /** From the variables of this process. */
        ENVIRONMENT("environment"),
        /** Corral sets it for each sandbox. */
        CORRAL("set for each sandbox"),
        /** It is not set. */
        NONE("not set");

        private final String words;

        Source(String words) {
            this.words = words;
        }

        /** What people read. */
        String words() {
            return words;
        }
    }

    /** The value as it is shown: that of a secret is not. */
    String shown() {
        return !value.isEmpty() && StartVariables.secret(name) ? HIDDEN : Texts.line(value);
    }

    /** Why a variable of this name can't be set for a start; empty when it can. */
    static Optional<String> obstacle(String name) {
        if (name.equals(SUFFIX)) {
            return Optional.of("Corral sets it for each sandbox, so that names of machines are unique.");
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of("A variable's name has letters, digits and underscores, and begins with no digit.");
        }
        try {
            StartVariables.check(Map.of(name, ""));
            return Optional.empty();
        } catch (ExpectedFailure e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Whether it can be set here. */
    boolean editable() {
        return source != Source.CORRAL;
    }

    /**
     * Those that the file reads in the order of their names, then those that are set here and not read.
     *
     * @param reads  what the file was seen to read; empty while it is not known
     * @param here   what is set here
     * @param suffix the value of {@code INSPECT_VM_SUFFIX}, in words where only a start decides it
     */
    static List<VariableRow> of(
            List<Resolution.Variable> reads, Map<String, String> here, Environment environment, String suffix) {
        List<VariableRow> rows = new ArrayList<>();
        reads.stream()
                .filter(one -> !one.name().equals(Resolution.ALL_VARIABLES))
                .sorted(Comparator.comparing(Resolution.Variable::name))
                .forEach(one -> rows.add(row(one.name(), one.place(), here, environment, suffix)));
        new TreeMap<>(here)
                .keySet().stream()
                        .filter(name ->
                                rows.stream().noneMatch(row -> row.name().equals(name)))
                        .forEach(name -> rows.add(row(name, Place.NONE, here, environment, suffix)));
        return List.copyOf(rows);
    }

    private static VariableRow row(
            String name, Place place, Map<String, String> here, Environment environment, String suffix) {
        if (name.equals(SUFFIX)) {
            return new VariableRow(name, suffix, Source.CORRAL, place);
        }
        String set = here.get(name);
        if (set != null) {
            return new VariableRow(name, set, Source.HERE, place);
        }
        String inherited = environment.variables().get(name);
        return inherited != null
                ? new VariableRow(name, inherited, Source.ENVIRONMENT, place)
                : new VariableRow(name, "", Source.NONE, place);
    }
}
