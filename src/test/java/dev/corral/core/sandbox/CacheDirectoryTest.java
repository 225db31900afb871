package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cache directories that are links, can't be written, or are full. */
@Tag("unit")
@Tag("any_user")
@Timeout(180)
class CacheDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void refusesALink() throws Exception {
        Files.createSymbolicLink(temp.resolve("cache"), Files.createDirectories(temp.resolve("real")));
        assertThat(refused()).hasMessageContaining("is a link");
        assertThat(temp.resolve("real")).isEmptyDirectory();
    }

    @Test
    void refusesAFile() throws Exception {
        Files.writeString(temp.resolve("cache"), "notes");
        assertThat(refused()).hasMessageContaining("is not a directory");
        assertThat(temp.resolve("cache")).hasContent("notes");
    }

    @Test
    void refusesWhatCanNotBeWritten() throws Exception {
        try (Mount mount = new Mount(temp.resolve("cache"), "ro")) {
            assertThat(refused()).hasMessageContaining("can't be written");
        }
    }

    @Test
    void aFullDiskIsSaidPlainlyAndLeavesNothing() throws Exception {
        try (Mount mount = new Mount(temp.resolve("cache"), "size=256k");
                StubWorld stub = new StubWorld(temp)) {
            mount.fill();
            ExpectedFailure failure = catchThrowableOfType(
                    ExpectedFailure.class,
                    () -> StubWorld.await(stub.corral().operations().start(stub.request("single"))));
            assertThat(failure.getMessage()).startsWith("The disk that holds ").endsWith(" is full.");
            assertThat(failure.nextStep()).isNotEmpty();
            assertThat(stub.directories()).containsExactly("filler");
        }
    }

    @Test
    void aDiskThatFillsUpKeepsNeitherCancelNorDestroyFromTheirWork() throws Exception {
        try (Mount mount = new Mount(temp.resolve("cache"), "size=1m");
                StubWorld stub = new StubWorld(temp)) {
            String ready = stub.start(stub.request("single"));
            Operation slow = stub.corral().operations().start(stub.request("slow"));
            StubWorld.until(() -> stub.machines().size() == 2);
            mount.fill();
            slow.cancel();
            assertThat(StubWorld.failure(slow)).isInstanceOf(CancellationException.class);
            assertThat(stub.machines()).hasSize(1);
            mount.fill();
            stub.destroy(ready);
            assertThat(stub.machines()).isEmpty();
            assertThat(stub.directories()).containsExactly("filler");
        }
    }

    private ExpectedFailure refused() {
        try (StubWorld stub = new StubWorld(temp)) {
            ExpectedFailure failure = catchThrowableOfType(
                    ExpectedFailure.class, () -> stub.corral().operations().start(stub.request("single")));
            assertThat(failure.nextStep()).isNotEmpty();
            return failure;
        }
    }

    /** A small file system of its own; only root can make one. */
    private record Mount(Path folder) implements AutoCloseable {
        Mount(Path folder, String options) throws Exception {
            this(folder);
            Assumptions.assumeTrue(run("test", "$(id -u)", "=", "0") == 0, "only root can mount");
            Files.createDirectories(folder);
            assertThat(run("mount", "-t", "tmpfs", "-o", "mode=0700," + options, "corral-test", folder.toString()))
                    .isZero();
        }

        /** Takes all the room that is left. */
        void fill() throws Exception {
            run("cat", "/dev/zero", ">>", folder.resolve("filler").toString(), "2>/dev/null");
            assertThat(folder.toFile().getUsableSpace()).isZero();
        }

        private static int run(String... command) throws Exception {
            return new ProcessBuilder("/bin/sh", "-c", String.join(" ", command))
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        @Override
        public void close() throws Exception {
            assertThat(run("umount", folder.toString())).isZero();
        }
    }
}
