package dev.corral.core.inventory.items;

import dev.corral.core.sandbox.SandboxFiles;
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
        sum.add(directory);
        return sum.size();
    }

    /** The size of a sandbox: what Vagrant works with, and what is ours; what can not be read counts as nothing. */
    public static DirectorySize of(SandboxFiles files) {
        Sum sum = new Sum(files.logs());
        files.trees().forEach(sum::add);
        return sum.size();
    }

    private static final class Sum extends SimpleFileVisitor<Path> {
        private final Path folder;
        private long bytes;
        private long logs;

        Sum(Path folder) {
            this.folder = folder;
        }

        void add(Path tree) {
            try {
                Files.walkFileTree(tree, this);
            } catch (IOException e) {
                // Only an estimate: what is being removed at this moment is not there any more.
                return;
            }
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
