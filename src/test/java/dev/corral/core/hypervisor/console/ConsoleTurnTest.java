package dev.corral.core.hypervisor.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.FileGuard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose turn it is at a console. */
@Tag("unit")
class ConsoleTurnTest {
    @TempDir
    Path own;

    @Test
    void onlyOneWatches() throws Exception {
        try (FileGuard first = turn().forWatcher().orElseThrow()) {
            assertThat(turn().forWatcher()).isEmpty();
        }
        turn().forWatcher().orElseThrow().close();
    }

    private ConsoleTurn turn() {
        return ConsoleTurn.of(own, "web/one");
    }

    @Test
    void whoWatchesHearsOfAPersonAndGivesWay() throws Exception {
        FileGuard watching = turn().forWatcher().orElseThrow();
        CompletableFuture<Optional<FileGuard>> person = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                person.complete(turn().forPerson());
            } catch (Exception e) {
                person.completeExceptionally(e);
            }
        });
        while (!turn().wanted()) {
            Thread.sleep(5);
        }
        assertThat(person).isNotDone();
        watching.close();
        try (FileGuard mine = person.get(30, TimeUnit.SECONDS).orElseThrow()) {
            assertThat(turn().wanted()).isTrue();
            assertThat(turn().forWatcher()).isEmpty();
        }
        assertThat(turn().wanted()).isFalse();
    }

    @Test
    void nothingIsLeftWhereNobodyWaits() throws Exception {
        turn().forWatcher().orElseThrow().close();
        turn().forget();
        try (var left = Files.list(own)) {
            assertThat(left).isEmpty();
        }
    }
}
