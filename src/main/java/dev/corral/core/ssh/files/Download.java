package dev.corral.core.ssh.files;

import dev.corral.core.base.DiskFull;
import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Fetches files and folders of a guest into a folder here. Nothing here is overwritten: what is there already keeps its name, and the new
 * one gets a number. Nothing is written outside of that folder either, whoever puts links into it meanwhile. Links are followed where
 * they were chosen themselves and lead to a file; within folders they are left out, as are devices, pipes and sockets, and what can't be
 * read.
 */
public final class Download {
    private static final long ROOM_TO_LEAVE = 256L << 20;

    private final GuestFolders folders;
    private final Path target;
    private final Progress progress;
    private final TransferLimits limits;
    private int count;
    private long bytes;
    private long fetched;

    // Of a folder the files are within; of a file it is empty.
    private record Item(String path, GuestEntry entry, List<Item> within) {
        boolean folder() {
            return entry.kind() == EntryKind.FOLDER;
        }
    }

    /** @param target a folder that exists */
    public Download(GuestFolders folders, Path target, Progress progress, TransferLimits limits) {
        this.folders = folders;
        this.target = target;
        this.progress = progress;
        this.limits = limits;
    }

    /**
     * Fetches these entries of a folder. What was fetched stays when it fails or is interrupted, but for the file under way.
     *
     * @return what they are here
     */
    public List<Path> run(String folder, List<GuestEntry> chosen) throws InterruptedException {
        List<Item> items = new ArrayList<>();
        for (GuestEntry entry : chosen) {
            String path = GuestPaths.child(folder, entry.name());
            if (entry.kind() == EntryKind.FOLDER) {
                count();
                items.add(new Item(path, entry, within(path, 1)));
            } else if (entry.ordinary()) {
                count(entry);
                items.add(new Item(path, entry, List.of()));
            } else {
                skip(path, entry);
            }
        }
        progress.counted(files(items), bytes);
        List<Path> made = new ArrayList<>();
        try (OpenFolder into = OpenFolder.of(target)) {
            if (bytes > limits.bytes()) {
                throw limits.tooLarge(bytes);
            }
            if (bytes > into.room() - ROOM_TO_LEAVE) {
                throw DiskFull.failure(target, null);
            }
            for (Item item : items) {
                made.addAll(fetch(item, into));
            }
        } catch (IOException e) {
            throw DiskFull.is(e)
                    ? DiskFull.failure(target, e)
                    : ExpectedFailure.failed(
                            "It can not be written here: " + FolderFailures.shown(String.valueOf(e.getMessage())),
                            "Choose a folder that you may write to.",
                            e);
        }
        return List.copyOf(made);
    }

    private static long files(List<Item> items) {
        return items.stream()
                .mapToLong(item -> item.folder() ? files(item.within()) : 1)
                .sum();
    }

    private void count() {
        if (++count > limits.files()) {
            throw limits.tooMany();
        }
    }

    private void count(GuestEntry entry) {
        count();
        bytes = entry.kind() == EntryKind.FILE ? sum(bytes, entry.size()) : bytes;
    }

    // A guest tells any size.
    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    private void skip(String path, GuestEntry entry) {
        progress.skip(
                path,
                entry.kind() == EntryKind.LINK
                        ? "a link to "
                                + (entry.leadsTo() == EntryKind.FOLDER
                                        ? "a folder"
                                        : entry.leadsTo().word())
                        : "a " + entry.kind().word());
    }

    private List<Item> within(String path, int depth) throws InterruptedException {
        if (depth > limits.depth()) {
            progress.skip(path, "too deep");
            return List.of();
        }
        progress.counting(count, path);
        GuestListing listing;
        try {
            listing = folders.list(path);
        } catch (ExpectedFailure e) {
            throwIfLost(e);
            progress.skip(path, e.getMessage());
            return List.of();
        }
        if (listing.cut()) {
            throw limits.tooMany();
        }
        List<Item> items = new ArrayList<>();
        for (GuestEntry entry : listing.entries()) {
            String child = GuestPaths.child(path, entry.name());
            if (entry.kind() == EntryKind.FOLDER) {
                count();
                items.add(new Item(child, entry, within(child, depth + 1)));
            } else if (entry.kind() == EntryKind.FILE) {
                count(entry);
                items.add(new Item(child, entry, List.of()));
            } else if (entry.kind() == EntryKind.LINK) {
                progress.skip(child, "a link");
            } else {
                skip(child, entry);
            }
        }
        return List.copyOf(items);
    }

    // What concerns one file leaves the others alone; a guest that is away does not.
    private static void throwIfLost(ExpectedFailure e) {
        if (e.kind() == ExpectedFailure.Kind.UNAVAILABLE || e.kind() == ExpectedFailure.Kind.USER_UNSUPPORTED) {
            throw e;
        }
    }

    private List<Path> fetch(Item item, OpenFolder into) throws IOException, InterruptedException {
        if (item.folder()) {
            try (OpenFolder folder = LocalNames.make(item.entry().name(), into::folder)) {
                for (Item within : item.within()) {
                    fetch(within, folder);
                }
                return List.of(folder.path());
            }
        }
        progress.begin(item.path());
        long left = limits.bytes() - fetched;
        long room = Math.max(0, into.room() - ROOM_TO_LEAVE);
        long most = Math.min(left, room);
        try (HalfFile part = LocalNames.make(item.entry().name() + ".part", name -> HalfFile.in(into, name))) {
            // A file may have grown since it was listed, or told no size.
            folders.read(item.path(), most, part.out(), this::passed);
            Path made = into.path().resolve(part.whole(item.entry().name()));
            progress.done();
            return List.of(made);
        } catch (ExpectedFailure e) {
            throwIfLost(e);
            if (DiskFull.is(e.getCause())) {
                throw DiskFull.failure(into.path(), e);
            }
            if (left <= room
                    && FolderFailures.tooLarge(item.path(), most).getMessage().equals(e.getMessage())) {
                throw limits.tooLarge();
            }
            progress.skip(item.path(), e.getMessage());
            return List.of();
        }
    }

    private void passed(long length) {
        fetched += length;
        progress.passed(length);
    }
}
