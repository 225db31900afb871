package dev.corral.console.vagrantfile.steps;

import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.ResolvedMachine.Provisioner;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line that made a provisioner fail: that of its script where the shell names one, else that of the Vagrantfile. Pure. */
public final class FaultPlace {
    private static final int MOST_DIGITS = 6;

    /** As bash and dash say it of the copy that Vagrant puts into the guest: {@code /tmp/vagrant-shell: line 4: ...}. */
    private static final Pattern SHELL =
            Pattern.compile("vagrant-shell[^\\s:]{0,80}: (?:line )?([0-9]{1," + MOST_DIGITS + "}): ");

    private FaultPlace() {}

    /**
     * The place to mend.
     *
     * @param provisioner the provisioner that failed; empty for another step
     * @param lines       what it wrote, the last line last
     * @param folder      the Vagrantfile's folder
     * @param vagrantfile the Vagrantfile
     * @param line        the line of the Vagrantfile that is known to be at fault, 0 for none
     */
    public static Place of(
            Optional<Provisioner> provisioner, List<String> lines, Path folder, Path vagrantfile, int line) {
        Optional<String> script = provisioner.flatMap(StepWords::script);
        int inScript = inScript(lines);
        if (script.isPresent() && !script.get().contains("://")) {
            try {
                return new Place(folder.resolve(script.get()).normalize().toString(), inScript);
            } catch (InvalidPathException e) {
                // Then it is no file of this machine, and the Vagrantfile's line is what is left.
                return named(provisioner, vagrantfile, line);
            }
        }
        return named(provisioner, vagrantfile, line);
    }

    private static Place named(Optional<Provisioner> provisioner, Path vagrantfile, int line) {
        return provisioner
                .map(Provisioner::place)
                .filter(Place::known)
                .orElseGet(() -> line > 0 ? new Place(vagrantfile.toString(), line) : Place.NONE);
    }

    private static int inScript(List<String> lines) {
        for (String text : lines.reversed()) {
            Matcher matcher = SHELL.matcher(text);
            if (matcher.find()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        return 0;
    }
}
