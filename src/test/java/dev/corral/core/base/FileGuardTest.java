package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Locks between processes, seen from the kernel's side. */
@Tag("unit")
@Tag("any_user")
@EnabledOnOs(OS.LINUX)
class FileGuardTest {
    @TempDir
    Path temp;

    @Test
    void holdsAlthoughSomebodyHereAsksAgain() throws Exception {
        Path file = temp.resolve("corral.lock");
        FileGuard guard = FileGuard.tryTake(file).orElseThrow();
        assertThat(kernelHolds(file)).isTrue();
        assertThat(FileGuard.tryTake(file)).isEmpty();
        assertThat(FileGuard.tryTake(temp.resolve("../" + temp.getFileName() + "/corral.lock")))
                .isEmpty();
        assertThat(kernelHolds(file))
                .as("a second taker must not free the lock for other processes")
                .isTrue();
        guard.close();
        assertThat(kernelHolds(file)).isFalse();
        Optional<FileGuard> again = FileGuard.tryTake(file);
        assertThat(again).isPresent();
        again.get().close();
    }

    private static boolean kernelHolds(Path file) throws Exception {
        long inode = (Long) Files.getAttribute(file, "unix:ino");
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains("POSIX")
                        && line.contains(" " + ProcessHandle.current().pid() + " ")
                        && line.contains(":" + inode + " "));
    }
}
