package dev.corral.core.vagrant.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading and changing machine indexes that are well, odd, or broken. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class MachineIndexTest {
    private static final String A = "a".repeat(32);
    private static final String B = "b".repeat(32);
    private static final String C = "c".repeat(32);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path home;

    private Path folder;
    private Path index;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(home.resolve("data/machine-index"));
        index = folder.resolve("index");
    }

    private static String entry(String uuid, String name) {
        return "\"%s\":{\"local_data_path\":\"/p/%s/.vagrant\",\"name\":\"%s\",\"provider\":\"libvirt\",\"state\":\"running\","
                        .formatted(uuid, name, name)
                + "\"vagrantfile_name\":null,\"vagrantfile_path\":\"/p/" + name + "\",\"updated_at\":null,"
                + "\"extra_data\":{\"box\":{\"name\":\"debian/12\",\"version\":\"1.0\"},\"later\":1.50e3}}";
    }

    private static String whole(String... entries) {
        return "{\"version\":1,\"machines\":{" + String.join(",", entries) + "},\"later\":\"ü\"}";
    }

    @Test
    void tellsWhatVagrantWrote() throws Exception {
        Files.writeString(
                index,
                whole(
                        entry(A, "one"),
                        "\"" + B + "\":{\"name\":\"two\",\"provider\":\"qemu\",\"vagrantfile_path\":\"/two\"}"));
        IndexSnapshot snapshot = MachineIndex.read(home);
        assertThat(snapshot.problem()).isEmpty();
        assertThat(snapshot.entries())
                .containsExactly(
                        new IndexEntry(
                                home,
                                A,
                                "one",
                                "libvirt",
                                Path.of("/p/one"),
                                Path.of("/p/one/.vagrant"),
                                "running",
                                Optional.of("debian/12")),
                        new IndexEntry(
                                home,
                                B,
                                "two",
                                "qemu",
                                Path.of("/two"),
                                Path.of("/two/.vagrant"),
                                "",
                                Optional.empty()));
        assertThat(snapshot.entries().getFirst().notes()).isEqualTo(Path.of("/p/one/.vagrant/machines/one/libvirt"));
    }

    @Test
    void noIndexAndAnEmptyOneAreNoProblem() throws Exception {
        assertThat(MachineIndex.read(home)).isEqualTo(new IndexSnapshot(home, List.of(), Optional.empty()));
        assertThat(MachineIndex.stamp(home)).isEmpty();
        Files.writeString(index, "");
        assertThat(MachineIndex.read(home)).isEqualTo(new IndexSnapshot(home, List.of(), Optional.empty()));
        assertThat(MachineIndex.read(Path.of("/dev/null")).problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"version\":1,\"machi",
                "{\"version\":2,\"machines\":{}}",
                "{}",
                "[]",
                "7",
                "{\"version\":1,\"machines\":[]}",
                "\u0000"
            })
    void aCorruptIndexIsAProblemAndIsNeverTouched(String text) throws Exception {
        Files.writeString(index, text);
        assertThat(MachineIndex.read(home).problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("machine index").endsWith("."));
        assertThat(catchThrowableOfType(
                        ExpectedFailure.class, () -> MachineIndex.remove(home, List.of(A), entry -> true)))
                .isNotNull();
        assertThat(index).hasContent(text);
        assertThat(MachineIndex.backups(home)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../../x\":{\"name\":\"n\",\"provider\":\"p\",\"vagrantfile_path\":\"/p\"}",
                "\"" + "d0" + "\":7",
                "\"d0\":{\"name\":\"../n\",\"provider\":\"p\",\"vagrantfile_path\":\"/p\"}",
                "\"d0\":{\"name\":\"n\",\"provider\":[],\"vagrantfile_path\":\"/p\"}",
                "\"d0\":{\"name\":\"n\",\"provider\":\"p\",\"vagrantfile_path\":\"/p\\u0000\"}",
                "\"d0\":{\"name\":\"n\",\"provider\":\"p\"}"
            })
    void anEntryWithoutSenseIsToldOfAndStays(String odd) throws Exception {
        Files.writeString(index, whole(entry(A, "one"), odd));
        IndexSnapshot snapshot = MachineIndex.read(home);
        assertThat(snapshot.entries()).extracting(IndexEntry::uuid).containsExactly(A);
        assertThat(snapshot.problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith("One entry"));
        MachineIndex.remove(home, List.of(A, "d0", "../../x"), entry -> true);
        assertThat(index).hasContent(whole(odd));
    }

    @Test
    void aReadDuringAWriteWaitsForItsEnd() throws Exception {
        String text = whole(entry(A, "one"));
        Files.writeString(index, text.substring(0, 60));
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(40);
                Files.writeString(index, text);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(MachineIndex.read(home).entries()).hasSize(1);
        writer.join();
    }

    @Test
    void removesGhostsOnlyAndKeepsEverythingElseAsItWas() throws Exception {
        Files.writeString(index, whole(entry(A, "one"), entry(B, "two"), entry(C, "three")));
        Files.setPosixFilePermissions(index, PosixFilePermissions.fromString("rw-r-----"));
        // Only root can give it to somebody else.
        Object own = Files.getAttribute(index, "unix:uid");
        Object owner = own.equals(0) ? 12345 : own;
        Files.setAttribute(index, "unix:uid", owner);
        String stamp = MachineIndex.stamp(home);
        IndexRemoval removal = MachineIndex.remove(
                home, List.of(A, C, "e".repeat(32)), entry -> entry.name().equals("one"));
        assertThat(removal.removed()).extracting(IndexEntry::uuid).containsExactly(A);
        assertThat(removal.returned()).extracting(IndexEntry::uuid).containsExactly(C);
        assertThat(removal.working()).isEmpty();
        assertThat(Files.readString(index))
                .isEqualTo(whole(entry(B, "two"), entry(C, "three")).replace("1.50e3", "1.50E+3"));
        assertThat(MachineIndex.stamp(home)).isNotEqualTo(stamp);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(index)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(index, "unix:uid")).isEqualTo(owner);
        assertThat(Files.getAttribute(folder.resolve("index.lock"), "unix:uid"))
                .as("its user must be able to lock it")
                .isEqualTo(owner);
        assertThat(names()).hasSize(3);

        Path backup = removal.backup().orElseThrow();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                .isEqualTo("rw-------");
        assertThat(MachineIndex.backups(home)).containsExactly(backup);
        assertThat(MachineIndex.restore(home, backup)).isEqualTo(1);
        assertThat(MachineIndex.restore(home, backup)).isZero();
        assertThat(MachineIndex.read(home).entries())
                .extracting(IndexEntry::uuid)
                .containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void anUndoPutsBackOnlyWhatWasRemovedAndNothingTwice() throws Exception {
        Files.writeString(index, whole(entry(A, "one"), entry(B, "two"), entry(C, "three")));
        Path backup =
                MachineIndex.remove(home, List.of(A, B), entry -> true).backup().orElseThrow();
        // Since then Vagrant has destroyed three and made two anew.
        Files.writeString(index, whole(entry("d".repeat(32), "two")));
        assertThat(MachineIndex.restore(home, backup)).isEqualTo(1);
        assertThat(MachineIndex.read(home).entries())
                .extracting(IndexEntry::name)
                .containsExactly("two", "one");
    }

    @Test
    void nothingToRemoveChangesNothing() throws Exception {
        assertThat(MachineIndex.remove(home, List.of(A), entry -> true).removed())
                .isEmpty();
        assertThat(names()).isEmpty();
        Files.writeString(index, whole(entry(A, "one")));
        assertThat(MachineIndex.remove(home, List.of(A), entry -> false).backup())
                .isEmpty();
        assertThat(Files.readString(index)).isEqualTo(whole(entry(A, "one")));
        assertThat(MachineIndex.backups(home)).isEmpty();
    }

    @Test
    void theLastTwentyBackupsAreKept() throws Exception {
        for (int i = 0; i < 23; i++) {
            Files.writeString(index, whole(entry(A, "one" + i)));
            assertThat(MachineIndex.remove(home, List.of(A), entry -> true).removed())
                    .hasSize(1);
        }
        assertThat(MachineIndex.backups(home)).hasSize(20);
        assertThat(Files.readString(MachineIndex.backups(home).getFirst())).contains("\"one22\"");
        assertThat(Files.readString(MachineIndex.backups(home).getLast())).contains("\"one3\"");
    }

    @Test
    @Tag("no_mutation")
    void aMachineThatVagrantWorksOnIsLeftAlone() throws Exception {
        Files.writeString(index, whole(entry(A, "one"), entry(B, "two")));
        // A lock file without a lock is what a killed Vagrant leaves.
        Files.writeString(folder.resolve(B + ".lock"), "");
        RunningProcess vagrant = flock(folder.resolve(A + ".lock"));
        try {
            IndexRemoval removal = MachineIndex.remove(home, List.of(A, B), entry -> true);
            assertThat(removal.working()).extracting(IndexEntry::uuid).containsExactly(A);
            assertThat(removal.removed()).extracting(IndexEntry::uuid).containsExactly(B);
        } finally {
            vagrant.kill();
        }
    }

    @Test
    @Tag("no_mutation")
    void waitsForTheLockAndGivesUpInTheEnd() throws Exception {
        String text = whole(entry(A, "one"));
        Files.writeString(index, text);
        RunningProcess vagrant = flock(folder.resolve("index.lock"));
        try {
            assertThat(catchThrowableOfType(
                            ExpectedFailure.class, () -> MachineIndex.remove(home, List.of(A), entry -> true)))
                    .hasMessageContaining("has held");
            assertThat(Files.readString(index)).isEqualTo(text);
        } finally {
            vagrant.kill();
        }
        assertThat(MachineIndex.remove(home, List.of(A), entry -> true).removed())
                .hasSize(1);
    }

    @Test
    void whoFailsUnderTheLockLetsItGo() throws Exception {
        Files.writeString(index, whole(entry(A, "one")));
        assertThat(catchThrowableOfType(
                        IllegalStateException.class,
                        () -> MachineIndex.remove(home, List.of(A), entry -> {
                            throw new IllegalStateException("bug");
                        })))
                .hasMessage("bug");
        assertThat(Processes.run(
                                List.of(
                                        "flock",
                                        "-n",
                                        folder.resolve("index.lock").toString(),
                                        "true"),
                                null,
                                null,
                                new byte[0],
                                LIMIT)
                        .ok())
                .isTrue();
        assertThat(Files.readString(index)).isEqualTo(whole(entry(A, "one")));
    }

    @Test
    @Tag("no_mutation")
    void whoIsKilledUnderTheLockLetsItGoAndChangesNothing() throws Exception {
        String text = whole(entry(A, "one"));
        Files.writeString(index, text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunningProcess holder = Processes.startReading(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        LockProbe.class.getName(),
                        home.toString(),
                        A),
                Map.of("PATH", System.getenv("PATH"), "CLASSPATH", System.getProperty("java.class.path")),
                out);
        StubWorld.until(() -> out.toString(StandardCharsets.UTF_8).contains("held"));
        List<String> tryLock =
                List.of("flock", "-n", folder.resolve("index.lock").toString(), "true");
        assertThat(Processes.run(tryLock, null, null, new byte[0], LIMIT).ok()).isFalse();
        // Only this process: those that hold the lock for it lead groups of their own.
        ProcessHandle.of(holder.pid()).orElseThrow().destroyForcibly();
        assertThat(Processes.run(
                                List.of(
                                        "flock",
                                        "-w",
                                        "10",
                                        folder.resolve("index.lock").toString(),
                                        "true"),
                                null,
                                null,
                                new byte[0],
                                LIMIT)
                        .ok())
                .isTrue();
        assertThat(Files.readString(index)).isEqualTo(text);
        assertThat(MachineIndex.remove(home, List.of(A), entry -> true).removed())
                .hasSize(1);
    }

    @Test
    void aLinkInTheIndexsPlaceIsLeftAlone() throws Exception {
        Path elsewhere = Files.writeString(home.resolve("elsewhere"), whole(entry(A, "one")));
        Files.createSymbolicLink(index, elsewhere);
        assertThat(MachineIndex.read(home).entries()).hasSize(1);
        assertThat(catchThrowableOfType(
                        ExpectedFailure.class, () -> MachineIndex.remove(home, List.of(A), entry -> true)))
                .hasMessageContaining("not a plain file");
        assertThat(index).isSymbolicLink();
    }

    @Test
    @Tag("no_mutation")
    void aFullDiskLeavesTheIndexAsItWas() throws Exception {
        Assumptions.assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can mount");
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder.toString());
        try {
            String text = whole(Stream.iterate(0, i -> i + 1)
                    .limit(40)
                    .map(i -> entry("%032x".formatted(i), "m" + i))
                    .toArray(String[]::new));
            Files.writeString(index, text);
            try (var filler = Files.newOutputStream(folder.resolve("filler"))) {
                filler.write(new byte[64 * 1024]);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space");
            }
            assertThat(catchThrowableOfType(
                            ExpectedFailure.class,
                            () -> MachineIndex.remove(home, List.of("%032x".formatted(7)), entry -> true)))
                    .hasMessageContaining("full");
            assertThat(Files.readString(index)).isEqualTo(text);
            assertThat(names()).containsExactlyInAnyOrder("index", "index.lock", "filler");
            Files.delete(folder.resolve("filler"));
            assertThat(MachineIndex.remove(home, List.of("%032x".formatted(7)), entry -> true)
                            .removed())
                    .hasSize(1);
        } finally {
            run("umount", folder.toString());
        }
    }

    private static RunningProcess flock(Path file) throws Exception {
        Path held = file.resolveSibling("held");
        RunningProcess process = Processes.startLogged(
                List.of("flock", "-x", file.toString(), "/bin/sh", "-c", "touch " + held + "; exec sleep 1000"),
                file.getParent(),
                System.getenv(),
                Path.of("/dev/null"));
        StubWorld.until(() -> Files.exists(held));
        Files.delete(held);
        return process;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void run(String... command) throws Exception {
        ProcessResult result = Processes.run(List.of(command), null, null, new byte[0], LIMIT);
        assertThat(result.ok()).as(result.err()).isTrue();
    }
}
