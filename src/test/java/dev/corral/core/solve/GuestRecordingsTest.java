package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that lie in a guest, which may say anything of them. */
@Tag("unit")
class GuestRecordingsTest {
    @TempDir
    private Path home;

    private LocalGuest guest;
    private Path kept;

    @BeforeEach
    void guest() {
        guest = new LocalGuest(home.resolve("services"));
        kept = home.resolve("recordings");
    }

    private List<String> fetch() throws IOException, InterruptedException {
        return GuestRecordings.fetch(guest, Optional.empty(), kept, Duration.ofMinutes(1));
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(Files.createDirectories(guest.sessions()).resolve(name), content);
    }

    @Test
    void whatWasShownComesAndWhatWasTypedStays() throws Exception {
        assertThat(fetch()).isEmpty();
        file("vagrant_20260101_100000.timing", "O 0.1 5\n");
        Path output = file("vagrant_20260101_100000.output", "Script started\nhello\0\nno end");
        file("vagrant_20260101_100000.input", "a password");
        file("notes.txt", "x");
        assertThat(fetch()).containsExactly("vagrant_20260101_100000.timing", "vagrant_20260101_100000.output");
        assertThat(kept.resolve("vagrant_20260101_100000.output")).hasSameBinaryContentAs(output);
        try (Stream<Path> all = Files.list(kept)) {
            assertThat(all).hasSize(2);
        }
        assertThat(fetch()).isEmpty();
        Files.writeString(output, "longer than it was before, by far");
        assertThat(fetch()).containsExactly("vagrant_20260101_100000.output");
        Files.writeString(output, "gone");
        assertThat(fetch()).isEmpty();
        assertThat(kept.resolve("vagrant_20260101_100000.output")).hasContent("longer than it was before, by far");
    }

    @Test
    void linksAndOddNamesAreNotTaken() throws Exception {
        Files.writeString(home.resolve("secret"), "secret");
        file("a b.output", "1");
        file("new\nline.output", "2");
        file("-n.output", "3");
        file("good.output", "4");
        Files.createSymbolicLink(guest.sessions().resolve("link.output"), home.resolve("secret"));
        Files.createDirectory(guest.sessions().resolve("folder.output"));
        assertThat(fetch()).as("one odd name costs no other").containsExactly("good.output");
        assertThat(GuestRecordings.keep(kept, "../x.output", new byte[1])).isFalse();
        assertThat(GuestRecordings.keep(kept, ".hidden.output", new byte[1])).isFalse();
        Files.createSymbolicLink(kept.resolve("l.output"), home.resolve("secret"));
        assertThat(GuestRecordings.keep(kept, "l.output", new byte[100])).isFalse();
        assertThat(home.resolve("secret")).hasContent("secret");
    }

    @Test
    void whatTheGuestSendsIsChecked() {
        for (String sent : List.of(
                "5 a.output\nabc", "-1 a.output\n", "99999999999 a.output\n", "x", "3", "a b\n", "x".repeat(10_000))) {
            assertThatThrownBy(() -> GuestRecordings.files(sent.getBytes(StandardCharsets.UTF_8), false))
                    .as(sent)
                    .isInstanceOf(ExpectedFailure.class);
        }
        assertThat(GuestRecordings.files("3 a.output\nabc9 b.output\nab".getBytes(StandardCharsets.UTF_8), true))
                .containsOnlyKeys("a.output");
    }
}
