package dev.corral.console.editor.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void draftsAreForTheirUserAndComeBack() throws IOException {
        Path place = folder.resolve("state/drafts");
        Drafts drafts = new Drafts(place);
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).isEmpty();
        drafts.keep(file, "a\n", "mine ä\n");
        drafts.keep(folder.resolve("other"), "", "x");
        assertThat(mode(place)).isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(place)) {
            assertThat(all).hasSize(2).allSatisfy(each -> assertThat(mode(each)).isEqualTo("rw-------"));
        }
        assertThat(new Drafts(place).of(file)).hasValueSatisfying(draft -> {
            assertThat(draft.text()).isEqualTo("mine ä\n");
            assertThat(draft.base()).isEqualTo("a\n");
        });
        assertThat(drafts.files()).containsExactlyInAnyOrder(file, folder.resolve("other"));
        drafts.drop(file);
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).containsExactly(folder.resolve("other"));
    }

    @Test
    void aDamagedDraftIsNone() throws IOException {
        Path place = folder.resolve("drafts");
        Drafts drafts = new Drafts(place);
        drafts.keep(file, "", "x");
        try (Stream<Path> all = Files.list(place)) {
            Files.writeString(all.findFirst().orElseThrow(), "{\"path\":");
        }
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).isEmpty();
        drafts.keep(file, "", "y");
        assertThat(drafts.of(file)).isPresent();
    }
}
