package dev.corral.core.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ForeignFiles;
import dev.corral.core.cleanup.CleanupChoice;
import dev.corral.core.inventory.InventoryItem;
import dev.corral.core.inventory.ItemState;
import dev.corral.core.inventory.Target;
import dev.corral.core.operation.DestroyGuard;
import dev.corral.core.operation.MachineVerb;
import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What others could have put there is neither run nor removed, and called what it is. */
@Tag("unit")
@Tag("any_user")
@Timeout(180)
class OwnershipTest {
    private static final int SOMEBODY = 65534;

    @TempDir
    Path temp;

    private static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static void give(Path path) throws IOException {
        Assumptions.assumeTrue(Files.getAttribute(path, "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(path, "unix:uid", SOMEBODY);
        Files.setAttribute(path, "unix:gid", SOMEBODY);
    }

    /** A sandbox whose Vagrantfile says that it was run. */
    private Path planted(StubWorld world, String id) throws IOException {
        Path sandbox = Files.createDirectories(world.cache().resolve(id));
        mode(world.cache(), "rwx------");
        mode(sandbox, "rwx------");
        Files.writeString(sandbox.resolve("Vagrantfile"), "File.write('" + temp.resolve("pwned") + "', 'x')\n");
        Path machine = Files.createDirectories(sandbox.resolve(".vagrant/machines/default/stub"));
        Files.writeString(machine.resolve("id"), "1");
        return sandbox;
    }

    private void isLeftAlone(StubWorld world, Path sandbox, ItemState state) throws Exception {
        String id = sandbox.getFileName().toString();
        InventoryItem item = world.inventory().items().stream()
                .filter(one -> one.name().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(item.state()).isEqualTo(state);
        assertThat(item.target()).isInstanceOf(Target.None.class);
        assertThat(world.inventory().problems())
                .anyMatch(problem -> problem.contains("so nothing in it is run or removed"));
        assertThat(world.corral().cleanup().plan(CleanupChoice.everyStray()).steps())
                .isEmpty();
        for (Runnable verb : List.<Runnable>of(
                () -> world.corral().operations().destroy(id),
                () -> world.corral().operations().destroy(sandbox, DestroyGuard.NONE),
                () -> world.corral().operations().run(id, "", MachineVerb.halt(), line -> {}),
                () -> world.corral().connect(id, ""),
                () -> world.corral().operations().pin(id, true))) {
            ExpectedFailure failure = catchThrowableOfType(ExpectedFailure.class, verb::run);
            assertThat(failure).hasMessageContaining("so nothing in it is run or removed");
            assertThat(failure.nextStep()).isNotEmpty();
        }
        assertThat(temp.resolve("pwned")).doesNotExist();
        assertThat(sandbox).exists();
    }

    @Test
    void anotherUsersSandboxIsForeign() throws Exception {
        try (StubWorld world = new StubWorld(temp)) {
            Path sandbox = planted(world, "planted-0a1b2c3d");
            give(sandbox);
            isLeftAlone(world, sandbox, ItemState.FOREIGN);
        }
    }

    @Test
    void anotherUsersVagrantfileIsForeign() throws Exception {
        try (StubWorld world = new StubWorld(temp)) {
            Path sandbox = planted(world, "planted-0a1b2c3d");
            give(sandbox.resolve("Vagrantfile"));
            isLeftAlone(world, sandbox, ItemState.FOREIGN);
        }
    }

    @Test
    void theHighestNumbersAreUsersToo() throws Exception {
        Path folder = Files.createDirectories(temp.resolve("folder"));
        give(folder);
        // As the system's 32 bits: 4294967294.
        Files.setAttribute(folder, "unix:uid", -2);
        assertThat(ForeignFiles.fault(folder))
                .hasValueSatisfying(fault -> assertThat(fault.foreign()).isTrue());
    }

    @Test
    void aSandboxThatOthersCanWriteIsLeftAlone() throws Exception {
        try (StubWorld world = new StubWorld(temp)) {
            Path sandbox = planted(world, "planted-0a1b2c3d");
            mode(sandbox, "rwxrwxrwx");
            isLeftAlone(world, sandbox, ItemState.UNKNOWN);
            mode(sandbox, "rwxr-xr-x");
            mode(sandbox.resolve("Vagrantfile"), "rw-rw-rw-");
            isLeftAlone(world, sandbox, ItemState.UNKNOWN);
        }
    }

    @Test
    void aCacheThatOthersCanWriteIsLeftAlone() throws Exception {
        try (StubWorld world = new StubWorld(temp)) {
            Path sandbox = planted(world, "planted-0a1b2c3d");
            mode(world.cache(), "rwxrwxrwx");
            isLeftAlone(world, sandbox, ItemState.UNKNOWN);
            assertThat(catchThrowableOfType(
                            ExpectedFailure.class,
                            () -> world.corral().operations().start(world.request("single"))))
                    .hasMessageContaining("Other users can write");
            mode(world.cache(), "rwx------");
            mode(temp, "rwxrwxrwx");
            isLeftAlone(world, sandbox, ItemState.UNKNOWN);
        }
    }

    @Test
    void aFolderOfAnotherUserIsNotRemoved() throws Exception {
        try (StubWorld world = new StubWorld(temp)) {
            Path folder = Files.createDirectories(world.cache().resolve("empty-0a1b2c3d"));
            Files.setLastModifiedTime(folder, FileTime.fromMillis(0));
            give(folder);
            assertThat(world.inventory().items())
                    .filteredOn(item -> item.name().equals("empty-0a1b2c3d"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.state()).isEqualTo(ItemState.FOREIGN));
        }
    }

    @Test
    void usualPlacesAreTrusted() throws Exception {
        Path cache = Files.createDirectories(temp.resolve("cache"));
        mode(cache, "rwxr-xr-x");
        Files.createSymbolicLink(temp.resolve("link"), temp);
        assertThat(ForeignFiles.fault(cache, "not-there")).isEmpty();
        assertThat(ForeignFiles.faultAbove(cache)).isEmpty();
        assertThat(ForeignFiles.faultAbove(temp.resolve("link/cache"))).isEmpty();
        assertThat(ForeignFiles.faultAbove(temp.resolve("not/there"))).isEmpty();
        Path open = Files.createDirectories(temp.resolve("open/real/cache"));
        mode(temp.resolve("open"), "rwxrwxrwx");
        Files.createSymbolicLink(temp.resolve("short"), open.getParent());
        assertThat(ForeignFiles.faultAbove(temp.resolve("short/cache")))
                .hasValueSatisfying(fault -> assertThat(fault.sentence()).contains(temp.resolve("open") + ","));
        Files.setAttribute(temp.resolve("open"), "unix:mode", 041777);
        assertThat(ForeignFiles.faultAbove(open)).isEmpty();
    }
}
