package dev.corral.core.operation;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.HypervisorSnapshot;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.hypervisor.VmSnapshot;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.MachineReadable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a Vagrant command did what was asked of it. Its exit code does not say: a Vagrantfile that reads a variable which is not
 * there any more defines other machines, and Vagrant ends well without a look at those that run, or makes new ones beside them. The
 * hypervisor is asked, never Vagrant. Blocks; used by one thread.
 */
final class VerbOutcome {
    private static final Logger LOG = LoggerFactory.getLogger(VerbOutcome.class);
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private static final Duration STEP = Duration.ofMillis(250);

    private final SandboxFiles files;
    private final String asked;
    private final MachineVerb command;
    private final Hypervisors hypervisors;
    private final HostContext context;
    private final List<String> missing;
    private final Duration settling;
    private final List<LocalMachine> before;
    private final List<LocalMachine> targets;
    private final Set<LocalMachine> known = new HashSet<>();
    private final Set<String> spokenOf = new HashSet<>();
    private final boolean runs;

    /**
     * @param machine the machine's full name; empty means all that exist
     * @param context which hypervisors the sandbox's Vagrant talks to
     * @param missing machines that do not exist and are to be made
     */
    VerbOutcome(
            SandboxFiles files,
            String machine,
            MachineVerb command,
            Hypervisors hypervisors,
            HostContext context,
            List<String> missing)
            throws IOException {
        this(files, machine, command, hypervisors, context, missing, SETTLING);
    }

    /** @param settling how long a hypervisor may take to show what Vagrant has done already */
    VerbOutcome(
            SandboxFiles files,
            String machine,
            MachineVerb command,
            Hypervisors hypervisors,
            HostContext context,
            List<String> missing,
            Duration settling)
            throws IOException {
        this.files = files;
        this.asked = machine;
        this.command = command;
        this.hypervisors = hypervisors;
        this.context = context;
        this.missing = List.copyOf(missing);
        this.settling = settling;
        before = made(files);
        targets = before.stream()
                .filter(local -> machine.isEmpty() || local.name().equals(machine))
                .toList();
        HypervisorSnapshot said = hypervisors.ask(
                context, targets.stream().map(LocalMachine::provider).collect(Collectors.toSet()));
        targets.stream()
                .filter(local ->
                        said.find(context, local.provider(), local.id()).isPresent())
                .forEach(known::add);
        runs = known.stream()
                .flatMap(local -> said.find(context, local.provider(), local.id()).stream())
                .anyMatch(seen -> seen.state() == MachineState.RUNNING);
    }

    /**
     * The command as Vagrant gets it. In a machine that runs, chosen provisioners run as {@code provision} runs them: at an {@code up} of
     * it Vagrant runs all, those that always run or none, by its provider.
     */
    MachineVerb given() {
        return command.makes() && !command.selection().all() && runs
                ? MachineVerb.provision(command.selection())
                : command;
    }

    /**
     * The one machine whose provisioners are chosen.
     *
     * @throws ExpectedFailure if there are several
     */
    String single() {
        List<String> those = asked.isEmpty() ? named() : List.of(asked);
        if (those.size() != 1) {
            throw ExpectedFailure.usage(
                    "Provisioners are chosen of one VM, and " + files.id() + " has " + String.join(", ", those) + ".",
                    "Name one of these: SANDBOX/MACHINE.");
        }
        return those.getFirst();
    }

    /** The machines that exist and that the command is for. */
    List<String> targets() {
        return targets.stream().map(LocalMachine::name).distinct().toList();
    }

    /** The same and those that are to be made. */
    List<String> named() {
        return Stream.concat(targets().stream(), missing.stream()).toList();
    }

    /** Reads one raw line of Vagrant's output. */
    void line(String raw) {
        MachineReadable.parse(raw)
                .filter(event -> event.type().equals("action") || event.type().equals("ui"))
                .ifPresent(event -> spokenOf.add(event.target()));
    }

    /** The machines that exist now and did not before. */
    List<String> fresh() throws IOException {
        return made(files).stream()
                .filter(local -> before.stream().noneMatch(old -> old.id().equals(local.id())))
                .map(LocalMachine::name)
                .distinct()
                .toList();
    }

    /**
     * The machines that exist now and did not before, in words; empty when there are none but the one that was asked for.
     */
    String news() throws IOException {
        String fresh = fresh().stream()
                .filter(name -> !command.makes() || !(name.equals(asked) || missing.contains(name)))
                .collect(Collectors.joining(", "));
        return fresh.isEmpty() ? "" : "It made a VM that was not there before: " + fresh + ".";
    }

