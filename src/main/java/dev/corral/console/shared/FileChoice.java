package dev.corral.console.shared;

import java.nio.file.Path;
import java.util.Optional;

/** Asks a person for files and folders. Each answer is empty if nothing was chosen. For the FX thread. */
public interface FileChoice {

    /**
     * Where a file is to be written; whoever answers has agreed to replace one that is there.
     *
     * @param title what is asked
     * @param name  what it is called unless the person says otherwise
     */
    Optional<Path> save(String title, String name);

    /**
     * A file that is there.
     *
     * @param title  what is asked
     * @param kind   what such files are called
     * @param ending how their names end, for instance {@code *.json}
     */
    Optional<Path> open(String title, String kind, String ending);

    /** A folder that is there. */
    Optional<Path> folder(String title);
}
