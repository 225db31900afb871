package dev.corral.core.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;

/**
 * What the file of a manifest holds.
 *
 * @param manifest the manifest; empty if there is none, it is damaged, or this version does not understand it
 * @param newer    whether a newer Corral wrote it: nothing is concluded from it, and nothing done to its sandbox
 */
public record ManifestFile(Optional<Manifest> manifest, boolean newer) {
    private static final ManifestFile NONE = new ManifestFile(Optional.empty(), false);
    private static final ManifestFile NEWER = new ManifestFile(Optional.empty(), true);
    // Who holds the lock of the file reads and writes a few kilobytes.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long STEP_MILLIS = 5;

    /** What runs while nobody else changes the manifest. */
    public interface Work<T> {
        /** Runs; takes no longer than a few reads and writes of files. */
        T run() throws IOException;
    }

    /**
     * Reads it.
     *
     * @throws IOException if it is there but can not be read
     */
    public static ManifestFile read(SandboxFiles files) throws IOException {
        byte[] content;
        try {
            content = OrdinaryFile.read(files.manifest());
        } catch (NoSuchFileException e) {
            return NONE;
        }
        try {
            Manifest manifest = Json.mapper().readValue(content, Manifest.class);
            return manifest == null
                    ? NONE
                    : manifest.schemaVersion() > Manifest.SCHEMA_VERSION
                            ? NEWER
                            : new ManifestFile(Optional.of(manifest), false);
        } catch (IOException e) {
            // Not ours, or damaged: then nothing is known of it, and unknown means keep.
            return saysNewer(content) ? NEWER : NONE;
        }
    }

    // Its other fields may be of other forms than ours, the version itself even larger than our numbers.
    private static boolean saysNewer(byte[] content) {
        try {
            JsonNode version = Json.mapper().readTree(content).path("schema_version");
            return version.isNumber() && version.doubleValue() > Manifest.SCHEMA_VERSION;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * The manifest, for who is about to do something to the sandbox.
     *
     * @throws ExpectedFailure if a newer Corral wrote it
     */
    public Optional<Manifest> known(SandboxFiles files) {
        if (newer) {
            throw ExpectedFailure.failed(
                    "Sandbox " + files.id()
                            + " was made by a newer Corral, whose notes this one does not understand, so it is left alone.",
                    "Use that Corral for it.");
        }
        return manifest;
    }

    /** Runs something while nobody else changes the manifest, in this process or another; waits for as long as that takes. */
    public static <T> T locked(SandboxFiles files, Work<T> work) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<FileGuard> guard;
            try {
                guard = FileGuard.tryTake(files.manifestLock());
            } catch (IOException e) {
                if (!DiskFull.is(e)) {
                    throw e;
                }
                // A destroy is how room is made; nobody can write a manifest meanwhile.
                return work.run();
            }
            if (guard.isPresent()) {
                try (FileGuard held = guard.get()) {
                    return work.run();
                }
            }
            if (System.nanoTime() > end) {
                throw ExpectedFailure.failed(
                                "The manifest of sandbox " + files.id() + " is being changed for too long.",
                                "Look for a Corral that hangs, then try again.")
                        .withKind(ExpectedFailure.Kind.BUSY);
            }
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException)
                        new InterruptedIOException("interrupted before a manifest was changed").initCause(e);
            }
        }
    }
}
