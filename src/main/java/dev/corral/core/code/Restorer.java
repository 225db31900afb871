package dev.corral.core.code;

import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/** Puts kept code back. What lies in its place is moved to our folder, whatever it is. */
final class Restorer {
    private final SandboxFiles files;
    private final KeptCode kept;
    private final Mover mover;
    private final Path aside;
    private int number;

    Restorer(SandboxFiles files, KeptCode kept) throws IOException {
        this.files = files;
        this.kept = kept;
        this.mover = new Mover(files);
        this.aside = setAside(files);
    }

    /** A new folder for what is in the way. */
    static Path setAside(SandboxFiles files) throws IOException {
        Files.createDirectories(files.own().resolve("set-aside"), SafeFiles.privateDirectory());
        return Files.createTempDirectory(files.own().resolve("set-aside"), "", SafeFiles.privateDirectory());
    }

    /** Where that lies which was in the way. */
    Path aside() {
        return aside;
    }

    void restore(List<KeptCode.Change> changes) throws IOException {
        for (KeptCode.Change change : changes) {
            Path target = mover.target(change.added() ? Path.of(change.place()) : CopiedFiles.place(change.place()));
            if (change.added()) {
                mover.takeAway(target, away(target));
            } else {
                putBack(change.place(), target);
            }
        }
    }

    private Path away(Path target) {
        return aside.resolve(number++ + "-" + target.getFileName());
    }

    private void putBack(String key, Path target) throws IOException {
        CopiedFiles.Copied copied = Objects.requireNonNull(kept.code().files().get(key));
        mover.makeFolders(Objects.requireNonNull(target.getParent()), this::away);
        mover.takeAway(target, away(target));
        Path ready = aside.resolve("ready-" + number++);
        if (copied.link() != null) {
            Files.createSymbolicLink(ready, Path.of(copied.link()));
        } else {
            Files.copy(
                    CodeKeeper.folder(files).resolve(CodeKeeper.name(key)),
                    ready,
                    StandardCopyOption.COPY_ATTRIBUTES,
                    LinkOption.NOFOLLOW_LINKS);
        }
        mover.put(ready, target);
    }
}
