package dev.corral.console.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.fx.SameThread;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageView;
import dev.corral.console.page.Reveal;
import dev.corral.console.settings.TrustStore;
import dev.corral.console.vagrantfile.steps.Story;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxState;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.failed.LockedMachine;
import dev.corral.core.operation.remedy.LockOfTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a remedy that changes a file leaves behind. */
@Tag("unit")
class RemediesTest {
    @TempDir
    private Path folder;

    private final MessageCenter desk = new MessageCenter();
    private final SameThread threads = new SameThread();
    private final List<Path> mended = new CopyOnWriteArrayList<>();

    /** Leads nowhere. */
    private record Nowhere() implements Navigation {
        @Override
        public void show(PageView page) {
            // There are no pages.
        }

        @Override
        public void go(Reveal what) {
            // There are no pages.
        }
    }

    @Test
    void whatIsMendedIsToldAndNotAskedAboutAgain() throws Exception {
        Path file = Files.writeString(folder.toRealPath().resolve("Vagrantfile"), "Vagrant.configure('2') {}\r\n");
        TrustStore trust = new TrustStore(folder.resolve("trusted.json"), List.of());
        trust.trustContent(trust.read(file));
        FixtureCorral corral = new FixtureCorral(
                folder.toString(),
                List.of(),
                new Inventory(Instant.now(), folder, List.of(), List.of(), "", List.of()));
        Remedies remedies = new Remedies(corral, threads, desk, new Nowhere(), (path, before, after) -> {
            trust.saved(path, before, after);
            mended.add(path);
        });
        remedies.run(
                new Offer("Unix line ends", "", new Offer.UnixLineEnds(file)),
                new SandboxWays(Optional.empty(), again -> {}, place -> {}, look -> {}));
        Question question = desk.question().get();
        desk.answer(question, question.choices().getLast());
        threads.until(() -> !desk.notices().isEmpty());
        assertThat(file).content().isEqualTo("Vagrant.configure('2') {}\n");
        assertThat(mended).containsExactly(file);
        assertThat(trust.unknown(file)).isEmpty();
    }

    @Test
    void whoHoldsAMachineIsNamedBeforeItIsInterrupted() throws Exception {
        FixtureCorral corral = new FixtureCorral(
                folder.toString(),
                List.of(),
                new Inventory(Instant.now(), folder, List.of(), List.of(), "", List.of()));
        Remedies remedies = new Remedies(corral, threads, desk, new Nowhere(), (path, before, after) -> {});
        SandboxView view = Story.sandbox(
                SandboxState.READY, MachineState.RUNNING, Story.start("one").done());
        SandboxWays ways = new SandboxWays(Optional.of(view), again -> {}, place -> {}, look -> {});
        Offer stop = new Offer("Stop it…", "", Offers.HOLDER);
        Path home = LockedMachine.homes(corral.environment(), view.id(), view.manifest())
                .getFirst();
        try (LockOfTest lock = new LockOfTest(view.directory(), home, Story.WEB, ":")) {
            remedies.run(stop, ways);
            Question question = desk.question().get();
            assertThat(question.title())
                    .isEqualTo("Stop process " + lock.process().pid() + "?");
            assertThat(question.text()).contains("is not killed");
            assertThat(question.toString()).contains("flock").contains("since ");
            assertThat(lock.process().isAlive()).as("nothing before the answer").isTrue();
            desk.answer(question, question.choices().getLast());
            threads.until(() -> !desk.notices().isEmpty());
            assertThat(desk.notices().getFirst().sentence()).contains("holds no VM of " + view.id() + " any more");
            assertThat(lock.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        remedies.run(stop, ways);
        assertThat(desk.question().get()).isNull();
        assertThat(desk.notices().toString()).contains("No process is seen to hold");
    }
}
