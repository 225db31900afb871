package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
@Tag("any_user")
class FolderWatchTest {
    @TempDir
    Path folder;

    private final LinkedBlockingQueue<FolderWatch.Change> told = new LinkedBlockingQueue<>();

    private FolderWatch.Change next() throws InterruptedException {
        return told.poll(20, TimeUnit.SECONDS);
    }

    @Test
    void namesAreToldAndContentsOnlyWhereTheyAreWanted() throws Exception {
        Path file = Files.writeString(folder.resolve("disk"), "");
        LinkedBlockingQueue<FolderWatch.Change> written = new LinkedBlockingQueue<>();
        try (FolderWatch names = new FolderWatch("names", FolderWatch.Of.NAMES, told::add);
                FolderWatch contents = new FolderWatch("contents", FolderWatch.Of.CONTENTS, written::add)) {
            assertThat(names.cover(List.of(folder)).added()).containsExactly(folder);
            contents.cover(List.of(folder));
            Files.writeString(file, "more");
            assertThat(written.poll(20, TimeUnit.SECONDS)).isEqualTo(new FolderWatch.Change(folder, true, false));
            assertThat(told).isEmpty();
            Files.delete(file);
            assertThat(next()).isEqualTo(new FolderWatch.Change(folder, true, false));
        }
    }

    @Test
    void exactlyTheseAreWatchedAsFarAsTheyAreThere() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Path none = folder.resolve("none");
        Path noFolder = Files.writeString(folder.resolve("file"), "");
        try (FolderWatch watch = new FolderWatch("watch", FolderWatch.Of.NAMES, told::add)) {
            assertThat(watch.cover(List.of(first, none, noFolder)))
                    .isEqualTo(new FolderWatch.Coverage(java.util.Set.of(first), java.util.Set.of()));
            assertThat(watch.cover(List.of(first, second)).added()).containsExactly(second);
            assertThat(watch.cover(List.of(second)).added()).isEmpty();
            assertThat(watch.covers(first)).isFalse();
            Files.createFile(first.resolve("a"));
            Files.createFile(second.resolve("a"));
            assertThat(next().directory()).isEqualTo(second);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aFolderThatGoesAndComesBackIsWatchedAnew() throws Exception {
        Path sandbox = Files.createDirectory(folder.resolve("sandbox"));
        try (FolderWatch watch = new FolderWatch("watch", FolderWatch.Of.CONTENTS, told::add)) {
            watch.cover(List.of(sandbox));
            Files.delete(sandbox);
            assertThat(next().directory()).isEqualTo(sandbox);
            Files.createDirectory(sandbox);
            assertThat(watch.cover(List.of(sandbox)).added()).containsExactly(sandbox);
            told.clear();
            Files.createFile(sandbox.resolve("a"));
            assertThat(next()).isEqualTo(new FolderWatch.Change(sandbox, true, false));
        }
    }

    @Test
    void aClosedOneTellsNothingAndHarmsNobody() throws Exception {
        FolderWatch watch = new FolderWatch("watch", FolderWatch.Of.NAMES, told::add);
        watch.close();
        watch.drain();
        assertThat(watch.cover(List.of(folder)).refused()).containsExactly(folder);
        Files.createFile(folder.resolve("a"));
        assertThat(told.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
}
