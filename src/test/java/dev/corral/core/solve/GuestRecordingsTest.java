package dev.corral.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
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

    private BroughtRecordings brought() throws IOException, InterruptedException {
        return GuestRecordings.fetch(guest, Optional.empty(), kept, Duration.ofMinutes(1));
    }

    private List<String> fetch() throws IOException, InterruptedException {
        BroughtRecordings brought = brought();
        assertThat(brought.whole()).isTrue();
        return brought.names();
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
            assertThatThrownBy(() -> GuestRecordings.sent(sent.getBytes(StandardCharsets.UTF_8), false))
                    .as(sent)
                    .isInstanceOf(ExpectedFailure.class);
        }
        GuestRecordings.Sent cut =
                GuestRecordings.sent("3 a.output\nabc9 b.output\nab".getBytes(StandardCharsets.UTF_8), true);
        assertThat(cut.files()).containsOnlyKeys("a.output");
        assertThat(cut.whole()).isFalse();
        GuestRecordings.Sent part =
                GuestRecordings.sent("3+ a.output\nabc1 b.output\na".getBytes(StandardCharsets.UTF_8), false);
        assertThat(part.files()).containsOnlyKeys("a.output", "b.output");
        assertThat(part.whole()).isFalse();
    }

    @Test
    void whatIsMoreThanIsTakenIsNotToldAsAllOfIt() throws Exception {
        for (int i = 0; i < 100; i++) {
            file("me_" + (100 + i) + ".output", "x");
        }
        assertThat(brought()).satisfies(all -> {
            assertThat(all.names()).hasSize(100);
            assertThat(all.whole()).isTrue();
        });
        file("me_200.output", "x");
        assertThat(brought().whole()).as("one more than are taken").isFalse();
    }

    @Test
    void oneThatIsLongerThanIsTakenComesAsFarAsThat() throws Exception {
        Path huge = file("me_1.output", "");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(8 << 20);
        }
        assertThat(brought().whole()).isTrue();
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength((8 << 20) + 1);
        }
        assertThat(brought().whole()).isFalse();
        assertThat(kept.resolve("me_1.output")).hasSize(8 << 20);
    }
}
