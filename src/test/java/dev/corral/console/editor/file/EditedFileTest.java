package dev.corral.console.editor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class EditedFileTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("Vagrantfile");
        Files.writeString(file, "a\nb\nc\n");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void savingKeepsTheModeAndLeavesNothingBehind() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        EditedFile edited = EditedFile.open(file);
        assertThat(edited.save("new\n")).isInstanceOf(Disk.Same.class);
        assertThat(file).content().isEqualTo("new\n");
        assertThat(mode(file)).isEqualTo("rwxr-x--x");
        assertThat(edited.content().text()).isEqualTo("new\n");
        assertThat(edited.look()).isInstanceOf(Disk.Same.class);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysALinkAndItsTargetIsWritten() throws IOException {
        Path sub = Files.createDirectory(folder.resolve("sub"));
        Path link = Files.createSymbolicLink(sub.resolve("link"), Path.of("../Vagrantfile"));
        EditedFile.open(link).save("new\n");
        assertThat(link).isSymbolicLink();
        assertThat(file).content().isEqualTo("new\n");
        Files.delete(file);
        EditedFile other = EditedFile.open(Files.writeString(folder.resolve("x"), "x"));
        assertThat(other.look()).isInstanceOf(Disk.Same.class);
        // The target has gone: the link says where the text belongs.
        Files.writeString(file, "a");
        EditedFile again = EditedFile.open(link);
        Files.delete(file);
        assertThat(again.look()).isInstanceOf(Disk.Gone.class);
        again.overwrite("back\n");
        assertThat(link).isSymbolicLink();
        assertThat(file).content().isEqualTo("back\n");
    }

    @Test
    void everyNameOfAFileSeesTheNewText() throws IOException {
        Path other = Files.createLink(folder.resolve("other"), file);
        EditedFile.open(file).save("new\n");
        assertThat(other).content().isEqualTo("new\n");
    }

    @Test
    void aChangeOnTheDiskIsNeverOverwritten() throws IOException {
        EditedFile edited = EditedFile.open(file);
        Files.writeString(file, "theirs\n");
        Disk disk = edited.save("mine\n");
        assertThat(disk).isInstanceOf(Disk.Changed.class);
        assertThat(file).content().isEqualTo("theirs\n");
        edited.take((Disk.Changed) disk);
        assertThat(edited.save("mine\n")).isInstanceOf(Disk.Same.class);
        assertThat(file).content().isEqualTo("mine\n");
    }

    @Test
    void aChangeOfTheSameSizeAndTimeIsNoticedWhileTheStampIsYoung() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        EditedFile edited = EditedFile.open(file);
        Files.writeString(file, "x\ny\nz\n");
        Files.setLastModifiedTime(file, time);
        assertThat(edited.look()).isInstanceOf(Disk.Changed.class);
    }

    @Test
    void aTouchIsNoChange() throws IOException {
        EditedFile edited = EditedFile.open(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(edited.look()).isInstanceOf(Disk.Same.class);
    }

    @Test
    void whatHasGoneOrCanNotBeReadIsSaidSo() throws IOException {
        EditedFile edited = EditedFile.open(file);
        Files.delete(file);
        assertThat(edited.look()).isInstanceOf(Disk.Gone.class);
        assertThat(edited.save("x")).isInstanceOf(Disk.Gone.class);
        assertThat(file).doesNotExist();
        Files.createDirectory(file);
        assertThat(edited.look()).isInstanceOf(Disk.Unreadable.class);
        assertThatThrownBy(() -> edited.overwrite("x")).isInstanceOf(ExpectedFailure.class);
        assertThatThrownBy(() -> EditedFile.open(file))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("folder");
        assertThatThrownBy(() -> EditedFile.open(folder.resolve("none"))).hasMessageContaining("no such file");
        Files.delete(file);
        Files.write(file, new byte[] {0, 1});
        assertThat(edited.look()).isInstanceOf(Disk.Unreadable.class);
    }

    @Test
    void largeFilesAndPipesAreNotRead() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[(int) EditedFile.LARGEST + 1]);
        assertThatThrownBy(() -> EditedFile.open(large))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("larger than 2 MiB");
        assertThatThrownBy(() -> EditedFile.open(Path.of("/dev/zero"))).isInstanceOf(ExpectedFailure.class);
    }

    @Test
    void aFileThatNobodyMayWriteStaysAsItIs() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        EditedFile edited = EditedFile.open(file);
        assertThat(edited.obstacle()).contains("This file is read only.");
        assertThatThrownBy(() -> edited.save("x"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("may not write");
        assertThat(file).content().isEqualTo("a\nb\nc\n");
    }

    @Test
    void whatIsNoOrdinaryFileIsNeverWritten() throws IOException {
        EditedFile edited = EditedFile.open(file);
        Files.delete(file);
        Files.createDirectory(file);
        assertThatThrownBy(() -> FileWriter.write(file, new byte[] {1}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no ordinary file");
        assertThatThrownBy(() -> edited.overwrite("x"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("can not be written");
        assertThat(file).isEmptyDirectory();
    }

    @Test
    void answersToTheDiskLoseNothing() {
        String base = "a\nb\nc\nd\ne\n";
        String mine = "a\nB\nc\nd\ne\n";
        assertThat(DiskAnswer.to(base, base, changed("x\n"))).isInstanceOf(DiskAnswer.Reload.class);
        assertThat(DiskAnswer.to(base, mine, changed(mine))).isInstanceOf(DiskAnswer.Reload.class);
        assertThat(DiskAnswer.to(base, mine, changed("a\nb\nc\nd\nE\n")))
                .isInstanceOfSatisfying(DiskAnswer.Merge.class, merge -> assertThat(merge.text())
                        .isEqualTo("a\nB\nc\nd\nE\n"));
        assertThat(DiskAnswer.to(base, mine, changed("a\nX\nc\nd\ne\n"))).isInstanceOf(DiskAnswer.Ask.class);
        assertThat(DiskAnswer.to(base, mine, new Disk.Gone())).isInstanceOf(DiskAnswer.Gone.class);
        assertThat(DiskAnswer.to(base, mine, new Disk.Same())).isInstanceOf(DiskAnswer.Nothing.class);
    }

    private static Disk.Changed changed(String text) {
        return new Disk.Changed(FileText.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)), "hash");
    }

    @Test
    void mergesKnowTheEndOfTheFile() {
        assertThat(ThreeWay.merge("a\nb", "a\nb", "a\nb\n")).isEqualTo(new ThreeWay("a\nb\n", false));
        assertThat(ThreeWay.merge("", "x\n", "").text()).isEqualTo("x\n");
        assertThat(ThreeWay.merge("a\nb\nc\n", "b\nc\n", "a\nb\n")).isEqualTo(new ThreeWay("b\n", false));
        assertThat(ThreeWay.merge("a\n", "", "")).isEqualTo(new ThreeWay("", false));
        assertThat(ThreeWay.merge("a\nb\nc\nd\n", "a\nX\nc\nd\n", "a\nY\nc\nZ\n"))
                .satisfies(merged -> {
                    assertThat(merged.conflicts()).isTrue();
                    assertThat(merged.text()).contains("X").doesNotContain("Y", "<<<");
                });
    }

    @Test
    void differencesShowWhatIsAround() {
        String first = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        assertThat(LineDiff.of(first, first)).isEmpty();
        assertThat(LineDiff.of(first, first.replace("5", "x").replace("9", "y")))
                .extracting(line -> line.side() + " " + line.text())
                .containsExactly(
                        "GAP line 2",
                        "BOTH 2",
                        "BOTH 3",
                        "BOTH 4",
                        "FIRST 5",
                        "SECOND x",
                        "BOTH 6",
                        "BOTH 7",
                        "BOTH 8",
                        "FIRST 9",
                        "SECOND y",
                        "BOTH ");
    }

    @Test
    void oneThatIsNotThereIsMadeBySaving() throws IOException {
        Files.delete(file);
        EditedFile missing = EditedFile.missing(file);
        assertThat(missing.look()).isInstanceOf(Disk.Gone.class);
        missing.overwrite("again\n");
        assertThat(file).hasContent("again");
        assertThat(missing.look()).isInstanceOf(Disk.Same.class);
    }

    private void nothingIsLost(EditedFile edited) {
        assertThat(edited.look()).isInstanceOf(Disk.Unreadable.class);
        assertThat(edited.save("mine")).isInstanceOf(Disk.Unreadable.class);
        assertThat(edited.content().text()).isEqualTo("a\nb\nc\n");
        assertThat(DiskAnswer.to(edited.content().text(), "mine", edited.look()))
                .isInstanceOf(DiskAnswer.Unreadable.class);
    }

    @Test
    void whateverTakesTheFilesPlaceIsNeitherWaitedForNorWritten() throws Exception {
        EditedFile edited = EditedFile.open(file);
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        nothingIsLost(edited);
        Files.delete(file);
        Files.createDirectory(file);
        nothingIsLost(edited);
        Files.delete(file);
        Files.createSymbolicLink(file, file);
        nothingIsLost(edited);
        Files.delete(file);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(50L << 20);
        }
        nothingIsLost(edited);
        assertThat(Files.size(file)).isEqualTo(50L << 20);
        assertThatThrownBy(() -> EditedFile.open(file)).hasMessageContaining("larger than 2 MiB");
    }

    @Test
    void aLinkThatTakesTheFilesPlaceLeadsNoSaveAway() throws IOException {
        Path other = Files.writeString(folder.resolve("somebody's"), "x\n");
        EditedFile edited = EditedFile.open(file);
        Files.delete(file);
        Files.createSymbolicLink(file, other);
        assertThat(edited.save("mine")).isInstanceOf(Disk.Changed.class);
        assertThat(other).content().isEqualTo("x\n");
        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("none"));
        assertThat(edited.save("mine")).isInstanceOf(Disk.Gone.class);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void aFolderThatTakesNoFileIsWrittenInPlaceOrSaidSo() throws IOException {
        EditedFile edited = EditedFile.open(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        assertThatThrownBy(() -> edited.save("mine"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("may not write")
                .extracting(failure -> ((ExpectedFailure) failure).nextStep())
                .asString()
                .contains("Your text is kept");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(edited.save("mine")).isInstanceOf(Disk.Same.class);
        assertThat(file).content().isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nb\r\n",
                "a\r\nb",
                "\uFEFFa\nb\n",
                "\uFEFFa\r\nb",
                "a\nb",
                "",
                "\n",
            })
    void anEditChangesNoByteBeyondItself(String before) throws IOException {
        Files.writeString(file, before);
        EditedFile edited = EditedFile.open(file);
        String text = edited.content().text();
        edited.save("# x\n" + text);
        String end = before.contains("\r\n") ? "\r\n" : "\n";
        String mark = before.startsWith("\uFEFF") ? "\uFEFF" : "";
        assertThat(Files.readString(file)).isEqualTo(mark + "# x" + end + before.substring(mark.length()));
        edited.save(text);
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void aFileInLatin1StaysOne() throws IOException {
        byte[] before = {'#', ' ', (byte) 0xE9, '\n', (byte) 0xFF};
        Files.write(file, before);
        EditedFile edited = EditedFile.open(file);
        edited.save(edited.content().text() + "\u00fc");
        assertThat(Files.readAllBytes(file)).containsExactly('#', ' ', 0xE9, '\n', 0xFF, 0xFC);
        assertThatThrownBy(() -> edited.save("\u20ac"))
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("encoding");
        assertThat(Files.readAllBytes(file)).as("as it was").hasSize(6);
    }

    @Test
    void aFullDiskLeavesTheFileAsItWas() throws Exception {
        Assumptions.assumeTrue(Files.getAttribute(folder, "unix:uid").equals(0), "only root can mount");
        Path small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", small.toString());
        try {
            EditedFile edited = EditedFile.open(Files.writeString(small.resolve("Vagrantfile"), "before"));
            try (var filler = Files.newOutputStream(small.resolve("filler"))) {
                filler.write(new byte[64 * 1024]);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space");
            }
            assertThatThrownBy(() -> edited.save("x".repeat(20_000)))
                    .isInstanceOf(ExpectedFailure.class)
                    .hasMessageContaining("full");
            assertThat(edited.path()).content().isEqualTo("before");
            assertThat(edited.content().text()).isEqualTo("before");
            Files.createLink(small.resolve("another name"), edited.path());
            assertThatThrownBy(() -> edited.save("x".repeat(20_000))).isInstanceOf(ExpectedFailure.class);
            assertThat(edited.path()).as("written in place").content().isEqualTo("before");
            Files.delete(small.resolve("filler"));
            assertThat(edited.save("x".repeat(20_000))).isInstanceOf(Disk.Same.class);
            try (Stream<Path> all = Files.list(small)) {
                assertThat(all).hasSize(2);
            }
        } finally {
            run("umount", small.toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
    }
}
