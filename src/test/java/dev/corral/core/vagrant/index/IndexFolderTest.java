package dev.corral.core.vagrant.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files beside a machine index: whose they are, who may read them, and which of them stay. */
@Tag("unit")
@Tag("any_user")
class IndexFolderTest {
    private static final Instant NOON = Instant.parse("2026-02-06T12:00:00.123Z");
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path home;

    private IndexFolder folder;

    @BeforeEach
    void make() throws IOException {
        folder = new IndexFolder(home, Clock.fixed(NOON, ZoneOffset.UTC));
        Files.createDirectories(folder.path());
        Files.writeString(folder.index(), "old");
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatTakesTheIndexsPlaceHasItsModeOwnerAndGroup() throws IOException {
        for (String mode : List.of("rw-------", "rw-r--r--", "rw-rw----")) {
            Files.setPosixFilePermissions(folder.index(), PosixFilePermissions.fromString(mode));
            Path next = folder.next(NEW);
            assertThat(next).hasBinaryContent(NEW).hasParent(folder.path());
            assertThat(mode(next)).isEqualTo(mode);
            Files.delete(next);
        }
        assertThat(folder.index()).hasContent("old");
        Assumptions.assumeTrue(
                Files.getAttribute(folder.index(), "unix:uid").equals(0), "only root can give files away");
        Files.setAttribute(folder.index(), "unix:uid", 12345);
        Files.setAttribute(folder.index(), "unix:gid", 23456);
        Path next = folder.next(NEW);
        assertThat(Files.getAttribute(next, "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(next, "unix:gid")).isEqualTo(23456);
        Path made = folder.path().resolve("index.lock");
        IndexFolder.create(made, folder.index());
        assertThat(made).isEmptyFile();
        assertThat(Files.getAttribute(made, "unix:uid")).isEqualTo(12345);
        assertThat(Files.getAttribute(made, "unix:gid")).isEqualTo(23456);
    }

    @Test
    void aFileThatIsThereIsNotMadeAnew() throws IOException {
        Path lock = Files.writeString(folder.path().resolve("index.lock"), "held");
        IndexFolder.create(lock, folder.path().resolve("nowhere"));
        assertThat(lock).hasContent("held");
    }

    @Test
    void whatCanNotBeFinishedIsNotLeftBehind() throws IOException {
        Files.delete(folder.index());
        assertThatThrownBy(() -> folder.next(NEW)).isInstanceOf(IOException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aBackupIsForItsUserOnlyAndTakesNoOthersPlace() throws IOException {
        Path first = folder.backUp("1".getBytes(StandardCharsets.UTF_8));
        Path second = folder.backUp("2".getBytes(StandardCharsets.UTF_8));
        assertThat(first).hasFileName("corral-backup-20260206T120000.123Z.json").hasContent("1");
        assertThat(second)
                .hasFileName("corral-backup-20260206T120000.124Z.json")
                .hasContent("2");
        assertThat(mode(first)).isEqualTo("rw-------");
        assertThat(folder.backups()).containsExactly(second, first);
    }

    @Test
    void onlyTheLatestTwentyBackupsStay() throws IOException {
        for (int number = 0; number < 22; number++) {
            folder.backUp(NEW);
        }
        Path other = Files.writeString(folder.path().resolve("corral-notes.json"), "");
        List<Path> all = folder.backups();
        folder.thin();
        assertThat(folder.backups()).isEqualTo(all.subList(0, 20));
        assertThat(other).exists();
        folder.thin();
        assertThat(folder.backups()).hasSize(20);
    }

    @Test
    void aHomeWithoutAnIndexHasNoBackups() throws IOException {
        assertThat(new IndexFolder(home.resolve("never"), Clock.systemUTC()).backups())
                .isEmpty();
        Path file = Files.writeString(home.resolve("file"), "");
        assertThat(new IndexFolder(file, Clock.systemUTC()).backups()).isEmpty();
        assertThat(IndexFolder.of(home)).isEqualTo(folder.path());
        assertThatThrownBy(() -> new IndexFolder(home.resolve("never"), Clock.systemUTC()).sync())
                .as("nothing to make last")
                .isInstanceOf(IOException.class);
        folder.sync();
    }

    @Test
    void anEntryKnowsWhereVagrantNotesItsMachine() {
        IndexEntry entry = new IndexEntry(
                home, "a", "db", "libvirt", Path.of("/p/one"), Path.of("/p/one/.vagrant"), "running", Optional.empty());
        assertThat(entry.notes()).isEqualTo(Path.of("/p/one/.vagrant/machines/db/libvirt"));
    }
}
