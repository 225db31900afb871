package dev.corral.core.ssh.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.GuestText;
import dev.corral.core.ssh.LoopbackSshd;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a guest, over a real OpenSSH server: whatever stands in them is listed, and only ordinary files are opened. */
@Tag("unit")
@Timeout(60)
class GuestFoldersTest {
    private static final String HOSTILE = "a\nb\u001b[31m\u202e'\"$(x) \\ %s -é";

    @TempDir
    static Path temp;

    private static LoopbackSshd sshd;
    private static GuestConnection guest;
    private static GuestFolders folders;
    private static int number;

    private Path there;
    private Path here;

    @BeforeAll
    static void start() throws Exception {
        sshd = new LoopbackSshd(temp.resolve("sshd"));
        guest = new GuestConnection(sshd.endpoint());
        folders = new GuestFolders(guest, Optional.empty());
    }

    @AfterAll
    static void stop() {
        guest.close();
        sshd.close();
    }

    @BeforeEach
    void folders() throws Exception {
        there = Files.createDirectories(temp.resolve("there" + number));
        here = Files.createDirectories(temp.resolve("here" + number++));
    }

    private void sh(String script) throws InterruptedException {
        assertThat(guest.exec(ExecRequest.of("sh", "-c", script).withCwd(there.toString()))
                        .exitCode())
                .isZero();
    }

