package dev.corral.core.ssh.files;

import dev.corral.core.base.ExpectedFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Sends files and folders of this machine into a folder of a guest. Links are followed where they were chosen themselves; within folders
 * they are left out, as is what is no ordinary file or can't be read. What is in the guest already is replaced: whoever calls it has asked.
 * A device, pipe or socket there is left alone.
 */
public final class Upload {
    private final GuestFolders folders;
    private final Progress progress;
    private final TransferLimits limits;
    private final List<String> executables = new ArrayList<>();
    private int count;
    private long bytes;

    private record Item(
            Path path, String name, boolean chosen, boolean folder, long size, boolean executable, List<Item> within) {}

    // What was chosen may be a link.
    private static LinkOption[] how(boolean chosen) {
        return chosen ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    }

    public Upload(GuestFolders folders, Progress progress, TransferLimits limits) {
        this.folders = folders;
        this.progress = progress;
        this.limits = limits;
    }

    /**
     * Sends these. What was sent stays when it fails or is interrupted.
     *
     * @param into where they go
     */
    public void run(List<Path> chosen, String into) throws InterruptedException {
        List<Item> items = new ArrayList<>();
        for (Path path : chosen) {
            item(path, 1).ifPresent(items::add);
        }
        if (bytes > limits.bytes()) {
            throw limits.tooLarge(bytes);
        }
        progress.counted(files(items), bytes);
        send(items, into, there(into));
        folders.makeExecutable(executables);
    }

    private static long files(List<Item> items) {
        return items.stream()
                .mapToLong(item -> item.folder() ? files(item.within()) : 1)
                .sum();
    }

    private Optional<Item> item(Path path, int depth) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while files were counted");
        }
        Path file = path.getFileName();
        String shown = path.toString();
        if (file == null || !GuestPaths.isName(file.toString())) {
            progress.skip(shown, "it has no name");
            return Optional.empty();
        }
        LinkOption[] how = how(depth == 1);
        boolean folder = Files.isDirectory(path, how);
        if (!folder && !Files.isRegularFile(path, how)) {
            progress.skip(shown, Files.isSymbolicLink(path) ? "a link" : "no ordinary file");
            return Optional.empty();
        }
        if (++count > limits.files()) {
            throw limits.tooMany();
        }
        try {
            if (folder) {
                return Optional.of(new Item(path, file.toString(), depth == 1, true, 0, false, within(path, depth)));
            }
            long size = Files.size(path);
            bytes += size;
            return Optional.of(
                    new Item(path, file.toString(), depth == 1, false, size, Files.isExecutable(path), List.of()));
        } catch (IOException | DirectoryIteratorException e) {
            progress.skip(shown, "it can't be read");
            return Optional.empty();
        }
    }

    private List<Item> within(Path folder, int depth) throws IOException, InterruptedException {
        if (depth > limits.depth()) {
            progress.skip(folder.toString(), "too deep");
            return List.of();
        }
        progress.counting(count, folder.toString());
        List<Item> items = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                item(child, depth + 1).ifPresent(items::add);
            }
        }
        return List.copyOf(items);
    }

    private Map<String, GuestEntry> there(String folder) throws InterruptedException {
        Map<String, GuestEntry> there = new HashMap<>();
        folders.list(folder).entries().forEach(entry -> there.put(entry.name(), entry));
        return there;
    }

    private void send(List<Item> items, String into, Map<String, GuestEntry> there) throws InterruptedException {
        for (Item item : items) {
            String path = GuestPaths.child(into, item.name());
            GuestEntry before = there.get(item.name());
            if (before != null && (item.folder() ? !before.folder() : !before.ordinary() && !broken(before))) {
                progress.skip(path, "a " + before.leadsTo().word() + " is there");
            } else if (item.folder()) {
                boolean made = folders.makeFolder(path);
                send(item.within(), path, made ? Map.of() : there(path));
            } else {
                send(item, path);
            }
        }
    }

    // A broken link says where the file belongs.
    private static boolean broken(GuestEntry entry) {
        return entry.kind() == EntryKind.LINK && entry.leadsTo() == EntryKind.OTHER;
    }

    private void send(Item item, String path) throws InterruptedException {
        progress.begin(item.path().toString());
        LinkOption[] how = how(item.chosen());
        // It may be something else than when it was counted: a pipe would be waited for without an end.
        if (!Files.isRegularFile(item.path(), how)) {
            progress.skip(item.path().toString(), "no ordinary file any more");
            return;
        }
        try (InputStream contents =
                new Counted(Files.newInputStream(item.path(), how), item.size(), progress::passed)) {
            folders.write(path, contents, item.size());
            if (item.executable()) {
                executables.add(path);
            }
            progress.done();
        } catch (IOException e) {
            progress.skip(item.path().toString(), "it can't be read");
        } catch (ExpectedFailure e) {
            // A full disk of the guest is full for the next file as well.
            if (e.kind() == ExpectedFailure.Kind.UNAVAILABLE
                    || e.kind() == ExpectedFailure.Kind.USER_UNSUPPORTED
                    || e.getMessage().startsWith("The guest's disk is full")) {
                throw e;
            }
            progress.skip(item.path().toString(), e.getMessage());
        }
    }

    // No more than was counted: a log may grow meanwhile.
    private static final class Counted extends FilterInputStream {
        private final LongConsumer passed;
        private long left;

        Counted(InputStream in, long length, LongConsumer passed) {
            super(in);
            this.left = length;
            this.passed = passed;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = super.read(to, offset, (int) Math.min(length, left));
            if (read > 0) {
                left -= read;
                passed.accept(read);
            }
            return read;
        }
    }
}
