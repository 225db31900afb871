package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who works in a VM, as another process sees it by the kernel's lock. */
@Tag("unit")
@Tag("any_user")
class SandboxUseTest {
    @TempDir
    Path temp;

    private SandboxFiles files;

    @BeforeEach
    void make() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("t-0a1b2c3d")));
    }

    // Java keeps its locks per process, so only another program sees them; /proc/locks shows them without starting one.
    private boolean held() throws IOException {
        String inode = ":" + Files.getAttribute(files.use(), "unix:ino") + " ";
        String self = " " + ProcessHandle.current().pid() + " ";
        return Files.readAllLines(Path.of("/proc/locks")).stream()
                .anyMatch(line -> line.contains(inode) && line.contains(self) && line.contains("READ"));
    }

    @Test
    void itIsHeldUntilTheLastUserLeaves() throws IOException {
        Subscription first = SandboxUse.begin(files);
        assertThat(held()).isTrue();
        Subscription second = SandboxUse.begin(files);
        first.close();
        assertThat(held()).as("the second works on").isTrue();
        first.close();
        assertThat(held()).as("who left twice left once").isTrue();
        second.close();
        assertThat(held()).isFalse();
        Subscription third = SandboxUse.begin(files);
        assertThat(held()).as("taken anew").isTrue();
        third.close();
        assertThat(held()).isFalse();
    }

    @Test
    void whereNothingCanBeNotedTheWorkGoesOn() throws IOException {
        SandboxFiles gone = SandboxFiles.inOne(temp.resolve("gone"));
        SandboxUse.begin(gone).close();
        assertThat(gone.directory())
                .as("a destroyed sandbox does not come back")
                .doesNotExist();
        Files.createDirectory(files.use());
        SandboxUse.begin(files).close();
        assertThat(files.use()).isDirectory();
    }
}
