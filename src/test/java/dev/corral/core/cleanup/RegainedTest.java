package dev.corral.core.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a removal gives back, measured in blocks on the disk. */
@Tag("unit")
@Tag("any_user")
class RegainedTest {
    private static final int SIZE = 256 * 1024;

    @TempDir
    Path temp;

    private Path file(String name) throws IOException {
        return Files.write(temp.resolve(name), new byte[SIZE]);
    }

    @Test
    void onlyWhatIsGoneCounts() throws IOException {
        Path gone = file("gone.img");
        Path stays = file("stays.img");
        Regained regained = Regained.measure(List.of(gone.toString(), stays.toString()));
        assertThat(regained.now()).as("nothing is gone yet").isZero();
        Files.delete(gone);
        assertThat(regained.now()).isBetween((long) SIZE, SIZE + 64L * 1024);
        Files.delete(stays);
        assertThat(regained.now()).isBetween(2L * SIZE, 2 * (SIZE + 64L * 1024));
    }

    @Test
    void aTreeCountsWhole() throws IOException {
        Path tree = Files.createDirectory(temp.resolve("sandbox"));
        Path inside = Files.write(tree.resolve("disk"), new byte[SIZE]);
        Regained regained = Regained.measure(List.of(tree.toString()));
        Files.delete(inside);
        assertThat(regained.now()).as("the folder is still there").isZero();
        Files.delete(tree);
        assertThat(regained.now()).isGreaterThanOrEqualTo(SIZE);
    }

    @Test
    void whatIsNoFileOfThisMachineIsNotMeasured() {
        assertThat(Regained.measure(List.of("", "relative/disk.img", "rbd:pool/disk", "/with\0nul"))
                        .now())
                .isZero();
        assertThat(Regained.measure(List.of()).now()).isZero();
    }

    @Test
    void whatWasNeverThereGivesNothingBack() {
        assertThat(Regained.measure(List.of(temp.resolve("never").toString())).now())
                .isZero();
    }
}
