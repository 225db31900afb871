package dev.corral.core.operation;

import dev.corral.core.vagrant.LogLine;
import java.util.List;

/**
 * A snapshot in what {@code vagrant snapshot list} prints.
 *
 * @param machine the machine's name
 * @param name    the snapshot's name
 */
public record NamedSnapshot(String machine, String name) {

    /**
     * Reads the lines: a machine's name is a heading, each snapshot a line of detail; without any, Vagrant gives advice in both forms. What
     * a Vagrantfile prints has no time.
     */
    public static List<NamedSnapshot> of(List<LogLine> lines) {
        return lines.stream()
                .filter(line -> line.level() == LogLine.Level.DETAIL
                        && line.at().isPresent()
                        && !line.text().contains(" "))
                .map(line -> new NamedSnapshot(line.machine(), line.text()))
                .toList();
    }
}