    private GuestEntry entry(String name) throws InterruptedException {
        return folders.list(there.toString()).entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whateverStandsInAFolderIsListed() throws Exception {
        Files.writeString(there.resolve(HOSTILE), "12345");
        Files.writeString(there.resolve("-rf"), "");
        Files.createDirectory(there.resolve(".hidden"));
        sh(
                "mkfifo pipe; ln -s -- -rf good; ln -s . 'to folder'; ln -s /nowhere/at/all broken; printf x > \"$(printf 'br\\377ken')\"");
        Files.setPosixFilePermissions(there.resolve("-rf"), PosixFilePermissions.fromString("rwxr-x---"));
        GuestListing listing = folders.list(there.toString());
        assertThat(listing.path()).isEqualTo(there.toRealPath().toString());
        assertThat(listing.cut()).isFalse();
        assertThat(listing.entries())
                .extracting(GuestEntry::name)
                .containsExactlyInAnyOrder(
                        HOSTILE, "-rf", ".hidden", "pipe", "good", "to folder", "broken", "br\udcffken");
        assertThat(entry(HOSTILE).size()).isEqualTo(5);
        assertThat(entry(HOSTILE).ordinary()).isTrue();
        assertThat(entry("-rf").permissions()).isEqualTo("-rwxr-x---");
        assertThat(entry("-rf").owner()).isEqualTo(System.getProperty("user.name"));
        assertThat(entry(".hidden").folder()).isTrue();
        assertThat(entry("pipe").kind()).isEqualTo(EntryKind.PIPE);
        assertThat(entry("good").leadsTo()).isEqualTo(EntryKind.FILE);
        assertThat(entry("good").target()).contains("-rf");
        assertThat(entry("to folder").folder()).isTrue();
        assertThat(entry("broken").leadsTo()).isEqualTo(EntryKind.OTHER);
        assertThat(folders.list(listing.path(entry(".hidden"))).entries()).isEmpty();
    }

    @Test
    void aGuestWhoseFindPrintsNothingTellsTheSame() throws Exception {
        Files.writeString(there.resolve(HOSTILE), "12345");
        sh("mkfifo pipe; mkdir dir; ln -s dir 'to dir'; ln -s pipe link; ln -s /nowhere broken; ln -s loop loop;"
                + " chmod 4751 dir; printf x > \"$(printf 'br\\377ken')\"");
        ExecResult result = guest.exec(ExecRequest.of(
                        "/bin/sh",
                        "-c",
                        GuestFolders.LIST.replace("-printf ''", "-nothing ''"),
                        "sh",
                        there.toString(),
                        "100000")
                .withCaptureLimit(1 << 20));
        GuestListing without = ListingParser.parse(result.stdout(), 100, 100_000);
        List<GuestEntry> withTargets = folders.list(there.toString()).entries();
        assertThat(without.entries()).hasSize(8).allMatch(entry -> entry.target()
                .isEmpty());
        assertThat(withTargets)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("target")
                .containsExactlyInAnyOrderElementsOf(without.entries());
        assertThat(entry("to dir").target()).contains("dir");
    }

    @Test
    void aFolderOfTenThousand() throws Exception {
        sh("i=0; while [ $i -lt 10000 ]; do : > file$i; i=$((i + 1)); done");
        GuestListing listing = folders.list(there.toString());
        assertThat(listing.entries()).hasSize(10_000);
        assertThat(listing.cut()).isFalse();
    }

    @Test
    void whatIsNoFolderSaysSo() throws Exception {
        Files.writeString(there.resolve("file"), "");
        assertThatThrownBy(() -> folders.list(there + "/nothing"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("not there");
        assertThatThrownBy(() -> folders.list(there + "/file"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("no folder");
        assertThatThrownBy(() -> folders.list("there")).isInstanceOf(ExpectedFailure.class);
        assertThat(folders.list("").path()).startsWith("/");
    }

    @Test
    void onlyOrdinaryFilesAreOpened() throws Exception {
        sh("mkfifo pipe; ln -s pipe link; ln -s /dev/zero zero; echo text > file; ln -s file good");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name : List.of("pipe", "link", "zero")) {
            assertThatThrownBy(() -> folders.readText(there + "/" + name, 100, out))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("no ordinary file");
        }
        assertThatThrownBy(() -> folders.readText(there + "/file", 2, out))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("larger than");
        assertThatThrownBy(() -> folders.readText(there.toString(), 2, out)).isInstanceOf(ExpectedFailure.class);
        assertThat(out.size()).isZero();
        folders.readText(there + "/good", 100, out);
        assertThat(out).hasToString("text\n");
    }

    @Test
    void namesChangeAndNothingIsReplacedByThat() throws Exception {
        Files.writeString(there.resolve("one"), "1");
        Files.writeString(there.resolve("two"), "2");
        folders.rename(there.toString(), "one", HOSTILE);
        assertThat(there.resolve(HOSTILE)).hasContent("1");
        assertThatThrownBy(() -> folders.rename(there.toString(), "two", HOSTILE))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> folders.rename(there.toString(), "two", "../out"))
                .isInstanceOf(ExpectedFailure.class);
        assertThat(folders.makeFolder(there + "/new")).isTrue();
        assertThat(folders.makeFolder(there + "/new")).isFalse();
        Files.writeString(there.resolve("new/inside"), "");
        Files.createSymbolicLink(there.resolve("link"), there.resolve("two"));
        folders.delete(there.toString(), List.of(HOSTILE, "new", "link"));
        assertThat(folders.list(there.toString()).entries())
                .extracting(GuestEntry::name)
                .containsExactly("two");
        assertThatThrownBy(() -> folders.delete(there.toString(), List.of("..")))
                .isInstanceOf(ExpectedFailure.class);
    }

    private static Progress quiet() {
        return new Progress(seen -> {});
    }

    @Test
    void aDownloadTakesFilesAndFoldersAndLeavesTheRest() throws Exception {
        sh(
                "mkdir -p dir/sub; echo 1 > dir/sub/a; echo 2 > top; mkfifo dir/pipe; ln -s /etc/passwd dir/link; ln -s top good");
        Files.writeString(there.resolve("dir/" + HOSTILE), "h");
        Files.writeString(here.resolve("top"), "mine");
        Progress progress = quiet();
        List<Path> made = new Download(folders, here, progress, TransferLimits.USUAL)
                .run(there.toString(), List.of(entry("dir"), entry("top"), entry("good")));
        assertThat(made).containsExactly(here.resolve("dir"), here.resolve("top (2)"), here.resolve("good"));
        assertThat(here.resolve("top")).hasContent("mine");
        assertThat(here.resolve("dir/sub/a")).hasContent("1");
        assertThat(here.resolve("good")).isRegularFile().hasContent("2");
        assertThat(here.resolve("dir/a%0ab%1b[31m%e2%80%ae'\"$(x) %5c %s -é")).hasContent("h");
        assertThat(progress.seen().files()).isEqualTo(4);
        assertThat(progress.seen().leftOut()).isEqualTo(2);
        try (var all = Files.walk(here)) {
            assertThat(all.map(Path::toString)).noneMatch(name -> name.endsWith(".part") || name.endsWith("link"));
        }
    }

    @Test
    void transfersHaveBounds() throws Exception {
        sh("mkdir -p dir/sub; echo 1 > dir/sub/a; echo 2 > dir/b");
        GuestEntry dir = entry("dir");
        assertThatThrownBy(() -> new Download(folders, here, quiet(), new TransferLimits(2, 100, 9))
                        .run(there.toString(), List.of(dir)))
                .hasMessageContaining("more than 2 files");
        assertThatThrownBy(() -> new Download(folders, here, quiet(), new TransferLimits(9, 2, 9))
                        .run(there.toString(), List.of(dir)))
                .hasMessageContaining("more than");
        try (RandomAccessFile big = new RandomAccessFile(here.resolve("big").toFile(), "rw")) {
            big.setLength(200);
        }
        assertThatThrownBy(() -> new Upload(folders, quiet(), new TransferLimits(9, 100, 9))
                        .run(List.of(here.resolve("big")), there.toString()))
                .hasMessageContaining("more than");
        assertThat(there.resolve("big")).doesNotExist();
    }

    @Test
    void aTransferIsBoundedAsAWhole() throws Exception {
        // They tell no size, and there are many of them.
        GuestEntry status = new GuestEntry(
                "status", EntryKind.FILE, 0, 0444, "root", "root", Instant.EPOCH, Optional.empty(), EntryKind.FILE);
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        folders.read("/proc/self/mounts", 1 << 20, one, length -> {});
        GuestEntry mounts = new GuestEntry(
                "mounts", EntryKind.FILE, 0, 0444, "root", "root", Instant.EPOCH, Optional.empty(), EntryKind.FILE);
        long room = one.size() * 3L / 2;
        Progress progress = quiet();
        assertThatThrownBy(() -> new Download(folders, here, progress, new TransferLimits(9, room, 9))
                        .run("/proc/self", List.of(mounts, mounts, status)))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("more than");
        assertThat(progress.seen().files()).isEqualTo(1);
        assertThat(here.resolve("mounts")).exists();
        assertThat(here.resolve("status")).doesNotExist();
        GuestEntry huge = new GuestEntry(
                "huge",
                EntryKind.FILE,
                Long.MAX_VALUE / 2 + 1,
                0444,
                "root",
                "root",
                Instant.EPOCH,
                Optional.empty(),
                EntryKind.FILE);
        assertThatThrownBy(() -> new Download(folders, here, quiet(), TransferLimits.USUAL)
                        .run(there.toString(), List.of(huge, huge)))
                .hasMessageContaining("more than 10 GiB");
    }

    @Test
    void whatBecomesALinkWhileItIsSentIsNotFollowed() throws Exception {
        Path secret = Files.writeString(here.resolve("secret"), "secret");
        Path file = Files.writeString(Files.createDirectory(here.resolve("dir")).resolve("file"), "public");
        Progress progress = new Progress(seen -> {
            if (seen.ofFiles() > 0 && !Files.isSymbolicLink(file)) {
                try {
                    Files.delete(file);
                    Files.createSymbolicLink(file, secret);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        new Upload(folders, progress, TransferLimits.USUAL).run(List.of(here.resolve("dir")), there.toString());
        assertThat(file).isSymbolicLink();
        assertThat(there.resolve("dir")).isEmptyDirectory();
        assertThat(progress.seen().skipped()).hasSize(1);
    }

    @Test
    void anUploadSendsFoldersAndOpensNoPipe() throws Exception {
        Path dir = Files.createDirectories(here.resolve("dir/sub"));
        Files.writeString(dir.resolve("script"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(dir.resolve("script"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(here.resolve("dir/" + HOSTILE), "h");
        Files.createSymbolicLink(here.resolve("dir/link"), Path.of("/etc/passwd"));
        Files.writeString(here.resolve("pipe"), "into a pipe?");
        sh("mkfifo pipe; mkdir dir; echo old > dir/kept");
        Progress progress = quiet();
        new Upload(folders, progress, TransferLimits.USUAL)
                .run(List.of(here.resolve("dir"), here.resolve("pipe")), there.toString());
        assertThat(there.resolve("dir/" + HOSTILE)).hasContent("h");
        assertThat(there.resolve("dir/sub/script")).isExecutable();
        assertThat(there.resolve("dir/kept")).hasContent("old");
        assertThat(there.resolve("dir/link")).doesNotExist();
        assertThat(progress.seen().skipped()).hasSize(2).anyMatch(line -> line.contains("a pipe is there"));
    }

    @Test
    void anInterruptEndsADownloadAndLeavesNoHalfFile() throws Exception {
        try (RandomAccessFile big = new RandomAccessFile(there.resolve("big").toFile(), "rw")) {
            big.setLength(1L << 30);
        }
        GuestEntry big = entry("big");
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.currentThread();
        Progress progress = new Progress(seen -> {
            if (seen.bytes() > 0) {
                failure.compareAndSet(null, new IllegalStateException("nothing was interrupted"));
                thread.interrupt();
            }
        });
        assertThatThrownBy(() ->
                        new Download(folders, here, progress, TransferLimits.USUAL).run(there.toString(), List.of(big)))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted();
        assertThat(failure.get()).isNotNull();
        assertThat(here).isEmptyDirectory();
    }

    private static List<GuestEntry> parsed(String text) {
        try {
            return ListingParser.parse(GuestText.bytes(text), 10, 1000).entries();
        } catch (ExpectedFailure e) {
            // Which is as good as nothing.
            return List.of();
        }
    }

    @Test
    void whatAGuestPrintsIsNotBelieved() {
        List<String> bad = List.of(
                "",
                "x",
                "\0\0\0",
                "/p\n\0=\n\0\0f 644 1 1 0 0\0../etc\0\0f\0",
                "/p\n\0=\n\0\0f 999 1 1 0 0\0name\0\0f\0",
                "/p\n\0/81a4 1 1 0 0 a b/./../etc\n\0\0",
                "/p\n\0/zzz/./name\n/81a4/\n\0\0");
        for (String text : bad) {
            assertThat(parsed(text)).as(text).isEmpty();
        }
        assertThat(ListingParser.parse(
                                GuestText.bytes("/p\n\0/81a4 1 1 0 0 a b/./n1\n/81a4 1 1 0 0 a b/./n2\n\0\0"), 1, 1000)
                        .cut())
                .isTrue();
    }

    @Test
    void namesOfOwnersAreTheGuestsAndAreBounded() {
        String all = "/p\n\0=\nroot:x:0:\nada:x:1000:1000::/:\n" + "long".repeat(100)
                + ":x:7:\n:x:8:\nodd\n\0wheel:x:10:\n\0"
                + "f 4755 12 -5 1000 10\0a\nb\0\0f\0l 777 3 1 7 8\0link\0dir\0d\0l 777 3 1 0 0\0lost\0no\0N\0d 755 1";
        List<GuestEntry> entries = parsed(all);
        assertThat(entries).extracting(GuestEntry::name).containsExactly("a\nb", "link", "lost");
        assertThat(entries.getFirst().owner() + ":" + entries.getFirst().group())
                .isEqualTo("ada:wheel");
        assertThat(entries.getFirst().permissions()).isEqualTo("-rwsr-xr-x");
        assertThat(entries.get(1).owner() + ":" + entries.get(1).group()).isEqualTo("7:8");
        assertThat(entries.get(1).folder()).isTrue();
        assertThat(entries.get(2).leadsTo()).isEqualTo(EntryKind.OTHER);
        assertThat(ListingParser.parse(GuestText.bytes(all), 1, 1000).cut()).isTrue();
        assertThat(ListingParser.parse(GuestText.bytes(all), 10, 30).cut()).isTrue();
        assertThat(ListingParser.parse(GuestText.bytes(all), 10, 1000).cut()).isFalse();
    }
}
