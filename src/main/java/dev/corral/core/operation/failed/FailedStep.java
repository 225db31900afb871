package dev.corral.core.operation.failed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.code.KeptResolution;
import dev.corral.core.sandbox.Journal;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The provisioner that failed last on a machine, as the sandbox's copy of the Vagrantfile has it.
 *
 * @param machine     the machine's full name
 * @param ran         what Vagrant called it
 * @param provisioner what the Vagrantfile says of it; empty where that can't be told
 */
public record FailedStep(String machine, Phase.Provisioner ran, Optional<ResolvedMachine.Provisioner> provisioner) {
    private static final Set<OperationKind> COUNTING =
            EnumSet.of(OperationKind.START, OperationKind.UP, OperationKind.RELOAD, OperationKind.PROVISION);

    /**
     * Finds it. Reads files.
     *
     * @param machine the machine's full name; empty for whichever failed last
     * @throws ExpectedFailure if no provisioner has failed there, or one has run well since
     * @throws IOException     if the sandbox's files can't be read
     */
    public static FailedStep of(SandboxFiles files, String machine) throws IOException {
        Optional<Phase> failed = failed(new Journal(files.journal()).read(), machine);
        Phase phase = failed.orElseThrow(() -> ExpectedFailure.notFound(
                "No provisioner has failed last in " + files.id() + (machine.isEmpty() ? "" : "/" + machine) + ".",
                "corral shell without --at-failure opens one at home."));
        Phase.Provisioner ran = phase.provisioner().orElseThrow();
        return new FailedStep(
                phase.machine(),
                ran,
                KeptResolution.of(files)
                        .flatMap(said -> said.machine(phase.machine()))
                        .flatMap(resolved -> find(ran, resolved.provisioners())));
    }

    private static Optional<Phase> failed(List<JournalEntry> entries, String machine) {
        Map<String, JournalEntry> begun = new HashMap<>();
        Optional<Phase> failed = Optional.empty();
        for (JournalEntry entry : entries) {
            if (entry.event() == JournalEntry.Event.WORKFLOW_STARTED) {
                begun.put(entry.workflow(), entry);
            }
            JournalEntry start = begun.get(entry.workflow());
            if (start == null || !COUNTING.contains(start.operationKind())) {
                continue;
            }
            String of = Objects.requireNonNullElse(start.machine(), "");
            boolean counts = machine.isEmpty() || of.isEmpty() || of.equals(machine);
            if (entry.event() == JournalEntry.Event.WORKFLOW_FAILED && counts) {
                Phase phase = entry.inPhase();
                if (phase.kind() == PhaseKind.PROVISION
                        && phase.provisioner().isPresent()
                        && !phase.machine().isEmpty()
                        && (machine.isEmpty() || phase.machine().equals(machine))) {
                    failed = Optional.of(phase);
                }
            } else if (entry.event() == JournalEntry.Event.WORKFLOW_ENDED && counts) {
                failed = Optional.empty();
            }
        }
        return failed;
    }

    // Vagrant counts those that ran; of those that are alike the place tells.
    private static Optional<ResolvedMachine.Provisioner> find(
            Phase.Provisioner ran, List<ResolvedMachine.Provisioner> all) {
        List<ResolvedMachine.Provisioner> alike = all.stream()
                .filter(one ->
                        one.type().equals(ran.type()) && one.name().orElse("").equals(ran.name()))
                .toList();
        if (alike.size() == 1) {
            return Optional.of(alike.getFirst());
        }
        List<ResolvedMachine.Provisioner> running =
                all.stream().filter(one -> !one.run().equals("never")).toList();
        for (List<ResolvedMachine.Provisioner> counted : List.of(running, all)) {
            if (ran.position() >= 1
                    && ran.position() <= counted.size()
                    && alike.contains(counted.get(ran.position() - 1))) {
                return Optional.of(counted.get(ran.position() - 1));
            }
        }
        return Optional.empty();
    }

    /** A setting as text; empty where it is unset. */
    Optional<String> setting(String name) {
        return provisioner
                .map(one -> one.settings().path(name))
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    /** A setting that is a word or a list of words, as words of a shell. */
    List<String> words(String name) {
        JsonNode node = provisioner.map(one -> one.settings().path(name)).orElse(null);
        List<String> words = new ArrayList<>();
        if (node != null && node.isArray()) {
            node.forEach(one -> words.add(one.asText()));
        }
        return words;
    }

    /** Whether it runs as root; that is so unless the file says otherwise. */
    boolean privileged() {
        return provisioner
                .map(one -> one.settings().path("privileged"))
                .filter(JsonNode::isBoolean)
                .map(JsonNode::booleanValue)
                .orElse(true);
    }
}
