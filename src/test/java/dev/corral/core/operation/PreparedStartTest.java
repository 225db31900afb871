package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.inventory.OperationView;
import dev.corral.core.inventory.PhaseSpan;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.start.Preparation;
import dev.corral.core.sandbox.LastSave;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.PhaseKind;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrantfile.VagrantfileResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts that bring in a sample's files and setup, with real Vagrant over the stub provider. */
@Tag("unit")
@Timeout(180)
class PreparedStartTest extends OverStub {
    private final AtomicInteger closed = new AtomicInteger();

    private interface Work {
        void run(List<String> machines, String primary, Preparation.Story story)
                throws IOException, InterruptedException;
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (String sandbox : stub.directories()) {
            stub.destroy(sandbox);
        }
        assertThat(stub.machines()).isEmpty();
    }

    private Operation start(StartRequest request, Preparation.Source source) {
        Vagrant vagrant = new Vagrant(stub.environment());
        SandboxStore store = new SandboxStore(stub.cache());
        return new LocalOperations(
                        stub.environment(),
                        Owners.self(Owner.Kind.CONSOLE),
                        store,
                        vagrant,
                        new Hypervisors(stub.environment()),
                        (sandbox, machine) -> {},
                        source,
                        new VagrantfileResolver(vagrant, store.resolvedFolder()),
                        new RunningOperations(new OperationTimes(store.historyFile())),
                        LastSave.NONE)
                .start(request);
    }

    private Preparation.Source doing(Work work) {
        return origin -> new Preparation() {
            @Override
            public void bring(String sandbox, List<String> machines, String primary, Story story)
                    throws IOException, InterruptedException {
                work.run(machines, primary, story);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    private StartRequest request() {
        return stub.request("single").withPrepared(true);
    }

    @Test
    void itsPhaseKindAndItsLogBelongToTheStory() throws Exception {
        Operation start = start(request(), doing((machines, primary, story) -> {
            story.phase(primary, PhaseKind.FILES);
            Files.writeString(story.logged(primary, PhaseKind.SETUP, "setup"), "what it said");
        }));
        StubWorld.await(start);
        SandboxView view = stub.sandbox(start.sandbox());
        OperationView operation = view.operation().orElseThrow();
        assertThat(operation.phases()).extracting(PhaseSpan::name).endsWith("copy files", "run setup");
        assertThat(operation.phases())
                .allSatisfy(phase -> assertThat(phase.endedAt()).isPresent());
        assertThat(operation.logs()).hasSize(2).last().satisfies(log -> assertThat(log)
                .hasContent("what it said"));
        assertThat(closed).hasValue(1);
    }

    @Test
    void nothingIsReadForAStartThatDoesNotAskForIt() throws Exception {
        StubWorld.await(start(stub.request("single"), origin -> {
            throw new IllegalStateException("nobody asked");
        }));
    }

    @Test
    void whatCanNotBeReadStartsNothing() throws Exception {
        Throwable failure = StubWorld.failure(start(request(), origin -> {
            throw ExpectedFailure.failed("The sample is gone.", "Look.");
        }));
        assertThat(failure).hasMessageContaining("The sample is gone.");
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void aFailureNamesItsPhaseAndTakesTheMachinesDown() throws Exception {
        Operation start = start(request(), doing((machines, primary, story) -> {
            story.phase(primary, PhaseKind.SETUP);
            assertThat(machines).containsExactly(primary);
            throw ExpectedFailure.failed("Running setup failed.", "Mend it.").withDetails("first\nlast");
        }));
        assertThat(StubWorld.failure(start)).isInstanceOfSatisfying(ExpectedFailure.class, failure -> {
            assertThat(failure).hasMessage("Running setup failed.");
            assertThat(failure.details()).isEqualTo("Phase: run setup (default)\nfirst\nlast");
        });
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.inventory().ended()).singleElement().satisfies(view -> assertThat(
                        view.operation().orElseThrow().failure().orElseThrow().phase())
                .isEqualTo("run setup"));
        assertThat(closed).hasValue(1);
    }

    @Test
    void aFailureKeepsTheMachinesWhenAsked() throws Exception {
        Throwable failure =
                StubWorld.failure(start(request().withKeepFailed(true), doing((machines, primary, story) -> {
                    story.phase(primary, PhaseKind.FILES);
                    throw ExpectedFailure.failed("Copying files failed.", "Mend it.");
                })));
        assertThat(failure).isInstanceOfSatisfying(ExpectedFailure.class, known -> assertThat(known.nextStep())
                .contains("was kept"));
        assertThat(stub.machines()).hasSize(1);
    }

    @Test
    void cancellingEndsItAndTakesTheMachinesDown() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Operation start = start(request(), doing((machines, primary, story) -> {
            story.phase(primary, PhaseKind.SETUP);
            runs.countDown();
            try {
                Thread.sleep(60_000);
            } finally {
                interrupted.countDown();
            }
        }));
        runs.await();
        assertThat(start.cancellable()).isTrue();
        start.cancel();
        assertThat(StubWorld.failure(start)).isInstanceOf(CancellationException.class);
        assertThat(interrupted.getCount()).isZero();
        assertThat(stub.machines()).isEmpty();
        assertThat(stub.directories()).isEmpty();
    }
}
