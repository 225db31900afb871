package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StubWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cache directories that are links, can't be written, or are full. */
@Tag("unit")
@Timeout(180)
class CacheDirectoryTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # XDG_CACHE_HOME | ..._CACHE_DIR | ..._CACHE_SUFFIX | where sandboxes go
                    ''               | ''            | ''               | /home/ada/.cache/inspect-vagrant-sandbox
                    /var/cache/ada   | ''            | ''               | /var/cache/ada/inspect-vagrant-sandbox
                    relative/is/none | ''            | ''               | /home/ada/.cache/inspect-vagrant-sandbox
                    ''               | ''            | night            | /home/ada/.cache/inspect-vagrant-sandbox/night
                    /var/cache/ada   | ''            | night/two        | /var/cache/ada/inspect-vagrant-sandbox/night/two
                    /var/cache/ada   | /x            | ''               | /x
                    /var/cache/ada   | /x/../y       | night            | /y/night
                    ''               | '  '          | ' '              | /home/ada/.cache/inspect-vagrant-sandbox
                    ''               | /x            | a/../b           | /x/b
                    """)
    void followsTheVariables(String xdg, String directory, String suffix, String expected) {
        Environment environment = new Environment(Map.of(
                "HOME",
                "/home/ada",
                "XDG_CACHE_HOME",
                xdg,
                "INSPECT_SANDBOX_CACHE_DIR",
                directory,
                "INSPECT_SANDBOX_CACHE_SUFFIX",
                suffix));
        assertThat(CacheDirectory.of(environment)).hasToString(expected);
    }

    @Test
    void aRelativeDirectoryIsMeantFromHere() {
        assertThat(CacheDirectory.of(new Environment(Map.of("INSPECT_SANDBOX_CACHE_DIR", "some/where"))))
                .isEqualTo(Path.of("").toAbsolutePath().resolve("some/where"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "/etc", "..", "a/../../b"})
    void aSuffixThatLeadsOutIsRefused(String suffix) {
        assertThat(catchThrowableOfType(
                        ExpectedFailure.class,
                        () -> CacheDirectory.of(new Environment(
                                Map.of("INSPECT_SANDBOX_CACHE_DIR", "/x", "INSPECT_SANDBOX_CACHE_SUFFIX", suffix)))))
                .hasMessageContaining("leads out of");
    }

    @Test
    void whatCanBeNoPathIsSaid() {
        for (String variable : new String[] {"INSPECT_SANDBOX_CACHE_DIR", "INSPECT_SANDBOX_CACHE_SUFFIX"}) {
            assertThat(catchThrowableOfType(
                            ExpectedFailure.class,
                            () -> CacheDirectory.of(new Environment(Map.of("HOME", "/home/ada", variable, "x\0y")))))
                    .hasMessageContaining("used as a path");
        }
    }

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
