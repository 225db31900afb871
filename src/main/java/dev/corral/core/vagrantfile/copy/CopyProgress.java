package dev.corral.core.vagrantfile.copy;

/** Follows a copy. Called by the copying thread, after each file and each MiB. */
@FunctionalInterface
public interface CopyProgress {
    /** Nobody follows. */
    CopyProgress NONE = (files, allFiles, bytes, allBytes) -> {};

    /**
     * How far it is.
     *
     * @param files    files and links that are done
     * @param allFiles all of them
     * @param bytes    bytes that are done
     * @param allBytes all of them, as they were planned
     */
    void at(int files, int allFiles, long bytes, long allBytes);
}
