package dev.corral.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A PATH with all programs of this machine but those that ask hypervisors: what tests clean up must not be the machine's own. */
final class OwnPath implements AutoCloseable {
    private static final Set<String> LEFT_OUT = Set.of("virsh", "VBoxManage", "docker", "vboxmanage");
    private final Path folder;

    OwnPath(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(directory))) {
                try (DirectoryStream<Path> programs = Files.newDirectoryStream(Path.of(directory))) {
                    for (Path program : programs) {
                        Path link = folder.resolve(program.getFileName().toString());
                        if (!LEFT_OUT.contains(link.getFileName().toString())
                                && Files.isExecutable(program)
                                && Files.notExists(link)) {
                            Files.createSymbolicLink(link, program.toAbsolutePath());
                        }
                    }
                }
            }
        }
    }

    /** Adds a program, a shell script. */
    void add(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Takes the links away: left to the tests' own clean-up, each would be warned about. */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> links = Files.newDirectoryStream(folder)) {
            for (Path link : links) {
                Files.delete(link);
            }
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
