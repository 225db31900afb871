package dev.corral.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams that a guest makes to reach files of the host, or to wear it out. */
@Tag("unit")
@Tag("any_user")
@Timeout(60)
class HostileTarTest {
    @TempDir
    Path temp;

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, "UTF-8");

    {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    private void file(String name, String text, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(text.length());
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
    }

    private void link(String name, String target, byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void folder(String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void symlink(String name, String target) throws IOException {
        link(name, target, TarConstants.LF_SYMLINK);
    }

    private List<String> unpack(Path root) throws IOException {
        tar.finish();
        return new TarToTree(bytes -> {}).read(new ByteArrayInputStream(stream.toByteArray()), root);
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void aFolderThatBecomesALinkTakesNoModeOutside() throws IOException {
        Path keys = Files.createDirectories(temp.resolve("home/.ssh"));
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwx------"));
        folder("./t/", 0755);
        folder("./t/a/", 0755);
        folder("./t/a/b/", 0755);
        folder("./t/a/b/c/", 0755);
        symlink("./t/a/b/c/up", "../../..");
        folder("./t/x/", 0777);
        symlink("./t/x", "a/b/c/up/../../../../home/.ssh");
        Path root = temp.resolve("target");
        assertThat(unpack(root)).containsExactly("Left out, a link that leads through another: x");
        assertThat(mode(keys)).isEqualTo("rwx------");
        assertThat(Files.exists(root.resolve("x"), LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(root.resolve("a/b/c/up").toRealPath()).isEqualTo(root.toRealPath());
    }

    @Test
    void foldersThatWereThereKeepTheirModes() throws IOException {
        Path root = Files.createDirectory(temp.resolve("target"));
        Path mine = Files.createDirectory(root.resolve("mine"));
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(mine, PosixFilePermissions.fromString("rwxr-x---"));
        folder("./t/", 0777);
        folder("./t/mine/", 0777);
        folder("./t/new/", 0750);
        file("./t/before/its/parent", "x", 0640);
        folder("./t/before/", 0500);
        assertThat(unpack(root)).isEmpty();
        assertThat(mode(root)).isEqualTo("rwx------");
        assertThat(mode(mine)).isEqualTo("rwxr-x---");
        assertThat(mode(root.resolve("new"))).isEqualTo("rwxr-x---");
        assertThat(mode(root.resolve("before"))).isEqualTo("r-x------");
        assertThat(root.resolve("before/its/parent")).hasContent("x");
    }

    @Test
    void whatComesTwiceIsWhatCameLast() throws IOException {
        folder("./t/", 0755);
        folder("./t/a/", 0700);
        file("./t/a", "a file now", 0644);
        file("./t/b", "a file", 0644);
        symlink("./t/b", "a");
        symlink("./t/c", "b");
        folder("./t/c/", 0711);
        file("./t/c/in", "x", 0644);
        folder("./t/full/", 0755);
        file("./t/full/in", "x", 0644);
        symlink("./t/full", "a");
        symlink("./t/d", "c");
        file("./t/d/in", "through a link", 0644);
        Path root = temp.resolve("target");
        assertThat(unpack(root))
                .containsExactly(
                        "Left out, a folder with something in it is in its place: ./t/full",
                        "Left out, it leads through a link: ./t/d/in");
        assertThat(root.resolve("a")).isRegularFile().hasContent("a file now");
        assertThat(root.resolve("b")).isSymbolicLink().hasContent("a file now");
        assertThat(root.resolve("c/in")).hasContent("x");
        assertThat(mode(root.resolve("c"))).isEqualTo("rwx--x--x");
        assertThat(root.resolve("d")).isSymbolicLink();
    }

    @Test
    void linksStayInside() throws IOException {
        Path outside = Files.writeString(temp.resolve("outside"), "secret");
        Path root = Files.createDirectory(temp.resolve("target"));
        Files.createSymbolicLink(root.resolve("mine"), temp);
        folder("./t/", 0755);
        folder("./t/sub/", 0755);
        file("./t/lib.so.1.2", "x", 0644);
        symlink("./t/lib.so.1", "lib.so.1.2");
        symlink("./t/lib.so", "lib.so.1");
        symlink("./t/sub/up", "../lib.so");
        symlink("./t/dangling", "sub/not/there");
        symlink("./t/deep", "sub/../../target/../outside");
        symlink("./t/leave", "sub/../..");
        symlink("./t/over", "mine");
        symlink("./t/past", "mine/outside");
        symlink("./t/one", "two");
        symlink("./t/two", "one");
        symlink("./t", "/etc");
        link("./t/hard", "./t/mine/outside", TarConstants.LF_LINK);
        link("./t/hard2", "./t/lib.so", TarConstants.LF_LINK);
        link("./t/hard3", "../outside", TarConstants.LF_LINK);
        assertThat(unpack(root)).hasSize(10);
        assertThat(root.resolve("sub/up")).isSymbolicLink().hasContent("x");
        assertThat(root.resolve("dangling")).isSymbolicLink();
        for (String left : List.of("deep", "leave", "over", "past", "one", "two", "hard", "hard2", "hard3")) {
            assertThat(Files.exists(root.resolve(left), LinkOption.NOFOLLOW_LINKS))
                    .as(left)
                    .isFalse();
        }
        assertThat(outside).hasContent("secret");
    }

    @Test
    void oddEntriesAreNamedAndTheRestComes() throws IOException {
        folder("./t/", 0755);
        for (byte type : List.of(TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO)) {
            link("./t/odd" + type, "", type);
        }
        file("./t/" + "n".repeat(300), "x", 0644);
        file("./t/a/../b", "x", 0644);
        file("./t//etc/passwd", "x", 0644);
        symlink("./t/empty", "");
        file("./t/run", "x", 06777);
        file("./t/\u001b[31mred", "x", 0644);
        file("./t/last", "x", 0644);
        Path root = temp.resolve("target");
        assertThat(unpack(root)).hasSize(7).allMatch(sentence -> sentence.length() < 400);
        assertThat((int) Files.getAttribute(root.resolve("run"), "unix:mode") & 07777)
                .isEqualTo(0777);
        assertThat(root.resolve("last")).hasContent("x");
    }

    @Test
    void aFileWithHolesFillsNoDisk() throws IOException {
        folder("./t/", 0755);
        TarArchiveEntry said = new TarArchiveEntry("./PaxHeaders/huge", TarConstants.LF_PAX_EXTENDED_HEADER_LC, true);
        String records =
                "22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n28 GNU.sparse.name=./t/huge\n32 GNU.sparse.realsize=20000000\n";
        said.setSize(records.length());
        tar.putArchiveEntry(said);
        tar.write(records.getBytes(StandardCharsets.US_ASCII));
        tar.closeArchiveEntry();
        file("./t/huge", "1\n20000000\n0\n" + "\0".repeat(499), 0644);
        file("./t/last", "x", 0644);
        Path root = temp.resolve("target");
        assertThat(unpack(root)).containsExactly("Left out, a file with holes, whose size can't be believed: ./t/huge");
        assertThat(root.resolve("huge")).doesNotExist();
        assertThat(root.resolve("last")).hasContent("x");
    }

    @Test
    void aNameWithoutAnEndIsNotTakenIntoMemory() throws IOException {
        for (byte type : List.of(
                TarConstants.LF_GNUTYPE_LONGNAME,
                TarConstants.LF_GNUTYPE_LONGLINK,
                TarConstants.LF_PAX_EXTENDED_HEADER_LC)) {
            TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", type, true);
            entry.setSize(4L << 30);
            byte[] header = new byte[512];
            entry.writeEntryHeader(header);
            InputStream endless =
                    new SequenceInputStream(new ByteArrayInputStream(header), new Same((byte) '9', 1L << 30));
            assertThatThrownBy(() -> new TarToTree(bytes -> {}).read(endless, temp.resolve("target")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNoArchiveIsSaid() {
        assertThatThrownBy(() -> new TarToTree(bytes -> {}).read(new Same((byte) 'A', 1 << 20), temp.resolve("target")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void manyLeftOutAreCounted() throws IOException {
        for (int number = 0; number < 5000; number++) {
            file("../" + number, "", 0644);
        }
        assertThat(unpack(temp.resolve("target"))).hasSize(1001).last().isEqualTo("Left out, 4000 more.");
    }

    /** So many times the same byte. */
    private static final class Same extends InputStream {
        private final byte value;
        private long left;

        Same(byte value, long count) {
            this.value = value;
            this.left = count;
        }

        @Override
        public int read() {
            return left-- > 0 ? value : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int count = (int) Math.min(left, length);
            Arrays.fill(buffer, offset, offset + count, value);
            left -= count;
            return count == 0 ? -1 : count;
        }
    }
}
