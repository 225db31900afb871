package dev.corral.cli.copy;

import dev.corral.cli.copy.UnpackFolder.Kind;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongConsumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Makes a tree of files from a tar stream that a guest wrote. The guest may be hostile: nothing is written outside of the
 * target, no link is followed or passed, links are made last and only where they stay inside, folders that were there keep
 * their modes, and no set-user-id bit is taken over.
 */
final class TarToTree {
    /** The most bytes that stand before a file's contents: names, and what else may be said of it. */
    private static final long LONGEST_HEADER = 4L << 20;
    /** The most folders and links whose modes and targets are kept until the end. */
    private static final int MOST_PENDING = 500_000;

    private static final int MOST_NAMED = 1_000;
    private static final int MOST_LINKS_IN_A_ROW = 40;
    private static final int LONGEST_SHOWN = 300;
    private static final int USUAL_FOLDER = 0755;

    private final LongConsumer progress;
    private final List<String> leftOut = new ArrayList<>();
    private final Map<Path, Path> links = new LinkedHashMap<>();
    private final Map<Path, Integer> folderModes = new LinkedHashMap<>();
    // read() sets both before anything else.
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @SuppressWarnings("NullAway.Init")
    private UnpackFolder folder;

    private long unnamed;
    private long bytes;

    /** An entry that is not made, for this reason. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    TarToTree(LongConsumer progress) {
        this.progress = progress;
    }

    /**
     * Reads the stream to its end.
     *
     * @param top what the stream's top becomes; its parent must exist
     * @return what was left out, a sentence each
     */
    List<String> read(InputStream source, Path top) throws IOException {
        root = top.toAbsolutePath().normalize();
        if (root.getParent() != null && !Files.isDirectory(root.getParent())) {
            throw new IOException("there is no folder " + root.getParent());
        }
        BoundedStream bounded = new BoundedStream(source);
        try (UnpackFolder unpack = new UnpackFolder(root);
                TarArchiveInputStream tar = new TarArchiveInputStream(bounded, "UTF-8")) {
            folder = unpack;
            for (TarArchiveEntry entry = next(tar, bounded); entry != null; entry = next(tar, bounded)) {
                take(entry, tar);
                // All of it, so that only names come next.
                tar.transferTo(OutputStream.nullOutputStream());
                if (links.size() + folderModes.size() > MOST_PENDING) {
                    throw new IOException("the guest sends more than " + MOST_PENDING + " folders and links");
                }
            }
            // What comes behind the end of the archive must be read, or the guest's tar never ends.
            source.transferTo(OutputStream.nullOutputStream());
            makeLinks();
            closeFolders();
        }
        if (unnamed > 0) {
            leftOut.add("Left out, " + unnamed + " more.");
        }
        return leftOut;
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar, BoundedStream bounded) throws IOException {
        bounded.allow(LONGEST_HEADER);
        try {
            return tar.getNextEntry();
        } catch (RuntimeException e) {
            throw new IOException("what the guest sends is no archive", e);
        } finally {
            bounded.allow(Long.MAX_VALUE);
        }
    }

