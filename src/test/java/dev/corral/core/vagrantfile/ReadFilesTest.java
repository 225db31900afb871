package dev.corral.core.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("unit")
class ReadFilesTest {
    private static final int LARGE = (8 << 20) + 1;

    @TempDir
    private Path folder;

    private Path kernel(int size) throws IOException {
        return Files.write(folder.resolve("vmlinuz"), new byte[size]);
    }

    // What a hypervisor does with a kernel that it boots: the content stays, what the kernel notes of the file does
    // not.
    private static void touch(Path file) throws Exception {
        TimeUnit.MILLISECONDS.sleep(20);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aLargeFileThatGotAnotherModeIsTheSame() throws Exception {
        Path kernel = kernel(LARGE);
        ReadFiles read = ReadFiles.now(kernel);
        touch(kernel);

        assertThat(ReadFiles.now(kernel)).as("the kernel noted it").isNotEqualTo(read);
        assertThat(read.changes()).isEmpty();
        assertThat(read.renewed().changes()).isEmpty();
    }

    @Test
    void aLargeFileWithOtherContentIsNot() throws Exception {
        Path kernel = kernel(LARGE);
        FileTime time = Files.getLastModifiedTime(kernel);
        ReadFiles read = ReadFiles.now(kernel);
        byte[] other = new byte[LARGE];
        other[LARGE - 1] = 1;
        Files.write(kernel, other);
        Files.setLastModifiedTime(kernel, time);

        assertThat(read.changes()).containsExactly(new ReadFiles.Change(kernel.toString(), "has changed"));
    }

    @Test
    void aLargeFileBehindAnotherLinkIsNot() throws Exception {
        Path kernel = kernel(LARGE);
        Path twin = Files.write(folder.resolve("twin"), new byte[LARGE]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), kernel);
        ReadFiles read = ReadFiles.now(link);
        assertThat(read.changes()).isEmpty();
        Files.delete(link);
        Files.createSymbolicLink(link, twin);

        assertThat(read.changes()).hasSize(1);
    }

    @Test
    void aLargeFileThatIsGoneIsSaidToBe() throws Exception {
        Path kernel = kernel(LARGE);
        ReadFiles read = ReadFiles.now(kernel);
        Files.delete(kernel);

        assertThat(read.changes()).containsExactly(new ReadFiles.Change(kernel.toString(), "is gone"));
    }

    @Test
    void whatIsSavedOverALargeFileKeepsItsPlace() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), kernel(LARGE));
        ReadFiles read = ReadFiles.now(link);
        String before = FileState.hash(link);
        Files.writeString(link, "small");

        assertThat(read.saved(link, before, FileState.hash(link)).orElseThrow().changes())
                .isEmpty();
        assertThat(read.allows(link, before)).isTrue();
        assertThat(read.allows(link, FileState.hash(link))).isFalse();
    }

    @Test
    void whatWasWrittenAndPutBackIsNoticed() throws Exception {
        Path small = kernel(3);
        FileTime time = Files.getLastModifiedTime(small);
        Stamps stamps = Stamps.of(List.of(small.toString()));
        assertThat(stamps.changed()).isEmpty();
        TimeUnit.MILLISECONDS.sleep(20);
        Files.write(small, new byte[3]);
        Files.setLastModifiedTime(small, time);

        assertThat(stamps.changed()).containsExactly(small.toString());
    }

    @Test
    void anotherOwnerIsNoOtherContent() throws Exception {
        Path small = kernel(3);
        Stamps before = Stamps.of(List.of(small.toString()));
        String note = before.known().get(small.toString());
        // Only root can give a file away: the note is of a file that was somebody else's.
        Stamps others =
                new Stamps(java.util.Map.of(small.toString(), "4294967000" + note.substring(note.indexOf(' '))));
        touch(small);

        assertThat(before.changed()).containsExactly(small.toString());
        assertThat(others.changed()).isEmpty();
        Files.write(small, new byte[4]);
        assertThat(others.changed()).containsExactly(small.toString());
    }
}
