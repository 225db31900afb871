package dev.corral.core.cleanup;

import java.nio.file.Path;
import java.util.List;

/** Backups of machine indexes, and the way back. */
public interface IndexHistory {

    /** The backups, newest first. */
    List<Path> backups();

    /** Puts the entries of a backup back that are not there; returns how many. */
    int restore(Path backup);
}
