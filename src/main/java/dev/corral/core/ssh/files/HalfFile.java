package dev.corral.core.ssh.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.ClosedDirectoryStreamException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that is being written: it goes when that is given up, also when the program ends in the middle of it. */
final class HalfFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HalfFile.class);
    private static final Set<HalfFile> ALL = ConcurrentHashMap.newKeySet();

    private static volatile boolean leaving;

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            leaving = true;
                            ALL.forEach(HalfFile::leave);
                        },
                        "half-files"));
    }

    private final OpenFolder folder;
    private final String name;
    private final OutputStream out;

    private HalfFile(OpenFolder folder, String name, OutputStream out) {
        this.folder = folder;
        this.name = name;
        this.out = out;
    }

    /** Makes it; throws {@link java.nio.file.FileAlreadyExistsException} if something has that name. */
    @SuppressWarnings("StreamResourceLeak") // close() closes it.
    static HalfFile in(OpenFolder folder, String name) throws IOException {
        HalfFile half = new HalfFile(folder, name, folder.file(name));
        ALL.add(half);
        if (leaving) {
            half.close();
            throw new InterruptedIOException("the program ends");
        }
        return half;
    }

    /** Where its contents go. */
    OutputStream out() {
        return out;
    }

    /**
     * It is whole, and gets its name, or that with a number behind it.
     *
     * @return the name that it has
     */
    String whole(String called) throws IOException {
        out.close();
        String has = LocalNames.make(called, free -> {
            folder.rename(name, free);
            return free;
        });
        ALL.remove(this);
        return has;
    }

    private void leave() {
        try {
            folder.delete(name);
        } catch (IOException | ClosedDirectoryStreamException e) {
            // One whose folder is being closed at this moment must not keep the others from being removed.
            LOG.warn("{} is left in {}", name, folder.path(), e);
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (ALL.remove(this)) {
                folder.delete(name);
            }
        }
    }
}
