package dev.corral.core.vagrantfile.check;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The boxes that are here, by Vagrant's own folder of them. */
public final class InstalledBoxes {
    private static final int MOST = 10_000;

    private InstalledBoxes() {}

    /**
     * Their names, sorted; none where Vagrant keeps no boxes. Reads one folder.
     *
     * @param home Vagrant's home directory
     */
    public static List<String> names(Path home) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home.resolve("boxes"), Files::isDirectory)) {
            for (Path folder : folders) {
                found.add(folder.getFileName()
                        .toString()
                        .replace("-VAGRANTSLASH-", "/")
                        .replace("-VAGRANTCOLON-", ":"));
                if (found.size() >= MOST) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Where there is no such folder there are no boxes.
            return List.of();
        }
        return found.stream().sorted().toList();
    }
}
