package dev.corral.core.sandbox;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ForeignFiles;
import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the sandbox cache directory, with the original plugin's names and variables. */
public final class CacheDirectory {
    private CacheDirectory() {}

    /**
     * Where new sandboxes go: {@code INSPECT_SANDBOX_CACHE_DIR} or the user's cache directory's
     * {@code inspect-vagrant-sandbox}, and below it {@code INSPECT_SANDBOX_CACHE_SUFFIX} if that is set.
     *
     * @throws ExpectedFailure if a variable holds no usable path
     */
    public static Path of(Environment environment) {
        try {
            Path base = environment
                    .get("INSPECT_SANDBOX_CACHE_DIR")
                    .map(value -> Path.of(value).toAbsolutePath())
                    .orElseGet(() -> environment.userCache().resolve("inspect-vagrant-sandbox"))
                    .normalize();
            String suffix = environment.get("INSPECT_SANDBOX_CACHE_SUFFIX").orElse("");
            Path below = suffix.isEmpty() ? base : base.resolve(suffix).normalize();
            if (!below.startsWith(base)) {
                throw ExpectedFailure.failed(
                        "INSPECT_SANDBOX_CACHE_SUFFIX leads out of the sandbox cache directory.",
                        "Set it to a plain folder name.");
            }
            return below;
        } catch (InvalidPathException e) {
            throw ExpectedFailure.failed(
                    "The sandbox cache directory's name can't be used as a path: " + e.getMessage() + ".",
                    "Correct INSPECT_SANDBOX_CACHE_DIR and INSPECT_SANDBOX_CACHE_SUFFIX. If it has letters that are not "
                            + "English, set LC_ALL=C.UTF-8.",
                    e);
        }
    }

    /**
     * Checks what lies where the directory is to be; changes nothing.
     *
     * @throws ExpectedFailure if it is a link or no directory
     */
    public static void check(Path cache) {
        if (Files.isSymbolicLink(cache)) {
            throw ExpectedFailure.failed(
                    "The sandbox cache directory " + cache + " is a link.",
                    "Name the directory itself in INSPECT_SANDBOX_CACHE_DIR: Corral deletes below it and never follows links.");
        }
        if (Files.exists(cache, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(cache)) {
            throw ExpectedFailure.failed(
                    "The sandbox cache directory " + cache + " is not a directory.",
                    "Move that file away, or name another directory in INSPECT_SANDBOX_CACHE_DIR.");
        }
    }

    /**
     * Makes the directory if needed and checks that sandboxes can be made in it.
     *
     * @throws ExpectedFailure if it is something else, can not be written, or could be written by others
     */
    static void prepare(Path cache) {
        check(cache);
        ForeignFiles.fault(cache).or(() -> ForeignFiles.faultAbove(cache)).ifPresent(fault -> {
            throw fault.failure();
        });
        try {
            Files.createDirectories(cache, SafeFiles.privateDirectory());
        } catch (IOException e) {
            throw unusable(cache, e);
        }
        if (!Files.isWritable(cache)) {
            throw unusable(cache, null);
        }
    }

    public static ExpectedFailure unusable(Path cache, @Nullable IOException cause) {
        if (DiskFull.is(cause)) {
            return DiskFull.failure(cache, cause);
        }
        return ExpectedFailure.failed(
                "The sandbox cache directory " + cache + " can't be written.",
                "Give yourself access to it, or name another in INSPECT_SANDBOX_CACHE_DIR.",
                cause);
    }
}
