package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files take on disk. */
@Tag("unit")
class DiskUsageTest {
    @TempDir
    Path temp;

    @Test
    void countsBlocksNotLengths() throws IOException {
        Path sparse = temp.resolve("-sparse \n it's");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.write(new byte[4096]);
            file.setLength(1L << 30);
        }
        assertThat(DiskUsage.bytesOf(List.of(sparse))).isBetween(4096L, 1L << 20);
        assertThat(DiskUsage.each(List.of(sparse, temp.resolve("absent")))).containsOnlyKeys(sparse);
        assertThat(DiskUsage.bytesOf(List.of())).isZero();
    }

    @Test
    void followsNoLinkAndCountsAFileOnce() throws IOException {
        Path outside = Files.write(temp.resolve("outside"), new byte[1 << 20]);
        Path tree = Files.createDirectories(temp.resolve("tree/below")).getParent();
        Path file = Files.write(tree.resolve("below/file"), new byte[1 << 16]);
        long before = DiskUsage.bytesOf(List.of(tree));
        assertThat(before).isGreaterThanOrEqualTo(1 << 16);
        Files.createSymbolicLink(tree.resolve("link"), outside);
        Files.createSymbolicLink(tree.resolve("loop"), tree);
        Files.createLink(tree.resolve("again"), file);
        assertThat(DiskUsage.bytesOf(List.of(tree, file, tree.resolve("below"))))
                .isBetween(before, before + 8192);
        assertThat(DiskUsage.each(List.of(tree, file)).get(file)).isGreaterThanOrEqualTo(1 << 16);
        Path link = Files.createSymbolicLink(temp.resolve("to tree"), tree);
        assertThat(DiskUsage.bytesOf(List.of(link))).isLessThan(8192);
    }

    @Test
    void measuresMoreThanOneCommandTakes() throws IOException {
        List<Path> files = IntStream.range(0, 3000)
                .mapToObj(n -> temp.resolve("a-rather-long-name-of-a-file-" + n))
                .toList();
        for (Path file : files) {
            Files.write(file, new byte[10]);
        }
        assertThat(DiskUsage.each(files)).hasSize(3000);
    }

    @Test
    void saysWhetherAFileIsThere() throws IOException {
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), Path.of("/no/such/file"));
        assertThat(DiskUsage.presence(dangling)).isEqualTo(DiskUsage.Presence.THERE);
        assertThat(DiskUsage.presence(temp.resolve("absent"))).isEqualTo(DiskUsage.Presence.GONE);
        assertThat(DiskUsage.presence(temp.resolve("a".repeat(300))))
                .as("no file can have such a name, which the kernel says in another way")
                .isEqualTo(DiskUsage.Presence.UNKNOWN);
    }
}
