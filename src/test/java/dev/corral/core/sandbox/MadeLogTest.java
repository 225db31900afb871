package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of all sandboxes that were ever made. */
@Tag("unit")
@Tag("any_user")
class MadeLogTest {
    @TempDir
    Path temp;

    @Test
    void namesAreKeptInAFolderOfTheUsersOwn() throws IOException {
        MadeLog made = new MadeLog(temp.resolve("own/made"));
        assertThat(made.ids()).isEmpty();
        made.add("one-0a1b2c3d");
        made.add("two-0a1b2c3d");
        assertThat(made.ids()).containsExactlyInAnyOrder("one-0a1b2c3d", "two-0a1b2c3d");
        assertThat(made.file()).isEqualTo(temp.resolve("own/made"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("own"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aLongOneLosesItsOlderHalf() throws IOException {
        Path file = temp.resolve("made");
        StringBuilder many = new StringBuilder();
        while (many.length() < 1024 * 1024 - 20) {
            many.append("%08x\n".formatted(many.length()));
        }
        Files.writeString(file, many);
        MadeLog made = new MadeLog(file);
        made.add("a");
        assertThat(made.ids()).as("not long enough yet").contains("00000000", "a");
        made.add("the-last-0a1b2c3d-and-a-long-one");
        assertThat(made.ids()).contains("the-last-0a1b2c3d-and-a-long-one", "a").doesNotContain("00000000");
        assertThat(Files.size(file)).isBetween(500L * 1024, 530L * 1024);
        assertThat(Files.readString(file)).endsWith("-and-a-long-one\n");
    }

    @Test
    void whatCanNotBeReadIsNoEmptyLog() throws IOException {
        Path file = Files.createDirectory(temp.resolve("made"));
        assertThatThrownBy(() -> new MadeLog(file).ids()).isInstanceOf(IOException.class);
    }
}
