package dev.corral.console.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.FixtureCorral;
import dev.corral.console.Samples;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.settings.TrustStore;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** Starts that are asked for more than once before they have begun. */
@Tag("unit")
@ExtendWith(ApplicationExtension.class)
class TwoClicksTest {
    @TempDir
    Path folder;

    private final FixtureCorral corral =
            new FixtureCorral("/home/ada", Samples.evals(), Samples.inventory(Instant.now()));
    private final MessageCenter desk = new MessageCenter();
    private SandboxCommands commands;
    private Path vagrantfile;

    private static final class NoDock implements DockPort {
        @Override
        public void openTerminal(SandboxView sandbox, MachineView machine) {
            throw new AssertionError("nothing is ready");
        }

        @Override
        public boolean terminalOpen(MachineView machine) {
            return false;
        }

        @Override
        public void openLog(SandboxView sandbox) {
            throw new AssertionError("nobody asked for a log");
        }

        @Override
        public void openVagrantfile(String title, Path file, int line) {
            assertThat(file).exists();
        }

        @Override
        public void showActivity() {
            throw new AssertionError("nobody asked for it");
        }
    }

    @BeforeEach
    void unknownVagrantfile() throws Exception {
        vagrantfile = Files.writeString(folder.resolve("Vagrantfile"), "");
        commands = onFx(() -> new SandboxCommands(
                corral, desk, new TrustStore(folder.resolve("trusted.json"), List.of()), new NoDock()));
    }

    private static <T> T onFx(java.util.concurrent.Callable<T> question) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, question);
    }

    private static void until(BooleanSupplier condition) throws Exception {
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, () -> onFx(condition::getAsBoolean));
    }

    private void click(Manifest.Origin origin) {
        onFx(() -> {
            commands.start(
                    new StartRequest(
                            vagrantfile,
                            Optional.empty(),
                            java.util.Map.of(),
                            Optional.empty(),
                            false,
                            origin,
                            Optional.empty(),
                            false),
                    "it",
                    id -> {});
            return true;
        });
    }

    private void answer(String id) {
        onFx(() -> {
            Question question = desk.question().get();
            desk.answer(
                    question,
                    question.choices().stream()
                            .filter(choice -> choice.id().equals(id))
                            .findFirst()
                            .orElseThrow());
            return true;
        });
    }

    private void startsOnce(Manifest.Origin origin) throws Exception {
        click(origin);
        click(origin);
        until(() -> desk.question().get() != null);
        Question asked = onFx(() -> desk.question().get());
        click(origin);
        Thread.sleep(300);
        assertThat(onFx(() -> desk.question().get()))
                .as("it is not asked again")
                .isSameAs(asked);
        answer("trust-run");
        click(origin);
        until(() -> !corral.asked.isEmpty() && !commands.starting());
        Thread.sleep(300);
    }

    @Test
    void aSampleStartsOnce() throws Exception {
        startsOnce(Manifest.Origin.sample("web", "/evals/web.py", "kernel"));
        assertThat(corral.asked).filteredOn("start kernel"::equals).hasSize(1);
    }

    @Test
    void aVagrantfileStartsOnceAndAgainAfterwards() throws Exception {
        startsOnce(Manifest.Origin.none());
        assertThat(corral.asked).filteredOn("start "::equals).hasSize(1);
        click(Manifest.Origin.none());
        until(() -> corral.asked.stream().filter("start "::equals).count() == 2);
    }

    @Test
    void aQuestionThatGoesAwayUnansweredLetsOneAskAgain() throws Exception {
        Manifest.Origin origin = Manifest.Origin.sample("web", "/evals/web.py", "kernel");
        click(origin);
        until(() -> desk.question().get() != null);
        onFx(() -> {
            desk.answer(desk.question().get(), desk.question().get().safe());
            return true;
        });
        click(origin);
        until(() -> desk.question().get() != null);
        assertThat(corral.asked).isEmpty();
    }
}
