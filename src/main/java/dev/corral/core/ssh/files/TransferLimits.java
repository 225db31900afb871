package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;

/**
 * How much one transfer may be.
 *
 * @param files files and folders
 * @param bytes bytes
 * @param depth folders within folders
 */
public record TransferLimits(int files, long bytes, int depth) {
    /** For a person who drags a folder. */
    public static final TransferLimits USUAL = new TransferLimits(20_000, 10L << 30, 60);

    ExpectedFailure tooMany() {
        return ExpectedFailure.failed(
                "That is more than " + files + " files and folders.",
                "Pack it into one file first, with tar for instance.");
    }

    /** For what turned out to be larger than was said. */
    ExpectedFailure tooLarge() {
        return ExpectedFailure.failed("That is more than " + FolderFailures.size(bytes) + ".", "Take less at a time.");
    }

    ExpectedFailure tooLarge(long found) {
        return ExpectedFailure.failed(
                "That is more than " + FolderFailures.size(bytes) + ": " + FolderFailures.size(found) + ".",
                "Take less at a time.");
    }
}
