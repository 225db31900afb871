package dev.corral.console.vagrantfile;

import dev.corral.console.fx.FxThread;
import dev.corral.core.base.FolderWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices changes in the folders of the open files. Where the system lends no watch, looking at a file again must do. */
final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    private final Optional<FolderWatch> watch;

    /** @param changed told that something has, on the FX thread */
    DiskWatch(Runnable changed) {
        Optional<FolderWatch> lent = Optional.empty();
        try {
            lent = Optional.of(new FolderWatch("open-files", FolderWatch.Of.CONTENTS, change -> FxThread.run(changed)));
        } catch (IOException e) {
            LOG.warn("open files are not watched", e);
        }
        watch = lent;
    }

    /** Watches the folders of these files, and of what they are links to. Blocks. */
    void cover(Collection<Path> files) {
        Set<Path> folders = new HashSet<>();
        files.forEach(file -> folders.addAll(folders(file)));
        watch.ifPresent(folderWatch -> folderWatch.cover(folders));
    }

    /** The folders of which a change may be one of this file. Blocks. */
    private static Set<Path> folders(Path file) {
        Set<Path> folders = new HashSet<>();
        Optional.ofNullable(file.getParent()).ifPresent(folders::add);
        if (Files.isSymbolicLink(file)) {
            try {
                Optional.ofNullable(file.toRealPath().getParent()).ifPresent(folders::add);
            } catch (IOException e) {
                LOG.debug("{} points nowhere", file, e);
            }
        }
        return folders;
    }

    @Override
    public void close() {
        watch.ifPresent(FolderWatch::close);
    }
}
