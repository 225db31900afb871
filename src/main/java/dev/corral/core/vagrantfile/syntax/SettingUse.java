package dev.corral.core.vagrantfile.syntax;

import java.util.List;
import java.util.Optional;

/**
 * A setting that the text names, for instance {@code config.vm.box = "debian"}.
 *
 * @param of     what the variable at its head stands for, as {@link BlockVariable#path}
 * @param parts  the names behind that, at least one
 * @param kind   what is done with it
 * @param line   the line where it begins, counted from 1
 * @param column the column there
 * @param value  what is assigned, or the first argument, where it is a text, symbol, number or truth value that stands there
 * @param type   the same of the option {@code type}; a word without a text where it is given something else
 */
public record SettingUse(
        String of, List<Word> parts, Kind kind, int line, int column, Optional<Word> value, Optional<Word> type) {
    /** What is done with a setting. */
    public enum Kind {
        /** It gets a value. */
        ASSIGNED,
        /** It is called with arguments or a block. */
        CALLED,
        /** It is read, or called without anything. */
        READ
    }

    /** The whole path, for instance {@code vm.box} or {@code provider.libvirt.memory}. */
    public String path() {
        StringBuilder path = new StringBuilder(of);
        for (Word part : parts) {
            if (!part.text().isEmpty()) {
                path.append(path.isEmpty() ? "" : ".").append(part.text());
            }
        }
        return path.toString();
    }
}
