package dev.corral.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guest writes the stream, and the guest may be hostile. */
@Tag("unit")
@Tag("any_user")
class TarToTreeTest {
    @TempDir
    Path temp;

    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(stream, "UTF-8");

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

    private void folder(String name) throws IOException {
        tar.putArchiveEntry(new TarArchiveEntry(name, true));
        tar.closeArchiveEntry();
    }

    private List<String> unpack(Path root) throws IOException {
        tar.close();
        return new TarToTree(bytes -> {}).read(new ByteArrayInputStream(stream.toByteArray()), root);
    }

    @Test
    void aTreeComesUnderItsNewName() throws IOException {
        folder("./old/");
        folder("./old/sub/");
        file("./old/sub/run", "x", 0104750);
        link("./old/link", "sub/run", TarConstants.LF_SYMLINK);
        link("./old/second", "./old/sub/run", TarConstants.LF_LINK);
        Path root = temp.resolve("new");
        assertThat(unpack(root)).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("sub/run"))))
                .isEqualTo("rwxr-x---");
        assertThat(root.resolve("link")).isSymbolicLink().hasContent("x");
        assertThat(root.resolve("second")).hasContent("x");
    }

    @Test
    void nothingLeavesTheTarget() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "old");
        folder("./top/");
        file("../outside/precious", "evil", 0644);
        file("./top/../../outside/precious", "evil", 0644);
        file("/" + outside.resolve("precious"), "evil", 0644);
        link("./top/away", outside.toString(), TarConstants.LF_SYMLINK);
        link("./top/up", "../outside", TarConstants.LF_SYMLINK);
        file("./top/away/precious", "evil", 0644);
        file("./top/up/precious", "evil", 0644);
        link("./top/hard", outside.resolve("precious").toString(), TarConstants.LF_LINK);
        link("./top/device", "", TarConstants.LF_CHR);
        Path root = temp.resolve("target");
        assertThat(unpack(root)).hasSizeGreaterThanOrEqualTo(6);
        assertThat(outside.resolve("precious")).hasContent("old");
        assertThat(Files.exists(root.resolve("hard"))).isFalse();
        assertThat(Files.isSymbolicLink(root.resolve("away"))).isFalse();
    }

    @Test
    void aLinkThatWasThereIsNotFollowed() throws IOException {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "old");
        Path root = Files.createDirectory(temp.resolve("target"));
        Files.createSymbolicLink(root.resolve("sub"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("precious"));
        folder("./top/");
        folder("./top/sub/");
        file("./top/sub/precious", "evil", 0644);
        file("./top/file", "new", 0644);
        assertThat(unpack(root)).isNotEmpty();
        assertThat(outside.resolve("precious")).hasContent("old");
        assertThat(root.resolve("file")).hasContent("new");
    }
}
