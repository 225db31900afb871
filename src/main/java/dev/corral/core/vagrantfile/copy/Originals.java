package dev.corral.core.vagrantfile.copy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Tells what a {@link Copier} would copy now without copying it, to be compared with what was copied. */
public final class Originals {
    private static final int PART = 1 << 20;

    private Originals() {}

    /**
     * What the originals hold. Reads all of them, so it blocks; what can't be read is not among it, since nobody could copy it either.
     *
     * @param root Vagrant's root in the sandbox
     * @throws InterruptedException if the thread is interrupted
     */
    public static CopiedFiles of(CopyPlan plan, Path root) throws InterruptedException {
        Map<String, CopiedFiles.Copied> found = new LinkedHashMap<>();
        for (CopyEntry entry : plan.entries()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("comparing was stopped");
            }
            switch (entry.kind()) {
                case FILE -> file(entry, found);
                case LINK ->
                    found.put(
                            CopiedFiles.key(entry.place()),
                            new CopiedFiles.Copied(
                                    0,
                                    null,
                                    linkText(entry.place(), entry.target().orElseThrow(), root)));
                case FOLDER -> {
                    // It has no content of its own.
                }
            }
        }
        String name = plan.originalName().orElse("");
        String own = Objects.requireNonNull(root.getFileName()).toString();
        if (!name.isEmpty() && !name.equals(own)) {
            found.put(CopiedFiles.key(Path.of("..", name)), new CopiedFiles.Copied(0, null, own));
        }
        return new CopiedFiles(found);
    }

    /** The text of a link at a place that leads to another place, as the copy has it. */
    static String linkText(Path place, Path target, Path root) {
        Path folder = Objects.requireNonNull(root.resolve(place).normalize().getParent());
        String text = folder.relativize(root.resolve(target).normalize()).toString();
        return text.isEmpty() ? "." : text;
    }

    private static void file(CopyEntry entry, Map<String, CopiedFiles.Copied> found) {
        Hash hash = new Hash();
        long size = 0;
        try (InputStream in = Files.newInputStream(entry.source(), LinkOption.NOFOLLOW_LINKS)) {
            byte[] part = new byte[PART];
            // One that grows while it is read has no end.
            for (int read = in.read(part); read >= 0 && size <= entry.size(); read = in.read(part)) {
                hash.add(part, read);
                size += read;
            }
        } catch (IOException e) {
            return;
        }
        found.put(CopiedFiles.key(entry.place()), new CopiedFiles.Copied(size, hash.digits(), null));
    }
}
