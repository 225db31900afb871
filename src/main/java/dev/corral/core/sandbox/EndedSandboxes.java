package dev.corral.core.sandbox;

import dev.corral.core.base.SafeFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the stories of starts that failed and were cleaned up, so that their cause can still be read. */
public final class EndedSandboxes {
    private static final int KEPT = 50;
    /** What the start was made with. */
    public static final String FACTS = "facts.json";

    private EndedSandboxes() {}

    static void keep(SandboxFiles files, Path ended) throws IOException {
        SandboxFiles story = SandboxFiles.inOne(ended.resolve(files.id()));
        Files.createDirectories(story.logs(), SafeFiles.privateDirectory());
        copy(files.manifest(), story.manifest());
        copy(files.journal(), story.journal());
        copy(files.own().resolve(FACTS), story.own().resolve(FACTS));
        copy(
                SandboxVagrantfile.of(files, SandboxStore.manifest(files)),
                SandboxVagrantfile.of(story, Optional.empty()));
        if (Files.isDirectory(files.logs())) {
            try (DirectoryStream<Path> logs = Files.newDirectoryStream(files.logs())) {
                for (Path log : logs) {
                    copy(log, story.logs().resolve(log.getFileName()));
                }
            }
        }
        List<SandboxFiles> all = list(ended);
        for (SandboxFiles old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            SafeFiles.deleteTree(old.directory());
        }
    }

    /**
     * The kept stories, newest first.
     *
     * @throws IOException if they can not be read
     */
    public static List<SandboxFiles> list(Path ended) throws IOException {
        record Dated(SandboxFiles files, long time) {}
        List<Dated> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ended, Files::isDirectory)) {
            for (Path entry : entries) {
                found.add(new Dated(
                        SandboxFiles.inOne(entry),
                        Files.getLastModifiedTime(entry).toMillis()));
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Dated::time).reversed())
                .map(Dated::files)
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from)) {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
