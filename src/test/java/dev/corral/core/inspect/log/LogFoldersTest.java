package dev.corral.core.inspect.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of logs that a user may not look into. */
@Tag("unit")
@Tag("any_user")
class LogFoldersTest {
    @TempDir
    private Path folder;

    private Path closed;

    @BeforeEach
    void close() throws IOException {
        Files.writeString(folder.resolve("b.eval"), "");
        closed = Files.createDirectory(folder.resolve("a"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    }

    @AfterEach
    void open() throws IOException {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aFolderThatIsClosedIsToldAndHidesNoOther() {
        AttemptLogs.Found found = AttemptLogs.find(folder);
        assertThat(found.logs()).containsExactly(folder.resolve("b.eval"));
        if (Files.isReadable(closed)) {
            assertThat(found.problems()).as("root may look into everything").isEmpty();
            return;
        }
        assertThat(found.problems()).singleElement().satisfies(row -> {
            assertThat(row.log()).isEqualTo(closed.toString());
            assertThat(row.problem()).isEqualTo("you may not look into it");
        });
    }

    @Test
    void theOneThatIsNamedMustBeOpen() throws IOException {
        if (Files.isReadable(closed)) {
            assertThat(AttemptLogs.find(closed).logs())
                    .as("root may look into everything")
                    .isEmpty();
            return;
        }
        assertThatThrownBy(() -> AttemptLogs.find(closed))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("can't be read");
    }
}
