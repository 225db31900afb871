package dev.corral.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system says of files, asked once a look. */
@Tag("unit")
class FileLookTest {
    @TempDir
    Path temp;

    @Test
    void tellsFilesFoldersAndLinksApart() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "four");
        FileFacts facts = FileFacts.of(file).orElseThrow();
        assertThat(facts.isFile()).isTrue();
        assertThat(facts.isDirectory() || facts.isLink()).isFalse();
        assertThat(facts.size()).isEqualTo(4);
        assertThat(facts.modified()).isEqualTo(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
        assertThat(facts.owned()).isTrue();
        assertThat(facts.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(FileFacts.of(temp).orElseThrow().isDirectory()).isTrue();
        Path link = Files.createSymbolicLink(temp.resolve("link"), file);
        assertThat(FileFacts.of(link)).hasValueSatisfying(known -> {
            assertThat(known.isLink()).isTrue();
            assertThat(known.isFile()).isFalse();
        });
        assertThat(FileFacts.of(temp.resolve("none"))).isEmpty();
        assertThat(FileFacts.of(file.resolve("below"))).isEmpty();
    }

    @Test
    void aLookAsksOnceAndTheNextOneAsksAgain() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "four");
        Path later = temp.resolve("later");
        FileLook look = new FileLook();
        assertThat(look.at(file)).map(FileFacts::size).contains(4L);
        assertThat(look.at(later)).isEmpty();
        Files.writeString(file, "seven..");
        Files.writeString(later, "");
        assertThat(look.at(file)).map(FileFacts::size).contains(4L);
        assertThat(look.at(later)).isEmpty();
        assertThat(new FileLook().at(file)).map(FileFacts::size).contains(7L);
        assertThat(new FileLook().at(later)).isPresent();
    }
}
