package dev.corral.console.editor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of texts that were not saved. */
@Tag("unit")
class DraftsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("file"), "a\nb\nc\n");
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void draftsAreForTheirUserAndComeBack() throws IOException {
        Path place = folder.resolve("state/drafts");
        Drafts drafts = new Drafts(place);
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).isEmpty();
        drafts.keep(drafts.free(file), "a\n", "mine ä\n");
        drafts.keep(drafts.free(folder.resolve("other")), "", "x");
        assertThat(mode(place)).isEqualTo("rwx------");
        try (Stream<Path> all = Files.list(place)) {
            assertThat(all).hasSize(2).allSatisfy(each -> assertThat(mode(each)).isEqualTo("rw-------"));
        }
        assertThat(new Drafts(place).of(file)).singleElement().satisfies(kept -> {
            assertThat(kept.draft().text()).isEqualTo("mine ä\n");
            assertThat(kept.draft().base()).isEqualTo("a\n");
        });
        assertThat(drafts.files()).containsExactlyInAnyOrder(file, folder.resolve("other"));
        drafts.drop(drafts.of(file).getFirst().slot());
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).containsExactly(folder.resolve("other"));
    }

    @Test
    void aDamagedDraftIsNone() throws IOException {
        Path place = folder.resolve("drafts");
        Drafts drafts = new Drafts(place);
        drafts.keep(drafts.free(file), "", "x");
        try (Stream<Path> all = Files.list(place)) {
            Files.writeString(all.findFirst().orElseThrow(), "{\"path\":");
        }
        assertThat(drafts.of(file)).isEmpty();
        assertThat(drafts.files()).isEmpty();
        drafts.keep(drafts.free(file), "", "y");
        assertThat(drafts.of(file)).hasSize(1);
    }

    @Test
    void severalDraftsOfOneFileLieBesideEachOther() throws IOException {
        Drafts drafts = new Drafts(folder.resolve("drafts"));
        drafts.keep(drafts.free(file), "", "old");
        drafts.keep(drafts.free(file), "", "new");
        assertThat(drafts.of(file)).extracting(kept -> kept.draft().text()).containsExactly("new", "old");
        assertThat(drafts.files()).containsExactly(file);
        drafts.drop(drafts.of(file).getLast().slot());
        assertThat(drafts.of(file)).extracting(kept -> kept.draft().text()).containsExactly("new");
        drafts.keep(drafts.free(file), "", "newest");
        assertThat(drafts.of(file)).extracting(kept -> kept.draft().text()).containsExactly("newest", "new");
    }

    @Test
    void aDraftIsFoundByEveryWayToItsFolder() throws IOException {
        Drafts drafts = new Drafts(folder.resolve("drafts"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        drafts.keep(drafts.free(link.resolve(file.getFileName())), "", "mine");
        assertThat(drafts.of(file)).hasSize(1);
    }

    @Test
    void aKeptTextIsJoinedWithWhatIsThereByNow() {
        Drafts.Draft draft = new Drafts.Draft("/f", "a\nb\nc\n", "A\nb\nc\n", Instant.now());
        assertThat(Restored.of(draft, "a\nb\nc\n", "a\nb\nc\n", false)).isEqualTo(new Restored("A\nb\nc\n", false, ""));
        assertThat(Restored.of(draft, "a\nb\nC\n", "a\nb\nC\n", false).asked()).isTrue();
        assertThat(Restored.of(draft, "a\nb\nc\n", "a\nb\nC\n", false).text())
                .as("what was typed since")
                .isEqualTo("A\nb\nC\n");
        assertThat(Restored.of(draft, "a\nb\nc\n", "x\nb\nc\n", false))
                .returns("A\nb\nc\n", Restored::text)
                .returns(true, one -> one.note().contains("Undo"));
        assertThat(Restored.of(draft, "", "", true)).isEqualTo(new Restored("A\nb\nc\n", false, ""));
        Drafts.Draft unedited = new Drafts.Draft("/f", "a\n", "a\n", Instant.now());
        assertThat(Restored.of(unedited, "b\n", "b\n", false)).isEqualTo(new Restored("a\n", false, ""));
    }
}
