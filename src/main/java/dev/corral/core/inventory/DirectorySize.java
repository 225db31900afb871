package dev.corral.core.inventory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** What the files of a directory take on disk, in whole blocks; links are counted and not followed. */
final class DirectorySize {
    private static final long BLOCK = 4096;

    private DirectorySize() {}

    /** Bytes of the whole tree; what can not be read counts as nothing. */
    static long of(Path directory) {
        Sum sum = new Sum();
        try {
            Files.walkFileTree(directory, sum);
        } catch (IOException e) {
            // Only an estimate: what is being removed at this moment is not there any more.
            return sum.bytes;
        }
        return sum.bytes;
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            bytes += BLOCK;
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                bytes += (attributes.size() + BLOCK - 1) / BLOCK * BLOCK;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
