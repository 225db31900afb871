package dev.corral.core.vagrantfile.diff;

import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which files a machine's provisioners use. */
public final class ProvisionerFiles {
    private ProvisionerFiles() {}

    /**
     * The files and folders that one provisioner names, absolute. Looks at the disk.
     */
    public static Set<Path> of(
            Resolution resolution, ResolvedMachine machine, ResolvedMachine.Provisioner provisioner) {
        Set<Path> paths = new LinkedHashSet<>();
        NamedFiles.of(resolution, machine, provisioner).stream()
                .map(NamedFile::file)
                .forEach(paths::add);
        return paths;
    }

    /** Whether a file is one of these or lies in one of them. */
    public static boolean uses(Set<Path> named, Path file) {
        return named.stream().anyMatch(file::startsWith);
    }
}