    private void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        try {
            place(entry, place(entry.getName()), tar);
        } catch (Refused e) {
            leaveOut(e.getMessage(), entry.getName());
        } catch (InvalidPathException e) {
            leaveOut("its name can't be one here", entry.getName());
        }
    }

    private void place(TarArchiveEntry entry, Path place, TarArchiveInputStream tar) throws IOException, Refused {
        try {
            checkWay(place);
            make(entry, place, tar);
        } catch (DirectoryNotEmptyException e) {
            throw new Refused("a folder with something in it is in its place");
        } catch (FileSystemException e) {
            throw new Refused(reason(e, place));
        }
    }

    // A full disk is no fault of one entry, and without its top there is nothing to put the others in.
    private String reason(FileSystemException failure, Path place) throws IOException {
        String reason =
                failure instanceof AccessDeniedException ? "permission denied" : String.valueOf(failure.getReason());
        if (place.equals(root) || reason.contains("space left") || reason.contains("quota")) {
            throw new IOException(
                    PlainText.line(place.toString(), LONGEST_SHOWN) + " can't be written: " + reason, failure);
        }
        return "it can't be written here (" + reason + ")";
    }

    private void leaveOut(String reason, String name) {
        if (leftOut.size() >= MOST_NAMED) {
            unnamed++;
            return;
        }
        leftOut.add("Left out, " + reason + ": " + PlainText.line(name, LONGEST_SHOWN));
    }

    // Entries are called ./TOP or ./TOP/MORE; TOP becomes the root.
    private Path place(String name) throws Refused {
        String relative = name.startsWith("./") ? name.substring(2) : name;
        int slash = relative.indexOf('/');
        String below = slash < 0 ? "" : relative.substring(slash + 1);
        if (relative.startsWith("/")
                || below.startsWith("/")
                || List.of(relative.split("/")).contains("..")) {
            throw new Refused("it leads outside");
        }
        Path place = below.isEmpty() ? root : root.resolve(below).normalize();
        if (!place.startsWith(root)) {
            throw new Refused("it leads outside");
        }
        return place;
    }

    // Neither a link of this stream nor one that was there before may lead elsewhere.
    private void checkWay(Path place) throws Refused {
        for (Path above = place.getParent();
                !place.equals(root) && above != null && above.startsWith(root);
                above = above.getParent()) {
            if (isLink(above)) {
                throw new Refused("it leads through a link");
            }
        }
    }

    private boolean isLink(Path place) {
        return links.containsKey(place) || folder.kind(place) == Kind.LINK;
    }

    private void make(TarArchiveEntry entry, Path place, TarArchiveInputStream tar) throws IOException, Refused {
        if (entry.isSymbolicLink()) {
            Path target = Path.of(entry.getLinkName());
            if (target.isAbsolute() || entry.getLinkName().isEmpty() || place.equals(root)) {
                throw new Refused("a link that leads outside");
            }
            makeParents(place);
            // Something of the same name gives way now, so that nothing is put below it any more.
            replace(place);
            links.put(place, target);
        } else if (entry.isLink()) {
            Path first = place(entry.getLinkName());
            checkWay(first);
            if (links.containsKey(first) || folder.kind(first) != Kind.FILE || first.equals(place)) {
                throw new Refused("a second name of a file that is not there");
            }
            makeParents(place);
            replace(place);
            folder.makeSecondName(place, first);
        } else if (entry.isDirectory()) {
            folder(entry, place);
        } else if (entry.isSparse()) {
            throw new Refused("a file with holes, whose size can't be believed");
        } else if (!entry.isFile() || entry.isBlockDevice() || entry.isCharacterDevice() || entry.isFIFO()) {
            throw new Refused("neither file nor folder nor link");
        } else {
            makeParents(place);
            replace(place);
            file(entry, place, tar);
        }
    }

    private void folder(TarArchiveEntry entry, Path place) throws IOException, Refused {
        makeParents(place);
        Kind there = folder.kind(place);
        if (there == Kind.LINK || there != Kind.NOTHING && there != Kind.FOLDER) {
            throw new Refused(there == Kind.LINK ? "a link is in its place" : "a file is in its place");
        }
        links.remove(place);
        if (there == Kind.NOTHING) {
            folder.makeFolder(place);
            folderModes.put(place, entry.getMode());
        } else {
            // One that was there before keeps its mode: it is the user's.
            folderModes.replace(place, entry.getMode());
        }
    }

    private void makeParents(Path place) throws IOException, Refused {
        Path parent = place.getParent();
        if (place.equals(root) || parent == null || folder.kind(parent) == Kind.FOLDER) {
            return;
        }
        if (folder.kind(parent) != Kind.NOTHING) {
            throw new Refused("what should be its folder is none");
        }
        makeParents(parent);
        folder.makeFolder(parent);
        folderModes.put(parent, USUAL_FOLDER);
    }

    private void replace(Path place) throws IOException {
        folder.remove(place);
        links.remove(place);
        folderModes.remove(place);
    }

    private void file(TarArchiveEntry entry, Path place, TarArchiveInputStream tar) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        try (OutputStream out = folder.makeFile(place)) {
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                out.write(buffer, 0, count);
                bytes += count;
                progress.accept(bytes);
            }
        }
        folder.setMode(place, permissions(entry.getMode()));
    }

    private void makeLinks() throws IOException {
        List<Path> made = new ArrayList<>();
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            try {
                checkWay(link.getKey());
                checkTarget(link.getKey(), link.getValue());
                folder.makeLink(link.getKey(), link.getValue());
                made.add(link.getKey());
            } catch (Refused e) {
                leaveOut(e.getMessage(), root.relativize(link.getKey()).toString());
            } catch (FileSystemException e) {
                leaveOut(
                        reason(e, link.getKey()), root.relativize(link.getKey()).toString());
            }
        }
        // Once more as the disk has it, where two names may be one: it may not tell upper case from lower.
        for (Path link : made) {
            try {
                checkTarget(link, Objects.requireNonNull(links.get(link)));
            } catch (Refused e) {
                folder.remove(link);
                leaveOut(e.getMessage(), root.relativize(link).toString());
            }
        }
    }

    // A link may lead to another that is judged by itself, but nowhere through one: what `..` means behind it only the
    // disk knows.
    private void checkTarget(Path link, Path target) throws Refused {
        Path at = Objects.requireNonNull(link.getParent());
        int left = target.getNameCount();
        for (Path name : target) {
            left--;
            Path next = name.toString().equals("..")
                    ? at.getParent()
                    : at.resolve(name).normalize();
            if (next == null || !next.startsWith(root)) {
                throw new Refused("a link that leads outside");
            }
            at = next;
            if (left > 0 && isLink(at)) {
                throw new Refused("a link that leads through another");
            }
        }
        checkEnd(at, 0);
    }

    private void checkEnd(Path end, int passed) throws Refused {
        if (passed > MOST_LINKS_IN_A_ROW) {
            throw new Refused("a link that leads in a circle");
        }
        Path next = links.get(end);
        if (next == null && folder.kind(end) == Kind.LINK) {
            throw new Refused("a link that leads to one that was there before");
        }
        if (next != null) {
            checkEnd(end.resolveSibling(next).normalize(), passed + 1);
        }
    }

    // Last and from the inside, because a folder may be closed to its own owner.
    private void closeFolders() throws IOException {
        for (Map.Entry<Path, Integer> pending :
                List.copyOf(folderModes.entrySet()).reversed()) {
            if (folder.kind(pending.getKey()) == Kind.FOLDER) {
                folder.setMode(pending.getKey(), permissions(pending.getValue()));
            }
        }
    }

    /** The permissions are declared in the order of their bits. */
    @SuppressWarnings("EnumOrdinal")
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((mode & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }
}
