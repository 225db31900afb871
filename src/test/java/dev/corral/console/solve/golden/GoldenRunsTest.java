package dev.corral.console.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.golden.Divergence;
import dev.corral.core.solve.golden.Golden;
import dev.corral.core.solve.golden.GoldenCheck;
import dev.corral.core.solve.golden.GoldenExport;
import dev.corral.core.solve.golden.GoldenFile;
import dev.corral.core.solve.golden.GoldenStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A golden run that is made and replayed, without a toolkit and without a VM. */
@Tag("unit")
class GoldenRunsTest {
    private static final GoldenRuns.Wish PLAIN = new GoldenRuns.Wish(false, Optional.empty());

    @TempDir
    private Path folder;

    private final SameThread threads = new SameThread();
    private GoldenRuns.Replay replay = (golden, file, wish, news) -> result(Optional.empty());
    private final GoldenRuns runs =
            new GoldenRuns(threads, (golden, file, wish, news) -> replay.run(golden, file, wish, news), () -> {});

    private static GoldenCheck.Result result(Optional<Divergence> divergence) {
        return new GoldenCheck.Result(
                divergence, true, Map.of("includes", "C"), "", 2, 1, "g-1", "box-1", false, "/logs/g.eval", List.of());
    }

    private static Golden golden() {
        return new Golden(
                1,
                "e.py",
                "ctf",
                "s1",
                Optional.empty(),
                Optional.of("42"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(
                        GoldenStep.command(1, "id", List.of("uid=0"), Optional.empty()),
                        GoldenStep.command(1, "vi", List.of(), Optional.empty()).skipped("a full-screen program ran"),
                        GoldenStep.command(1, "cat /flag", List.of("42"), Optional.empty())));
    }

    private Path file() {
        Path file = folder.resolve("s1.golden.json");
        GoldenFile.write(golden(), file, true);
        return file;
    }

    private GoldenState.Phase phase() {
        return runs.state().phase();
    }

    private void over() throws InterruptedException {
        threads.until(() -> phase().over());
    }

    @Test
    void eachStepIsSeenAndThenTheResult() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        replay = (golden, file, wish, news) -> {
            news.told("Sandbox box-1 is ready.");
            news.step(1, golden.steps().getFirst());
            news.step(3, golden.steps().getLast());
            go.await();
            return result(Optional.empty());
        };
        runs.open(file());
        assertThat(runs.state().commands()).isEqualTo(2);
        assertThat(runs.state().skipped()).isEqualTo(1);
        runs.start(PLAIN);
        threads.until(() -> runs.state().progress().done() == 2);
        assertThat(runs.state().progress()).isEqualTo(new GoldenState.Progress(3, 2, 2, "cat /flag", ""));
        assertThat(phase().busy()).isTrue();
        runs.open(folder.resolve("other.json"));
        assertThat(phase()).as("nothing else is opened meanwhile").isEqualTo(GoldenState.Phase.RUNNING);
        go.countDown();
        over();
        assertThat(phase()).isEqualTo(GoldenState.Phase.PASSED);
        assertThat(runs.state().told()).containsExactly("Sandbox box-1 is ready.", "Step 1: id", "Step 3: cat /flag");
        assertThat(GoldenText.facts(runs.state().result().orElseThrow()))
                .contains("Scored: includes: C", "The sandbox box-1 is gone.");
    }

    @Test
    void whatWasEditedSinceItWasChosenIsReplayed() throws Exception {
        List<Golden> replayed = new ArrayList<>();
        replay = (golden, file, wish, news) -> {
            replayed.add(golden);
            return result(Optional.empty());
        };
        Path file = file();
        runs.open(file);
        Files.writeString(file, Files.readString(file).replace("uid=0", "uid=1000"));
        runs.start(PLAIN);
        over();
        assertThat(replayed).singleElement().isEqualTo(GoldenFile.read(file)).isNotEqualTo(golden());
        assertThat(runs.state().golden()).contains(GoldenFile.read(file));
        Files.writeString(file, "{");
        runs.start(PLAIN);
        over();
        assertThat(phase()).isEqualTo(GoldenState.Phase.NOT_TRIED);
        assertThat(replayed).hasSize(1);
    }

    @Test
    void anotherWayIsNotTheSameAsNoWay() throws Exception {
        replay = (golden, file, wish, news) -> result(Optional.of(new Divergence(
                3, "cat /flag", Divergence.Kind.OUTPUT, 1, "42", "No such file", List.of("No such file"))));
        runs.open(file());
        runs.start(PLAIN);
        over();
        assertThat(phase()).isEqualTo(GoldenState.Phase.DIVERGED);
        assertThat(GoldenText.words(runs.state())).isEqualTo("Diverged at step 3");
        replay = (golden, file, wish, news) -> {
            throw ExpectedFailure.failed("The run of Inspect ended before its machine was ready.", "See its output.");
        };
        runs.start(PLAIN);
        over();
        assertThat(phase()).isEqualTo(GoldenState.Phase.NOT_TRIED);
        assertThat(runs.state().result()).isEmpty();
        assertThat(runs.state().problem().orElseThrow().nextStep()).isEqualTo("See its output.");
        assertThat(GoldenText.words(runs.state())).contains("says nothing about the sample");
    }

    @Test
    void aCancelledOneIsBusyUntilItsSandboxIsGone() throws Exception {
        CountDownLatch cleaned = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        replay = (golden, file, wish, news) -> {
            try {
                begun.countDown();
                new CountDownLatch(1).await();
                throw new AssertionError("nobody interrupts");
            } finally {
                // What is interrupted clears up first.
                cleaned.await();
                news.told("The sandbox box-1 is gone.");
            }
        };
        runs.open(file());
        runs.start(PLAIN);
        begun.await();
        runs.cancel();
        runs.cancel();
        assertThat(phase()).isEqualTo(GoldenState.Phase.CANCELLING);
        assertThat(phase().busy()).isTrue();
        cleaned.countDown();
        over();
        assertThat(phase()).isEqualTo(GoldenState.Phase.CANCELLED);
        assertThat(runs.state().told()).containsExactly("The sandbox box-1 is gone.");
        assertThat(runs.state().problem()).isEmpty();
    }

    @Test
    void aFileThatIsNoneSaysWhyAndCanNotBeReplayed() throws Exception {
        Path file = Files.writeString(folder.resolve("x.json"), "{\"golden\": 7}");
        runs.open(file);
        assertThat(phase()).isEqualTo(GoldenState.Phase.UNREADABLE);
        assertThat(runs.state().problem().orElseThrow().sentence()).contains("is no golden run of version 1");
        runs.start(PLAIN);
        assertThat(phase()).isEqualTo(GoldenState.Phase.UNREADABLE);
    }

    @Test
    void oneThatIsMadeIsThereWithItsWarnings() {
        Path file = folder.resolve("new.json");
        runs.save(file, where -> new GoldenExport.Made(golden(), List.of("Step 2 is left out.")));
        assertThat(phase()).isEqualTo(GoldenState.Phase.READY);
        assertThat(runs.state().warnings()).containsExactly("Step 2 is left out.");
        assertThat(GoldenFile.read(file).sample()).isEqualTo("s1");
        runs.save(folder.resolve("none.json"), where -> {
            throw ExpectedFailure.failed("The session s-1 was not solved.", "Submit an answer first.");
        });
        assertThat(phase()).isEqualTo(GoldenState.Phase.UNREADABLE);
        assertThat(folder.resolve("none.json")).doesNotExist();
    }
}
