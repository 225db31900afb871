package dev.corral.core.operation.start;

import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.hook.MachineRun;
import dev.corral.core.vagrantfile.hook.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges whether every provisioner ran that should have. What should is what the Vagrantfile means where it was written, if that is known,
 * else what Vagrant itself had before it as it began: a copy that lost a file may define fewer.
 */
public final class ProvisionerCheck {
    private static final String NEVER = "never";
    private static final String ALWAYS = "always";

    private ProvisionerCheck() {}

    /**
     * A provisioner that should have run, and did not.
     *
     * @param machine  the machine
     * @param position its place in the file, from 1
     * @param name     its name; empty if it has none
     * @param type     its type
     * @param file     the name of the file that it is named in; empty if that is unknown
     * @param line     the line there; 0 if that is unknown
     */
    public record Missing(String machine, int position, String name, String type, String file, int line) {
        /** What happened, one plain sentence. */
        public String sentence() {
            return "Machine " + machine + " ran no provisioner "
                    + (name.isEmpty() ? type : name + " (" + type + ")")
                    + ", although the Vagrantfile asks for it"
                    + (line == 0 ? "" : file.isEmpty() ? " in line " + line : " in line " + line + " of " + file)
                    + ".";
        }
    }

    /**
     * Those that are missing on one machine, in the file's order.
     *
     * @param run      what Vagrant did
     * @param resolved what the Vagrantfile means for that machine, if it is known
     * @param fresh    whether the machine was made by this command, so that all of them are due; of a machine that was there before, and
     *                 that Vagrant did not come to provision, none is
     */
    public static List<Missing> missing(MachineRun run, Optional<ResolvedMachine> resolved, boolean fresh) {
        if (!run.enabled() || !run.asked() && !fresh) {
            return List.of();
        }
        List<Due> due = resolved.map(ProvisionerCheck::of).orElseGet(() -> of(run.provisioners()));
        Told.@Nullable Provisioner[] had = matched(due, run.provisioners());
        List<Told.Ran> ended = new ArrayList<>(run.ended());
        List<Missing> missing = new ArrayList<>();
        for (int i = 0; i < due.size(); i++) {
            Due one = due.get(i);
            Told.@Nullable Provisioner mine = had[i];
            boolean ran = took(ended, mine, one.type());
            if (!ran && wanted(run, one, mine)) {
                missing.add(new Missing(run.machine(), i + 1, one.name(), one.type(), one.file(), one.line()));
            }
        }
        return missing;
    }

    /**
     * The same as a failure; null when none is missing.
     *
     * @param seen how many provisioners the output said to run on this machine; where that is more than what was told, nothing is judged
     */
    public static @Nullable FailureView failure(
            MachineRun run, Optional<ResolvedMachine> resolved, boolean fresh, int seen) {
        List<Missing> missing = run.began().size() < seen ? List.of() : missing(run, resolved, fresh);
        if (missing.isEmpty()) {
            return null;
        }
        Missing first = missing.getFirst();
        return new FailureView(
                Phase.of(new Phase.Provisioner(first.name(), first.type(), first.position()), run.machine()),
                first.sentence(),
                "Read the log of what Vagrant did. If the Vagrantfile asks for it only where some file lies beside it, that file was not"
                        + " copied: name it in .corralcopy.",
                missing.stream().map(Missing::sentence).toList(),
                first.file().equals("Vagrantfile") ? first.line() : 0,
                false);
    }

    private record Due(String name, String type, String run, String file, int line) {}

    private static List<Due> of(ResolvedMachine machine) {
        return machine.provisioners().stream()
                .map(one ->
                        new Due(one.name().orElse(""), one.type(), one.run(), fileName(one.file()), number(one.line())))
                .toList();
    }

    private static List<Due> of(List<Told.Provisioner> provisioners) {
        return provisioners.stream()
                .map(one -> new Due(
                        text(one.name()), one.type(), text(one.run()), fileName(one.file()), number(one.line())))
                .toList();
    }

    // Vagrant's own word counts where it knows the provisioner: a container without SSH never runs some, for instance.
    private static boolean wanted(MachineRun run, Due due, Told.@Nullable Provisioner mine) {
        if (run.chosen() != null) {
            return mine != null && run.chosen().contains(mine.index());
        }
        String policy = mine == null ? due.run() : text(mine.run());
        List<String> types = run.types();
        if (policy.equals(NEVER)) {
            return types != null && !due.name().isEmpty() && types.contains(due.name());
        }
        return (types == null || types.contains(due.type()) || types.contains(due.name()))
                && (!run.done() || policy.equals(ALWAYS));
    }

    // Which of Vagrant's provisioners each one is: the one from the same place, or else the next of that type and name.
    private static Told.@Nullable Provisioner[] matched(List<Due> due, List<Told.Provisioner> had) {
        Told.@Nullable Provisioner[] matches = new Told.Provisioner[due.size()];
        List<Told.Provisioner> free = new ArrayList<>(had);
        for (boolean samePlace : new boolean[] {true, false}) {
            for (int i = 0; i < matches.length; i++) {
                Due one = due.get(i);
                if (matches[i] == null) {
                    Optional<Told.Provisioner> match = free.stream()
                            .filter(other -> one.type().equals(other.type())
                                    && one.name().equals(text(other.name()))
                                    && (!samePlace
                                            || one.line() == number(other.line())
                                                    && one.file().equals(fileName(other.file()))))
                            .findFirst();
                    match.ifPresent(free::remove);
                    matches[i] = match.orElse(null);
                }
            }
        }
        return matches;
    }

    // Takes it out, so that what ran once stands for one. Where Vagrant did not say which it was, its type has to do.
    private static boolean took(List<Told.Ran> ended, Told.@Nullable Provisioner mine, String type) {
        Optional<Told.Ran> run = ended.stream()
                .filter(one -> one.index() >= 0
                        ? mine != null && one.index() == mine.index()
                        : one.type().equals(type))
                .findFirst();
        run.ifPresent(ended::remove);
        return run.isPresent();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int number(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private static String fileName(@Nullable String file) {
        Path name = file == null || file.isEmpty() ? null : Path.of(file).getFileName();
        return name == null ? "" : name.toString();
    }
}