    /**
     * Looks, after Vagrant has ended well.
     *
     * @param lines told what was seen of each machine
     * @throws ExpectedFailure if a machine is not as it was asked to be, or one is there that nobody asked for
     */
    void check(Consumer<LogLine> lines) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (LocalMachine target : targets) {
            Optional<MachineState> seen = seen(target);
            Optional<String> snapshot = snapshot(target, wrong);
            if (seen.isPresent() && !command.wants(seen.get())) {
                wrong.add(target.name() + " is " + seen.get().word()
                        + (spokenOf.contains(target.name()) ? "" : ", and Vagrant did not look at it"));
            } else if (!spokenOf.contains(target.name())) {
                wrong.add("Vagrant did not look at " + target.name());
            } else if (!command.states().isEmpty()) {
                lines.accept(line(
                        target,
                        seen.map(state -> "Seen at " + target.provider() + ": " + state.word() + ".")
                                .orElse("Nobody can ask " + target.provider()
                                        + " here: Vagrant says that it is done.")));
            } else {
                snapshot.ifPresent(words -> lines.accept(line(target, words)));
            }
        }
        List<String> made = fresh();
        missing.stream()
                .filter(name -> !made.contains(name))
                .forEach(name -> wrong.add("Vagrant made no machine " + name));
        String news = news();
        if (!wrong.isEmpty() || !news.isEmpty()) {
            String spoken = command.word().replace('-', ' ');
            throw ExpectedFailure.failed(
                    "vagrant " + spoken + " ended without an error, but "
                            + (wrong.isEmpty()
                                    ? "did more than was asked."
                                    : "not as asked: " + String.join("; ", wrong) + ".")
                            + (news.isEmpty() ? "" : " " + news),
                    "See whether the Vagrantfile reads a variable or file that was there at its start and is not now: "
                            + "then it defines other machines. "
                            + "corral logs " + files.id() + " shows what Vagrant did, corral list vms what exists.");
        }
    }

    private static LogLine line(LocalMachine target, String text) {
        return new LogLine(Optional.of(Instant.now()), target.name(), LogLine.Level.SUCCESS, text);
    }

    // What was seen of the snapshot that the command is about, in words; empty where it is about none or nobody can be
    // asked.
    private Optional<String> snapshot(LocalMachine machine, List<String> wrong) throws InterruptedException {
        Optional<MachineVerb.WantedSnapshot> wanted = command.snapshot();
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Instant end = Instant.now().plus(settling);
        while (true) {
            Optional<List<VmSnapshot>> snapshots;
            try {
                snapshots = hypervisors.snapshots(context, machine.provider(), machine.id());
            } catch (IOException e) {
                LOG.warn("nobody tells the snapshots of {}", machine.name(), e);
                return Optional.empty();
            }
            if (snapshots.isEmpty() || wanted.get().in(snapshots.get())) {
                return snapshots.map(all ->
                        "Seen at " + machine.provider() + ": " + wanted.get().words(true) + ".");
            }
            if (Instant.now().isAfter(end)) {
                wrong.add(wanted.get().words(false) + " on " + machine.name());
                return Optional.empty();
            }
            Thread.sleep(STEP);
        }
    }

    // Empty where nobody can be asked.
    private Optional<MachineState> seen(LocalMachine machine) throws InterruptedException {
        Instant end = Instant.now().plus(settling);
        while (true) {
            HypervisorSnapshot said = hypervisors.ask(context, Set.of(machine.provider()));
            if (!said.tells(context, machine.provider())
                    && said.find(context, machine.provider(), machine.id()).isEmpty()) {
                return Optional.empty();
            }
            MachineState state = said.find(context, machine.provider(), machine.id())
                    .map(HypervisorObject::state)
                    .orElseGet(() -> absent(machine));
            if (state == MachineState.UNKNOWN) {
                return Optional.empty();
            }
            if (command.wants(state) || Instant.now().isAfter(end)) {
                return Optional.of(state);
            }
            Thread.sleep(STEP);
        }
    }

    private MachineState absent(LocalMachine machine) {
        // Plain QEMU has no list: a machine that is off is its disk alone.
        if (machine.provider().equals("qemu")) {
            return Files.isDirectory(machine.directory().resolve(machine.id()))
                    ? MachineState.STOPPED
                    : MachineState.GONE;
        }
        // It may live at another connection than those that are asked here, where nobody saw it before either.
        return known.contains(machine) ? MachineState.GONE : MachineState.UNKNOWN;
    }

    private static List<LocalMachine> made(SandboxFiles files) throws IOException {
        return LocalState.machines(files.directory()).stream()
                .filter(local -> !local.id().isEmpty())
                .toList();
    }
}
