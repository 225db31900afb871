package dev.corral.cli;

import dev.corral.core.vagrantfile.hook.Selection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which provisioners of a VM run. */
final class SelectionOptions {
    @Option(
            names = "--from",
            paramLabel = "N|NAME",
            description = "From this one on, by position (1 is the first) or name. It runs whatever its run policy.")
    private @Nullable String from;

    @Option(
            names = "--only",
            paramLabel = "N|NAME,...",
            description = "Only these, by position or name, in the file's order; also one of run: \"never\".")
    private @Nullable String only;

    Selection chosen() {
        return Selection.parse(from, only);
    }
}
