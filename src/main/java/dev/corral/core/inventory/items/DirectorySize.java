package dev.corral.core.inventory.items;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What the files of a directory take on disk, in whole blocks; links are counted and not followed.
 *
 * @param bytes bytes of the whole tree
 * @param logs  bytes of what lies in its folder {@code logs}
 */
public record DirectorySize(long bytes, long logs) {
    private static final long BLOCK = 4096;

    /** The size of a tree; what can not be read counts as nothing. */
    public static DirectorySize of(Path directory) {
        Sum sum = new Sum(directory.resolve("logs"));
        try {
            Files.walkFileTree(directory, sum);
        } catch (IOException e) {
            // Only an estimate: what is being removed at this moment is not there any more.
            return sum.size();
        }
        return sum.size();
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final Path folder;
        private long bytes;
        private long logs;

        Sum(Path folder) {
            this.folder = folder;
        }

        DirectorySize size() {
            return new DirectorySize(bytes, logs);
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            bytes += BLOCK;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                long blocks = (attributes.size() + BLOCK - 1) / BLOCK * BLOCK;
                bytes += blocks;
                logs += folder.equals(file.getParent()) ? blocks : 0;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
