package dev.corral.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class OpenedFilesTest {

    @Test
    void theLastTenAreRememberedNewestFirst() {
        OpenedFiles files = OpenedFiles.none();
        for (int i = 1; i <= 15; i++) {
            files = files.opened(Path.of("/evals/" + i + ".py"));
        }
        files = files.opened(Path.of("/evals/14.py"));
        assertThat(files.recent())
                .hasSize(10)
                .startsWith("/evals/14.py", "/evals/15.py", "/evals/13.py")
                .doesNotHaveDuplicates();
        assertThat(files.open()).hasSize(15).endsWith("/evals/14.py", "/evals/15.py");
    }

    @Test
    void aClosedOneIsStillRecent() {
        OpenedFiles files = OpenedFiles.none()
                .opened(Path.of("/a.py@one"))
                .opened(Path.of("/evals"))
                .closed(Path.of("/a.py@one"));
        assertThat(files.openPaths()).containsExactly(Path.of("/evals"));
        assertThat(files.recentPaths()).containsExactly(Path.of("/evals"), Path.of("/a.py@one"));
    }

    @Test
    void whatTwoWindowsOpenedIsRecentForBoth() {
        OpenedFiles one = OpenedFiles.none().opened(Path.of("/a.py"));
        OpenedFiles other = OpenedFiles.none().opened(Path.of("/b.py"));
        assertThat(one.with(other).recent()).containsExactly("/a.py", "/b.py");
        assertThat(one.with(other).open()).containsExactly("/a.py");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"open\": 7}",
                "{\"open\": null, \"recent\": [null, \"\", \"relative.py\", \"\\u0000\"]}",
                "{\"later\": true}"
            })
    void aDamagedFileCostsOnlyTheMemory(String content, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("task-files.json");
        Files.writeString(file, content);
        StateFile<OpenedFiles> store = new StateFile<>(file, OpenedFiles.class);
        assertThat(store.load().orElseGet(OpenedFiles::none)).isEqualTo(OpenedFiles.none());
        store.save(OpenedFiles.none().opened(Path.of("/a.py")));
        assertThat(store.load()).contains(new OpenedFiles(List.of("/a.py"), List.of("/a.py")));
    }

    @Test
    void ofManySavesAtOnceTheNewestStays(@TempDir Path folder) throws Exception {
        StateFile<OpenedFiles> store = new StateFile<>(folder.resolve("sub/task-files.json"), OpenedFiles.class);
        OpenedFiles[] current = {OpenedFiles.none()};
        List<Thread> threads = IntStream.range(0, 50)
                .mapToObj(i -> {
                    synchronized (current) {
                        current[0] = current[0].opened(Path.of("/evals/" + i + ".py"));
                    }
                    return Thread.ofVirtual()
                            .start(() -> store.save(() -> {
                                synchronized (current) {
                                    return current[0];
                                }
                            }));
                })
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(store.load()).contains(current[0]);
    }
}
