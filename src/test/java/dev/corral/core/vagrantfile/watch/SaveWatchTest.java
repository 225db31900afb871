package dev.corral.core.vagrantfile.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runs after saves, and when. */
@Tag("unit")
class SaveWatchTest {
    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private Optional<Steps> file = Optional.empty();
    private Optional<ExpectedFailure> failure = Optional.empty();
    private int failedAt;

    private final SaveWatch.Hands hands = new SaveWatch.Hands() {
        @Override
        public Optional<Steps> look() {
            return file;
        }

        @Override
        public void rerun(String machine, SortedSet<Integer> positions, IntConsumer failing) {
            if (failure.isPresent()) {
                if (failedAt >= 0) {
                    failing.accept(failedAt);
                }
                throw failure.get();
            }
            said.add(machine + " " + positions);
        }

        @Override
        public void waits(ExpectedFailure why) {
            said.add("waits: " + why.getMessage());
        }

        @Override
        public void failed(String machine, ExpectedFailure why) {
            said.add("failed: " + why.getMessage());
        }
    };

    private void file(String... commands) throws Exception {
        String[] provisioners = new String[commands.length];
        for (int i = 0; i < commands.length; i++) {
            provisioners[i] = "\"type\": \"shell\", \"settings\": {\"inline\": \"" + commands[i] + "\"}";
        }
        file = Optional.of(StepsTest.steps(folder, "web", provisioners));
    }

    private SaveWatch watch() throws Exception {
        file("a", "b");
        SaveWatch watch = new SaveWatch(hands, true);
        watch.saved();
        assertThat(said).as("what was saved before runs not").isEmpty();
        return watch;
    }

    @Test
    void whatASaveChangesRunsOnce() throws Exception {
        SaveWatch watch = watch();
        file("a", "b2");
        watch.saved();
        watch.saved();
        assertThat(said).containsExactly("web [2]");
    }

    @Test
    void aBrokenFileRunsNothingAndLosesNothing() throws Exception {
        SaveWatch watch = watch();
        file("a2", "b");
        Optional<Steps> mended = file;
        file = Optional.empty();
        watch.saved();
        assertThat(said).isEmpty();
        file = mended;
        watch.saved();
        assertThat(said).containsExactly("web [1]");
    }

    @Test
    void whileSomethingHoldsTheSandboxSavesBecomeOneRun() throws Exception {
        SaveWatch watch = watch();
        failure = Optional.of(ExpectedFailure.failed("It is being changed.", "").withKind(ExpectedFailure.Kind.BUSY));
        file("a2", "b");
        watch.saved();
        assertThat(watch.waiting()).isTrue();
        watch.again();
        file("a2", "b2");
        watch.saved();
        assertThat(said).as("said once").containsExactly("waits: It is being changed.");
        failure = Optional.empty();
        watch.again();
        watch.again();
        assertThat(watch.waiting()).isFalse();
        assertThat(said).containsExactly("waits: It is being changed.", "web [1, 2]");
    }

    @Test
    void whatFailedRunsAgainOnlyAfterTheNextSaveOfIt() throws Exception {
        SaveWatch watch = watch();
        failure = Optional.of(ExpectedFailure.failed("No.", ""));
        file("a2", "b");
        watch.saved();
        failure = Optional.empty();
        file("a2", "b2");
        watch.saved();
        assertThat(said).containsExactly("failed: No.", "web [2]");
    }

    @Test
    void whatNeverBeganBehindAFailureRunsOnceThatIsMended() throws Exception {
        file("a", "b", "c");
        SaveWatch watch = new SaveWatch(hands, true);
        watch.saved();
        failure = Optional.of(ExpectedFailure.failed("No.", ""));
        failedAt = 2;
        file("a2", "b2", "c2");
        watch.saved();
        watch.saved();
        failure = Optional.empty();
        file("a3", "b2", "c2");
        watch.saved();
        assertThat(said).as("the second is as broken as before").containsExactly("failed: No.", "web [1]");
        file("a3", "b3", "c2");
        watch.saved();
        watch.saved();
        assertThat(said).last().isEqualTo("web [2, 3]");
        assertThat(said).hasSize(3);
    }

    @Test
    void whereNoStepBeganAllAreDueWithTheNextSave() throws Exception {
        SaveWatch watch = watch();
        failure = Optional.of(ExpectedFailure.failed("No SSH.", ""));
        failedAt = -1;
        file("a2", "b");
        watch.saved();
        failure = Optional.empty();
        watch.again();
        assertThat(said).as("not by itself").containsExactly("failed: No SSH.");
        file("a2", "b2");
        watch.saved();
        assertThat(said).containsExactly("failed: No SSH.", "web [1, 2]");
    }

    @Test
    void aFailedStepThatIsTakenOutIsMendedToo() throws Exception {
        SaveWatch watch = watch();
        failure = Optional.of(ExpectedFailure.failed("No.", ""));
        failedAt = 1;
        file("a2", "b2");
        watch.saved();
        failure = Optional.empty();
        file("b2");
        watch.saved();
        assertThat(said).containsExactly("failed: No.", "web [1]");
    }

    @Test
    void withoutTheWishNothingRuns() throws Exception {
        file("a");
        SaveWatch watch = new SaveWatch(hands, false);
        watch.saved();
        file("b");
        watch.saved();
        watch.again();
        assertThat(said).isEmpty();
    }
}
