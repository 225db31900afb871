package dev.corral.core.ssh.files;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How far a transfer has come. Thread-safe. */
public final class Progress {
    private static final int MOST_SKIPPED = 100;

    private final Consumer<Seen> told;
    private final List<String> skipped = new ArrayList<>();
    private int leftOut;
    private long files;
    private long ofFiles;
    private long bytes;
    private long ofBytes;
    private String current = "";

    /**
     * A moment of it.
     *
     * @param files   how many files are there
     * @param ofFiles of how many; 0 while they are being counted
     * @param bytes   how many bytes are there
     * @param ofBytes of how many, as far as can be told beforehand
     * @param current the file under way; untrusted text
     * @param skipped what was left out, and why: at most 100 of them; untrusted text
     * @param leftOut how many were left out in all
     */
    public record Seen(
            long files, long ofFiles, long bytes, long ofBytes, String current, List<String> skipped, int leftOut) {}

    /** @param told told of each change, on the transfer's threads: often */
    public Progress(Consumer<Seen> told) {
        this.told = told;
    }

    /** This moment. */
    public synchronized Seen seen() {
        return new Seen(files, ofFiles, bytes, ofBytes, current, List.copyOf(skipped), leftOut);
    }

    private void tell() {
        told.accept(seen());
    }

    void counting(long filesYet, String folder) {
        synchronized (this) {
            files = filesYet;
            current = folder;
        }
        tell();
    }

    void counted(long allFiles, long allBytes) {
        synchronized (this) {
            files = 0;
            ofFiles = allFiles;
            ofBytes = allBytes;
        }
        tell();
    }

    void begin(String file) {
        synchronized (this) {
            current = file;
        }
        tell();
    }

    void passed(long length) {
        synchronized (this) {
            bytes += length;
        }
        tell();
    }

    void done() {
        synchronized (this) {
            files++;
        }
        tell();
    }

    void skip(String what, String why) {
        synchronized (this) {
            leftOut++;
            if (skipped.size() < MOST_SKIPPED) {
                skipped.add(what + ": " + why);
            }
        }
        tell();
    }
}
