package dev.corral.console.sandboxes;

import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Says what a start of a row would be. Pure. */
final class StartRequests {
    private StartRequests() {}

    /** A start as the sample's definition, or else the story of a failed start, has it. */
    static Optional<StartRequest> of(Subject subject) {
        if (subject instanceof Subject.Sample sample
                && sample.definition().flatMap(EvalSample::sandbox).isPresent()) {
            SandboxSpec spec = sample.definition().flatMap(EvalSample::sandbox).get();
            return Optional.of(new StartRequest(
                    spec.vagrantfile(),
                    spec.primary(),
                    spec.env(),
                    Optional.empty(),
                    false,
                    Manifest.Origin.sample(sample.task(), sample.file(), sample.id()),
                    Optional.empty(),
                    false,
                    sample.definition().get().needsPreparation()));
        }
        return RowRules.story(subject)
                .flatMap(SandboxView::manifest)
                .filter(manifest -> !manifest.vagrantfile().isEmpty())
                .map(manifest -> new StartRequest(
                        Path.of(manifest.vagrantfile()),
                        manifest.context().primary(),
                        manifest.context().variables(),
                        manifest.context().provider(),
                        false,
                        manifest.origin(),
                        Optional.empty(),
                        false,
                        !manifest.origin().taskFile().isEmpty()
                                && !manifest.origin().sample().isEmpty()));
    }

    /**
     * A start as before, where the last one failed: with the provider, the primary machine and the variables that were given then.
     *
     * @param changedSince whether a task file was changed after a time; what its author has corrected counts then
     */
    static Optional<StartRequest> again(Subject subject, BiPredicate<Path, Instant> changedSince) {
        Optional<Manifest> before =
                RowRules.failed(subject) ? RowRules.story(subject).flatMap(SandboxView::manifest) : Optional.empty();
        return of(subject).map(request -> before.map(manifest -> merged(
                        request,
                        manifest,
                        subject instanceof Subject.Sample sample
                                && !sample.file().isEmpty()
                                && changedSince.test(Path.of(sample.file()), manifest.createdAt())))
                .orElse(request));
    }

    private static StartRequest merged(StartRequest defined, Manifest before, boolean corrected) {
        Map<String, String> variables =
                new HashMap<>(corrected ? before.context().variables() : defined.environment());
        variables.putAll(corrected ? defined.environment() : before.context().variables());
        Optional<String> primary = corrected
                ? defined.primary().or(before.context()::primary)
                : before.context().primary().or(defined::primary);
        return new StartRequest(
                defined.vagrantfile(),
                primary,
                variables,
                before.context().provider().or(defined::provider),
                defined.keepFailed(),
                defined.origin(),
                defined.owner(),
                defined.pin(),
                defined.prepared());
    }
}
