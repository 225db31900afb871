package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the cache directory is, and what may lie there. */
@Tag("unit")
@Tag("any_user")
class CachePlaceTest {
    @TempDir
    Path temp;

    private static String of(String... variables) {
        Map<String, String> all = new HashMap<>(Map.of("HOME", "/home/ada"));
        for (int at = 0; at < variables.length; at += 2) {
            all.put(variables[at], variables[at + 1]);
        }
        return CacheDirectory.of(new Environment(all)).toString();
    }

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
        assertThat(of("INSPECT_SANDBOX_CACHE_DIR", "here"))
                .isEqualTo(Path.of("here").toAbsolutePath().toString());
    }

    @Test
    void refusesWhatIsNoPathOrLeadsOut() {
        assertThatThrownBy(() -> of("INSPECT_SANDBOX_CACHE_DIR", "/x", "INSPECT_SANDBOX_CACHE_SUFFIX", "../../etc"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("leads out of");
        assertThatThrownBy(() -> of("INSPECT_SANDBOX_CACHE_DIR", "/x\0y"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("used as a path");
    }

    @Test
    void aLinkIsRefusedAndWhatItLeadsToLeftAlone() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("cache"), Files.createDirectories(temp.resolve("real")));
        assertThatThrownBy(() -> CacheDirectory.prepare(link))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is a link");
        assertThat(temp.resolve("real")).isEmptyDirectory();
    }

    @Test
    void aFileIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("cache"), "notes");
        assertThatThrownBy(() -> CacheDirectory.check(file))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("is not a directory");
        assertThat(file).hasContent("notes");
    }

    @Test
    void aNewOneIsMadeForItsUserOnly() throws IOException {
        Path cache = temp.resolve("a/cache");
        CacheDirectory.check(cache);
        assertThat(cache).as("looking makes nothing").doesNotExist();
        CacheDirectory.prepare(cache);
        CacheDirectory.prepare(cache);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneThatOthersCanWriteOrReplaceIsRefused() throws IOException {
        Path cache = Files.createDirectories(temp.resolve("a/cache"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> CacheDirectory.prepare(cache))
                .hasMessageContaining("Other users can write to " + cache);
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(temp.resolve("a"), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> CacheDirectory.prepare(cache))
                .hasMessageContaining("Other users can write to " + temp.resolve("a"));
    }

    @Test
    void whatCanNotBeMadeIsSaidPlainly() throws IOException {
        Files.writeString(temp.resolve("file"), "");
        ExpectedFailure failure =
                catchThrowableOfType(ExpectedFailure.class, () -> CacheDirectory.prepare(temp.resolve("file/cache")));
        assertThat(failure).hasMessageContaining("can't be written");
        assertThat(failure.nextStep()).contains("INSPECT_SANDBOX_CACHE_DIR");
        assertThat(CacheDirectory.unusable(temp, new IOException("No space left on device")))
                .hasMessage("The disk that holds " + temp + " is full.");
    }
}
