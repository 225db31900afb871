package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.fx.Threads;
import dev.corral.console.messages.Activity;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.sandboxes.details.TimelineLayout;
import dev.corral.core.inventory.read.OperationHistory;
import dev.corral.core.operation.FakeOperation;
import dev.corral.core.operation.OperationStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** An operation that nothing knows of appears in Activity and in the timeline. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class OperationFeedTest {
    private final FixtureCorral corral =
            new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
    private final MessageCenter center = new MessageCenter();
    private OperationFeed feed;
    private FakeOperation fake;

    @BeforeEach
    void launch() {
        feed = onFx(() -> new OperationFeed(corral.operations(), Threads.WINDOW, center));
        fake = corral.operations().launch(new FakeOperation(corral.journals()));
    }

    private static <T> T onFx(Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }

    private static void until(BooleanSupplier condition) throws Exception {
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> onFx(condition::getAsBoolean));
    }

    private Activity shown() {
        return center.activities().getFirst();
    }

    @Test
    void itsPhasesAndItsEndingAreShown() throws Exception {
        until(() -> !center.activities().isEmpty() && shown().phase().equals("run setup"));
        onFx(() -> {
            assertThat(shown().title()).isEqualTo("Solve web_flag · sqli-01");
            assertThat(shown().cancellable()).isTrue();
            assertThat(center.runningCount()).isEqualTo(1);
            return true;
        });
        OperationStore.Kept kept = corral.journals().list().getFirst();
        TimelineLayout layout = TimelineLayout.of(
                OperationHistory.of(Path.of(kept.name()), kept.journal().read()).getFirst(), Instant.now());
        assertThat(layout.bars()).extracting(TimelineLayout.Bar::label).containsExactly("read the task", "run setup");
        assertThat(layout.bars().getLast().open()).isTrue();
        fake.end("The flag is wrong.");
        until(() -> shown().status() == Activity.Status.FAILED);
        assertThat(onFx(() -> shown().sentence())).isEqualTo("The flag is wrong.");
        assertThat(onFx(() -> center.activities().size())).isEqualTo(1);
    }

    @Test
    void itIsStoppedFromThere() throws Exception {
        until(() -> center.running(fake.id()));
        onFx(() -> {
            feed.cancel(fake.id());
            return true;
        });
        until(() -> shown().status() == Activity.Status.CANCELLED);
        onFx(() -> {
            feed.cancel(fake.id());
            feed.close();
            return true;
        });
        corral.operations().launch(new FakeOperation(corral.journals())).end("");
        assertThat(onFx(() -> center.activities().size())).isEqualTo(1);
    }
}
