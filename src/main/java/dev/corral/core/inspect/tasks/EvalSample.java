package dev.corral.core.inspect.tasks;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One sample of a task's dataset. All texts are the author's, verbatim: they may hold anything and must be made plain
 * before they are shown.
 *
 * @param id             the sample's id; samples without one are numbered from 1 as Inspect does. May hold any character
 * @param input          the whole task text; a conversation is joined to one text
 * @param inputTruncated whether {@code input} was cut because it is very long
 * @param target         the expected answer; several are joined with commas
 * @param choices        the answers to choose from, usually none
 * @param metadataKeys   names of the sample's metadata; the values may give the solution away and stay behind
 * @param files          paths that Inspect writes into the sandbox before the sample starts
 * @param hasSetup       whether Inspect runs a setup script in the sandbox before the sample starts
 * @param description    the author's description, empty when there is none
 * @param sandboxType    the type of sandbox, for instance {@code vagrant} or {@code docker}; empty when it needs none
 * @param sandbox        the Vagrant sandbox; empty when it needs none or one of another type
 */
public record EvalSample(
        String id,
        String input,
        boolean inputTruncated,
        String target,
        List<String> choices,
        List<String> metadataKeys,
        List<String> files,
        boolean hasSetup,
        String description,
        Optional<String> sandboxType,
        Optional<SandboxSpec> sandbox) {
    /** Copies the lists; what is absent becomes empty. */
    public EvalSample {
        Objects.requireNonNull(id, "id");
        input = Objects.requireNonNullElse(input, "");
        target = Objects.requireNonNullElse(target, "");
        choices = choices == null ? List.of() : List.copyOf(choices);
        metadataKeys = metadataKeys == null ? List.of() : List.copyOf(metadataKeys);
        files = files == null ? List.of() : List.copyOf(files);
        description = Objects.requireNonNullElse(description, "");
        sandboxType = sandboxType == null ? Optional.empty() : sandboxType;
        sandbox = sandbox == null ? Optional.empty() : sandbox;
    }

    /** Whether Inspect brings anything into the machines before the sample starts. */
    public boolean needsPreparation() {
        return hasSetup || !files.isEmpty();
    }
}
