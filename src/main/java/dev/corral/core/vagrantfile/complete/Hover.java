package dev.corral.core.vagrantfile.complete;

import dev.corral.core.vagrantfile.keys.ConfigKey;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.keys.Explanations;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import dev.corral.core.vagrantfile.syntax.SettingUse;
import dev.corral.core.vagrantfile.syntax.VariableUse;
import dev.corral.core.vagrantfile.syntax.Word;
import java.util.Optional;

/**
 * What stands at a place of a Vagrantfile.
 *
 * @param title  what it is called, for instance {@code vm.boot_timeout}
 * @param words  what it means and what it is when nobody sets it; may be empty
 * @param line   its line, counted from 1
 * @param column where it begins there
 * @param end    the column behind its end
 */
public record Hover(String title, String words, int line, int column, int end) {

    /**
     * What stands there; empty if it is nothing that is known.
     *
     * @param line   the line, counted from 1
     * @param column the column, counted from 1
     */
    public static Optional<Hover> at(ParsedRuby parsed, int line, int column, ConfigKeys keys) {
        for (SettingUse use : parsed.settings()) {
            String path = use.of();
            for (Word part : use.parts()) {
                path = path.isEmpty() ? part.text() : path + "." + part.text();
                if (part.line() == line && part.column() <= column && column <= part.end()) {
                    String words = words(keys, path);
                    return words.isEmpty() && keys.key(path).isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Hover(path, words, line, part.column(), part.end()));
                }
            }
        }
        for (VariableUse use : parsed.variables()) {
            if (use.line() == line && use.column() <= column && column <= use.end()) {
                return Optional.of(
                        new Hover(use.name(), "A variable of the environment", line, use.column(), use.end()));
            }
        }
        return Optional.empty();
    }

    /** The meaning of a key with its default, in a line. */
    static String words(ConfigKeys keys, String path) {
        String meaning = Explanations.of(path).orElse("");
        String preset = keys.key(path)
                .flatMap(ConfigKey::defaultValue)
                .map(value -> "Default " + value)
                .orElse("");
        return meaning.isEmpty() || preset.isEmpty() ? meaning + preset : meaning + ". " + preset;
    }
}
