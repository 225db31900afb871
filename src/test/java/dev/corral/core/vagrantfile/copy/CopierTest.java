package dev.corral.core.vagrantfile.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.vagrantfile.copy.CopiedFiles.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan that is carried out, what may go wrong meanwhile, and what is found to be different later. */
@Tag("unit")
@Tag("any_user")
class CopierTest {
    @TempDir
    private Path root;

    private Project project;
    private Path sandbox;

    @BeforeEach
    void project() throws IOException {
        project = new Project(root);
        sandbox = Files.createDirectories(project.cache().resolve("0a1b2c3d"));
    }

    private Copier.Result copy(CopyPlan plan) throws IOException, InterruptedException {
        return Copier.copy(plan, sandbox, plan.root(sandbox), CopyProgress.NONE);
    }

    @Test
    void contentTimesAndOwnersPermissionsAreKept() throws Exception {
        Path script = project.file("scripts/setup.sh", "echo 1\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path data = project.file("scripts/data", "x");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("r--r--r--"));
        FileTime time = FileTime.fromMillis(1_700_000_000_000L);
        Files.setLastModifiedTime(script, time);
        Files.setLastModifiedTime(project.folder.resolve("scripts"), time);
        copy(project.uploads("scripts").plan());
        Path copied = sandbox.resolve("scripts/setup.sh");
        assertThat(copied).hasContent("echo 1\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copied)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.resolve("scripts/data"))))
                .isEqualTo("r--------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.resolve("scripts"))))
                .isEqualTo("rwx------");
        assertThat(Files.getLastModifiedTime(copied)).isEqualTo(time);
        assertThat(Files.getLastModifiedTime(sandbox.resolve("scripts"))).isEqualTo(time);
    }

    @Test
    void everythingIsFoundFromTheRootByTheSamePath() throws Exception {
        project.file("../../config/settings.yml", "settings");
        project.file("../tools/helper.rb", "helper");
        project.file("lib/x.rb", "x");
        project.link("now", "lib");
        project.link("../tools/back", "../here/lib");
        CopyPlan plan = project.reads(
                        "../../config/settings.yml", "../tools/helper.rb", "now/x.rb", "../tools/back/x.rb")
                .plan();
        copy(plan);
        Path vagrants = plan.root(sandbox);
        assertThat(vagrants).isEqualTo(sandbox.resolve("labs/0a1b2c3d"));
        for (String path : List.of(
                "Vagrantfile",
                "../../config/settings.yml",
                "../tools/helper.rb",
                "now/x.rb",
                "../tools/back/x.rb",
                "../here/lib/x.rb",
                "../../labs/here/now/x.rb")) {
            assertThat(vagrants.resolve(path)).hasSameBinaryContentAs(project.folder.resolve(path));
        }
        assertThat(Files.readSymbolicLink(vagrants.resolve("now"))).isEqualTo(Path.of("lib"));
        assertThat(Files.readSymbolicLink(vagrants.resolve("../here"))).isEqualTo(Path.of("0a1b2c3d"));
        assertThat(vagrants.resolve("../../absent")).doesNotExist();
    }

    @Test
    void aFileHasBytesOfItsOwn() throws Exception {
        Path script = project.file("setup.sh", "1");
        copy(project.script("setup.sh").plan());
        Files.writeString(sandbox.resolve("setup.sh"), "2");
        assertThat(script).hasContent("1");
        assertThat(Files.getAttribute(script, "unix:nlink")).isEqualTo(1);
    }

    @Test
    void progressIsTold() throws Exception {
        project.large("data", 3 << 20);
        project.file("a", "1");
        List<String> told = new ArrayList<>();
        CopyPlan plan = project.reads("data", "a").plan();
        Copier.copy(
                plan,
                sandbox,
                sandbox,
                (files, allFiles, bytes, allBytes) -> told.add(files + "/" + allFiles + " " + bytes));
        assertThat(plan.files()).isEqualTo(3);
        assertThat(told).endsWith("3/3 " + plan.bytes()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void aFileThatVanishesIsSaid() throws Exception {
        Path gone = project.file("gone", "1");
        project.file("stays", "1");
        CopyPlan plan = project.reads("gone", "stays").plan();
        Files.delete(gone);
        Copier.Result result = copy(plan);
        assertThat(result.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(gone + " vanished before it was copied.");
        assertThat(result.files().files()).containsOnlyKeys("Vagrantfile", "stays");
    }

    @Test
    void aFileThatBecomesALinkOrPipeIsNotFollowed() throws Exception {
        Path link = project.file("link", "1");
        Path pipe = project.file("pipe", "1");
        CopyPlan plan = project.reads("link", "pipe").plan();
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("/etc/passwd"));
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Copier.Result result = copy(plan);
        assertThat(result.notes())
                .extracting(CopyNote::kind)
                .containsExactly(CopyNote.Kind.CHANGED, CopyNote.Kind.CHANGED);
        assertThat(result.files().files()).containsOnlyKeys("Vagrantfile");
    }

    @Test
    void aFileThatWasEditedSinceIsCopiedAsItIs() throws Exception {
        Path file = project.file("edited", "1");
        CopyPlan plan = project.reads("edited").plan();
        Files.writeString(file, "longer");
        assertThat(copy(plan).notes()).isEmpty();
        assertThat(sandbox.resolve("edited")).hasContent("longer");
    }

    @Test
    void aFileThatGrowsIsBounded() throws Exception {
        Path file = project.file("log", "1");
        CopyPlan plan = project.reads("log").plan();
        project.large("log", 40L << 20);
        Copier.Result result = copy(plan);
        assertThat(Files.size(sandbox.resolve("log"))).isEqualTo((16L << 20) + 1);
        assertThat(result.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(file + " changed while it was copied: the copy has its first 16,777,217 bytes.");
    }

    @Test
    void aFileThatChangesMeanwhileIsSaid() throws Exception {
        Path file = project.large("data", 4L << 20);
        CopyPlan plan = project.reads("data").plan();
        Copier.Result result = Copier.copy(plan, sandbox, sandbox, (files, allFiles, bytes, allBytes) -> {
            if (bytes >= 2 << 20) {
                append(file);
            }
        });
        assertThat(result.notes()).extracting(CopyNote::path).containsExactly(file);
        assertThat(Files.size(sandbox.resolve("data"))).isEqualTo(4L << 20);
    }

    @Test
    void aFileThatCanNotBeReadIsSaid() throws Exception {
        // The system lets nobody read this one, not even root.
        Path closed = Path.of("/proc/sys/vm/compact_memory");
        CopyPlan plan = new CopyPlan(
                Path.of("Vagrantfile"),
                List.of(
                        CopyEntry.file(closed, Path.of("closed"), 5),
                        CopyEntry.file(project.vagrantfile(), Path.of("Vagrantfile"), 18)),
                List.of(),
                0,
                List.of(),
                Optional.empty());
        Copier.Result result = copy(plan);
        assertThat(result.notes())
                .extracting(CopyNote::sentence)
                .containsExactly(closed + " can't be read, and was not copied.");
        assertThat(sandbox.resolve("closed")).doesNotExist();
        assertThat(sandbox.resolve("Vagrantfile")).exists();
    }

    private static void append(Path file) {
        try {
            Files.writeString(file, "more", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void linksInTheWayAreNotFollowed() throws Exception {
        project.file("lib/x.rb", "new");
        Path outside = Files.createDirectories(root.resolve("outside"));
        CopyPlan plan = project.reads("lib/x.rb").plan();
        Files.createSymbolicLink(sandbox.resolve("Vagrantfile"), outside.resolve("Vagrantfile"));
        copy(plan);
        assertThat(outside).isEmptyDirectory();
        assertThat(Files.isRegularFile(sandbox.resolve("Vagrantfile"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        Files.delete(sandbox.resolve("lib/x.rb"));
        Files.delete(sandbox.resolve("lib"));
        Files.createSymbolicLink(sandbox.resolve("lib"), outside);
        assertThatThrownBy(() -> copy(plan)).isInstanceOf(IOException.class).hasMessageContaining("lib");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenOutsideOfTheSandbox() throws Exception {
        project.file("../x", "1");
        CopyPlan plan = project.reads("../x").plan();
        assertThatThrownBy(() -> Copier.copy(plan, sandbox, sandbox, CopyProgress.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Copier.copy(plan, sandbox, sandbox.resolveSibling("other/x"), CopyProgress.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(project.cache()).isDirectoryNotContaining("glob:**/x");
    }

    @Test
    void aNeighbourOfTheSandboxesNameIsNotMixedWithIt() throws Exception {
        project.file("../0a1b2c3d/Vagrantfile", "another");
        CopyPlan plan = project.reads("../0a1b2c3d/Vagrantfile").plan();
        assertThatThrownBy(() -> copy(plan)).isInstanceOf(IOException.class).hasMessageContaining("0a1b2c3d");
    }

    @Test
    void anInterruptEndsCopying() throws Exception {
        project.large("data", 4L << 20);
        CopyPlan plan = project.reads("data").plan();
        assertThatThrownBy(() ->
                        Copier.copy(plan, sandbox, sandbox, (files, allFiles, bytes, allBytes) -> Thread.currentThread()
                                .interrupt()))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void differencesAreFoundLater() throws Exception {
        project.file("a.rb", "1");
        project.file("b.rb", "22");
        project.file("lib/c.rb", "1");
        project.file("pipe", "1");
        project.file("same.rb", "1");
        project.link("now", "lib");
        project.file("../up.rb", "1");
        CopyPlan plan = project.reads("a.rb", "b.rb", "now/c.rb", "pipe", "same.rb", "../up.rb")
                .plan();
        CopiedFiles copied = copy(plan).files();
        Path vagrants = plan.root(sandbox);
        Path stored = root.resolve("copied.json");
        copied.write(stored);
        CopiedFiles read = CopiedFiles.read(stored);
        assertThat(read).isEqualTo(copied);
        assertThat(read.changed(vagrants)).isEmpty();
        assertThat(read.files().get("b.rb").sha256())
                .isEqualTo("785f3ec7eb32f30b90cd0fcf3657d388b5ff4297f2f9716ff66e9b69c05ddd09");
        Files.writeString(vagrants.resolve("added"), "1");
        Files.writeString(vagrants.resolve("a.rb"), "2");
        Files.writeString(vagrants.resolve("b.rb"), "longer");
        Files.delete(vagrants.resolve("pipe"));
        assertThat(new ProcessBuilder("mkfifo", vagrants.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.delete(vagrants.resolve("../up.rb"));
        assertThat(read.changed(vagrants))
                .containsExactly(
                        new Change("../up.rb", true),
                        new Change("a.rb", false),
                        new Change("b.rb", false),
                        new Change("pipe", false));
    }

    @Test
    void aLinkInThePlaceOfAFolderIsADifference() throws Exception {
        project.file("lib/c.rb", "1");
        project.link("now", "lib");
        CopiedFiles copied = copy(project.reads("now/c.rb").plan()).files();
        Files.move(sandbox.resolve("lib"), root.resolve("elsewhere"));
        Files.createSymbolicLink(sandbox.resolve("lib"), root.resolve("elsewhere"));
        assertThat(copied.changed(sandbox)).containsExactly(new Change("lib/c.rb", false));
        Files.delete(sandbox.resolve("now"));
        Files.createSymbolicLink(sandbox.resolve("now"), root);
        assertThat(copied.changed(sandbox)).extracting(Change::place).containsExactly("lib/c.rb", "now");
    }

    @Test
    void namesThatAreNoTextAreKeptApart() throws Exception {
        // A name in another encoding, which only the system's own bytes can give.
        project.makeFolder("odd");
        assertThat(new ProcessBuilder(
                                "sh",
                                "-c",
                                "printf 1 >\"$(printf 'm\\374ll')\"; printf 2 >\"$(printf 'm\\366ll')\"; printf 3 >uri:x")
                        .directory(project.folder.resolve("odd").toFile())
                        .start()
                        .waitFor())
                .isZero();
        CopiedFiles copied = copy(project.shares("odd").plan()).files();
        assertThat(copied.files()).hasSize(4).containsKey("odd/uri:x");
        Path stored = root.resolve("copied.json");
        copied.write(stored);
        assertThat(CopiedFiles.read(stored).changed(sandbox)).isEmpty();
        try (Stream<Path> files = Files.list(sandbox.resolve("odd"))) {
            for (Path file : files.toList()) {
                Files.writeString(file, "9");
            }
        }
        assertThat(CopiedFiles.read(stored).changed(sandbox)).hasSize(3);
    }

    @Test
    void aStoredListThatMakesNoSenseIsRefused() throws Exception {
        Path stored = root.resolve("copied.json");
        assertThatThrownBy(() -> CopiedFiles.read(stored)).isInstanceOf(NoSuchFileException.class);
        for (String text : List.of("null", "[]", "x", "")) {
            Files.writeString(stored, text, StandardCharsets.UTF_8);
            assertThatThrownBy(() -> CopiedFiles.read(stored)).as(text).isInstanceOf(IOException.class);
        }
        CopiedFiles odd = new CopiedFiles(
                Map.of("a\0b", new CopiedFiles.Copied(1, "x", null), "uri:%zz", new CopiedFiles.Copied(1, "x", null)));
        assertThat(odd.changed(sandbox)).hasSize(2);
    }
}
