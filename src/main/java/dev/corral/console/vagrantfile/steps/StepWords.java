package dev.corral.console.vagrantfile.steps;

import dev.corral.console.shared.Texts;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a step is called. Pure. */
public final class StepWords {
    private StepWords() {}

    /** {@code boot}, {@code 2 app} or {@code 4 (unnamed)}. */
    public static String name(StepKey key, Optional<Provisioner> provisioner, Optional<StepRun> run) {
        if (key.kind() != StepKey.Kind.PROVISIONER) {
            return Texts.line(key.words().isEmpty() ? key.kind().words() : key.words());
        }
        String name = provisioner
                .flatMap(Provisioner::name)
                .or(() -> ran(run).map(Phase.Provisioner::name))
                .filter(one -> !one.isBlank())
                .orElse("(unnamed)");
        return (key.position() > 0 ? key.position() + " " : "") + Texts.line(name);
    }

    /** {@code shell · app.sh · line 13}. */
    public static String note(StepKey key, Optional<Provisioner> provisioner, Optional<StepRun> run) {
        if (key.kind() != StepKey.Kind.PROVISIONER) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        provisioner
                .map(Provisioner::type)
                .or(() -> ran(run).map(Phase.Provisioner::type))
                .map(Texts::line)
                .filter(type -> !type.isEmpty())
                .ifPresent(parts::add);
        provisioner.flatMap(StepWords::script).ifPresent(path -> parts.add(Texts.line(lastName(path))));
        provisioner
                .map(Provisioner::place)
                .filter(place -> place.line() > 0)
                .ifPresent(place -> parts.add("line " + place.line()));
        provisioner
                .map(Provisioner::run)
                .filter(when -> !when.equals("once"))
                .ifPresent(when -> parts.add("run: " + Texts.line(when)));
        if (key.position() == 0) {
            parts.add("not in the file any more");
        }
        return String.join(" · ", parts);
    }

    // Whatever the file says: it need not be a path of this machine.
    private static String lastName(String path) {
        int slash = path.lastIndexOf('/', path.length() - 2);
        return slash < 0 ? path : path.substring(slash + 1);
    }

    /** Where the Vagrantfile names it. */
    public static Place place(Optional<Provisioner> provisioner) {
        return provisioner.map(Provisioner::place).orElse(Place.NONE);
    }

    /** The script that it runs, as the file names it; empty where it runs none, or its text stands in the file. */
    public static Optional<String> script(Provisioner provisioner) {
        return Optional.of(provisioner.settings().path("path").asText("")).filter(path -> !path.isBlank());
    }

    private static Optional<Phase.Provisioner> ran(Optional<StepRun> run) {
        return run.flatMap(one -> one.spans().getFirst().phase().provisioner());
    }
}
