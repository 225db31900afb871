package dev.corral.cli.code;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.Progress;
import dev.corral.core.app.Corral;
import dev.corral.core.code.CodeUpdate;
import dev.corral.core.operation.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Brings a sandbox's code up to date, and says what that changes. */
public final class CodeUpdateText {
    private CodeUpdateText() {}

    /** What {@code update --json} prints. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Row(
            String sandbox,
            boolean dryRun,
            List<String> added,
            List<String> changed,
            List<String> removed,
            List<String> left,
            List<String> setAside,
            List<String> machines) {
        static Row of(String sandbox, boolean dryRun, CodeUpdate update) {
            return new Row(
                    sandbox,
                    dryRun,
                    update.added(),
                    update.changed(),
                    update.removed(),
                    update.left(),
                    update.setAside(),
                    update.machines());
        }
    }

    /** Does it, and waits for its end. */
    public static CodeUpdate perform(Corral corral, String sandbox, Output output) {
        AtomicReference<CodeUpdate> done = new AtomicReference<>();
        Operation operation = corral.operations().updateCode(sandbox, Optional.empty(), done::set);
        Progress.await(operation, output);
        return Objects.requireNonNull(done.get());
    }

    /** Takes a line. */
    public interface Line {
        /** Prints it. */
        void print(String line);
    }

    /** A line for each place that changes, and one for each machine. */
    public static void print(CodeUpdate update, Line to) {
        update.added().forEach(place -> to.print("+ " + place));
        update.changed().forEach(place -> to.print("~ " + place));
        update.removed().forEach(place -> to.print("- " + place));
        update.left()
                .forEach(
                        place -> to.print("= " + place + " (no longer part of it; changed in the sandbox, and stays)"));
        update.setAside().forEach(place -> to.print("! " + place + " (the sandbox's own is moved out of the way)"));
        update.machines().forEach(name -> to.print("machine " + name + " is new; it starts with a new sandbox"));
    }
}
