package dev.corral.console.vagrantfile.variables;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrant.StartVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Variables under a name. Immutable.
 *
 * @param name     the name
 * @param values   the variables with their values
 * @param withheld the names of those whose values are kept nowhere, because they are secrets
 */
public record VariableSet(String name, Map<String, String> values, List<String> withheld) {
    static final int LONGEST_NAME = 80;
    private static final int LONGEST_VALUE = 32_000;
    private static final int MOST = 200;
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,199}");

    /** Leaves out what can be no variable of a start: the file may have been edited. */
    public VariableSet {
        name = Objects.requireNonNullElse(name, "");
        Map<String, String> sound = new TreeMap<>();
        if (values != null) {
            values.forEach((key, value) -> {
                if (settable(key) && value != null && value.length() <= LONGEST_VALUE && sound.size() < MOST) {
                    sound.put(key, value);
                }
            });
        }
        values = sound;
        withheld = withheld == null
                ? List.of()
                : withheld.stream()
                        .filter(VariableSet::settable)
                        .distinct()
                        .limit(MOST)
                        .toList();
    }

    private static boolean settable(String name) {
        if (name == null || !VARIABLE.matcher(name).matches() || name.equals("INSPECT_VM_SUFFIX")) {
            return false;
        }
        try {
            StartVariables.check(Map.of(name, ""));
            return true;
        } catch (ExpectedFailure e) {
            return false;
        }
    }

    /**
     * One of these variables.
     *
     * @param secrets whether the values of secrets are kept, too
     */
    static VariableSet of(String name, Map<String, String> variables, boolean secrets) {
        Map<String, String> kept = new TreeMap<>(variables);
        List<String> withheld = new ArrayList<>();
        if (!secrets) {
            kept.keySet().stream().filter(StartVariables::secret).forEach(withheld::add);
            withheld.forEach(kept::remove);
        }
        return new VariableSet(name, kept, withheld);
    }
}
