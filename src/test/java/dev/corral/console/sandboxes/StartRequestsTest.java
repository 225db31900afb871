package dev.corral.console.sandboxes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.Samples;
import dev.corral.core.inspect.tasks.EvalSample;
import dev.corral.core.inspect.tasks.SandboxSpec;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.vagrant.FailureView;
import dev.corral.core.vagrant.Phase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a start of a row would be. */
@Tag("unit")
class StartRequestsTest {
    private static final Instant BEGUN = Instant.parse("2026-11-26T12:00:00Z");
    private static final SandboxSpec SPEC = new SandboxSpec(
            Path.of("/evals/web/Vagrantfile"), Optional.of("attacker"), Map.of("FLAG", "defined", "MORE", "m"));

    private static Subject.Sample sample(boolean setup, Optional<SandboxView> failed) {
        EvalSample definition = new EvalSample(
                "s",
                "",
                false,
                "",
                List.of(),
                List.of(),
                List.of(),
                setup,
                "",
                Optional.of("vagrant"),
                Optional.of(SPEC));
        return new Subject.Sample("web", "/evals/web.py", "s", Optional.of(definition), List.of(), failed);
    }

    private static SandboxView failed() {
        Manifest.StartContext context = new Manifest.StartContext(
                Optional.of("libvirt"),
                Map.of("FLAG", "given", "VAGRANT_HOME", "/home", "INSPECT_VM_SUFFIX", "-x"),
                Optional.of("victim"),
                List.of("FLAG"));
        Manifest manifest = new Manifest(
                1,
                "s-0badc0de",
                BEGUN,
                new Owner(1, 1, "", Owner.Kind.CONSOLE),
                Manifest.Origin.sample("web", "/evals/web.py", "s"),
                "/evals/web/Vagrantfile",
                context,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
        return new SandboxView(
                "s-0badc0de",
                Path.of("/cache/s-0badc0de"),
                Optional.of(manifest),
                SandboxState.FAILED,
                "",
                Liveness.STRAY,
                List.of(),
                Optional.of(Samples.start(
                        "s-0badc0de",
                        BEGUN,
                        true,
                        Optional.of(new FailureView(Phase.read("boot", ""), "It failed.", "", List.of(), 0, false)),
                        "boot",
                        1.0)),
                BEGUN);
    }

    @Test
    void aSampleComesWithItsFilesAndSetupIfItHasAny() {
        assertThat(StartRequests.of(sample(true, Optional.empty()))
                        .orElseThrow()
                        .prepared())
                .isTrue();
        assertThat(StartRequests.of(sample(false, Optional.empty()))
                        .orElseThrow()
                        .prepared())
                .isFalse();
    }

    @Test
    void againMeansTheSameProviderPrimaryMachineAndVariables() {
        StartRequest again = StartRequests.again(sample(true, Optional.of(failed())), (file, time) -> false)
                .orElseThrow();
        assertThat(again.provider()).contains("libvirt");
        assertThat(again.primary()).contains("victim");
        assertThat(again.environment()).containsExactlyInAnyOrderEntriesOf(Map.of("FLAG", "given", "MORE", "m"));
        assertThat(again.prepared()).isTrue();

        StartRequest alone = StartRequests.again(new Subject.Sandbox(failed(), true), (file, time) -> false)
                .orElseThrow();
        assertThat(alone.provider()).contains("libvirt");
        assertThat(alone.primary()).contains("victim");
        assertThat(alone.environment()).containsExactly(Map.entry("FLAG", "given"));
        assertThat(alone.prepared()).isTrue();
    }

    @Test
    void whatTheAuthorHasCorrectedSinceCounts() {
        StartRequest again = StartRequests.again(
                        sample(true, Optional.of(failed())),
                        (file, time) -> file.equals(Path.of("/evals/web.py")) && time.equals(BEGUN))
                .orElseThrow();
        assertThat(again.primary()).contains("attacker");
        assertThat(again.environment()).containsEntry("FLAG", "defined");
        assertThat(again.provider()).contains("libvirt");
    }

    @Test
    void aStartAnewIsAsDefined() {
        StartRequest another = StartRequests.again(sample(false, Optional.empty()), (file, time) -> false)
                .orElseThrow();
        assertThat(another.environment()).isEqualTo(SPEC.env());
        assertThat(another.primary()).contains("attacker");
        assertThat(another.provider()).isEmpty();
    }
}
