package dev.corral.core.sandbox;

import dev.corral.core.base.FileFacts;
import dev.corral.core.base.FileLook;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxStore.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the sandboxes below a cache directory, of either layout and of the original plugin. Follows no link out of it. */
final class SandboxFinder {
    private final Listing found = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    private final FileLook look;

    private SandboxFinder(FileLook look) {
        this.look = look;
    }

    static Listing look(Path cache, FileLook look) throws IOException {
        SandboxFinder finder = new SandboxFinder(look);
        for (Path directory : finder.inside(cache)) {
            try {
                finder.inside(directory);
            } catch (IOException e) {
                // It was readable a moment ago.
                finder.found.unreadable().add(directory);
            }
        }
        return finder.found;
    }

    // Those of one cache directory; what it returns may hold sandboxes of another suffix.
    private List<Path> inside(Path base) throws IOException {
        // Until its manifest is written there is nothing in it; without both it is what a removal left.
        List<SandboxFiles> apart = directories(base.resolve(SandboxFiles.OURS)).parallelStream()
                .filter(own -> isManifest(look, own))
                .map(own -> apart(base, own))
                .toList();
        found.sandboxes().addAll(apart);
        Set<Path> taken = apart.stream().map(SandboxFiles::folder).collect(Collectors.toSet());
        List<Path> others = new ArrayList<>();
        for (Path directory : directories(base)) {
            if (!taken.contains(directory) && sort(directory)) {
                others.add(directory);
            }
        }
        return others;
    }

    // True for one that may hold sandboxes.
    private boolean sort(Path directory) {
        // Of one that may be listed but not entered, every file would seem to be missing.
        if (!Files.isReadable(directory) || !Files.isExecutable(directory)) {
            found.unreadable().add(directory);
            return false;
        }
        if (isInOne(look, directory)) {
            found.sandboxes().add(SandboxFiles.inOne(directory));
            return false;
        }
        found.others().add(directory);
        return true;
    }

    /** The sandbox whose Vagrant's root this is, if it is one; asks the file system only. */
    static Optional<SandboxFiles> at(Path cache, Path root) {
        if (!root.startsWith(cache) || root.equals(cache)) {
            return Optional.empty();
        }
        FileLook look = new FileLook();
        // The outermost first: what lies deeper a guest may have made.
        Path first = cache.resolve(cache.relativize(root).getName(0));
        for (Path base : List.of(cache, first)) {
            Path own = base.resolve(SandboxFiles.OURS).resolve(root.getFileName());
            if (root.startsWith(base.resolve(root.getFileName())) && isManifest(look, own)) {
                return Optional.of(apart(base, own))
                        .filter(files -> files.directory().equals(root));
            }
        }
        return isInOne(look, root) ? Optional.of(SandboxFiles.inOne(root)) : Optional.empty();
    }

    /** The sandbox of layout 2 with this folder of ours. */
    static SandboxFiles apart(Path base, Path own) {
        Path folder = base.resolve(own.getFileName());
        Path link = own.resolve(SandboxFiles.ROOT);
        // Hardly any has one, and a failure costs more than the question.
        if (link.toFile().exists()) {
            try {
                Path root = own.resolve(Files.readSymbolicLink(link)).normalize();
                if (root.startsWith(folder) && Objects.equals(root.getFileName(), own.getFileName())) {
                    return new SandboxFiles(root, own);
                }
            } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
                // Somebody has put something else there: then the usual place counts.
                return new SandboxFiles(folder, own);
            }
        }
        return new SandboxFiles(folder, own);
    }

    private static boolean isManifest(FileLook look, Path own) {
        return look.at(own.resolve("corral.json")).filter(FileFacts::isFile).isPresent();
    }

    /** Whether a sandbox of layout 1, or one of the original plugin, lies here. */
    private static boolean isInOne(FileLook look, Path directory) {
        return isManifest(look, directory)
                || Files.isRegularFile(directory.resolve("Vagrantfile"))
                // Its Vagrantfile is gone, but what Vagrant noted of its machines is still there.
                || Files.isDirectory(directory.resolve(".vagrant").resolve("machines"), LinkOption.NOFOLLOW_LINKS);
    }

    private List<Path> directories(Path parent) throws IOException {
        return SafeFiles.directories(parent, look).stream()
                .filter(directory -> !directory.getFileName().toString().equals(SandboxStore.OWN))
                .toList();
    }
}
