package dev.corral.core.vagrantfile.copy;

import dev.corral.core.vagrantfile.copy.CopyList.Word;
import dev.corral.core.vagrantfile.copy.CopyNote.Kind;
import dev.corral.core.vagrantfile.copy.Ledger.Cause;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds files and folders to a {@link Ledger}: looks at the disk, follows links, walks folders within bounds. Not thread-safe. */
final class Tree {
    private static final int MOST_HOPS = 40;
    private static final int DEEPEST = 200;
    private static final Path STATE = Path.of(".vagrant");
    private static final Path REPOSITORY = Path.of(".git");

    /** How much of a folder is taken. */
    enum Extent {
        /** The folder alone. */
        EMPTY,
        /** The folder with all that lies in it. */
        WHOLE,
        /** What in it the user's own list names. */
        NAMED
    }

    private final Places places;
    private final Links links;
    private final CopyList list;
    private final Ledger ledger;
    private final Path cache;
    private final Optional<Path> own;
    private final Set<Path> whole = new HashSet<>();

    /** @param cache where sandboxes lie: never copied, but for the one that holds the Vagrantfile */
    Tree(Places places, Links links, CopyList list, Ledger ledger, Path cache) {
        this.places = places;
        this.links = links;
        this.list = list;
        this.ledger = ledger;
        this.cache = cache;
        Path folder = places.folder();
        this.own = folder.startsWith(cache) && !folder.equals(cache)
                ? Optional.of(cache.resolve(folder.getName(cache.getNameCount())))
                : Optional.empty();
    }

    /**
     * Takes what lies at a path, if anything does, with the folders that lead to it.
     *
     * @param source the path
     * @param place  its place
     * @param asked  whether somebody named it: what a listing alone shows is not taken from private places
     * @param extent how much, if it is a folder
     */
    void take(Path source, Path place, boolean asked, Extent extent, Cause cause) throws InterruptedException {
        take(source, place, new Wish(asked, extent, cause), 0);
    }

    /** Takes the Vagrantfile: no line leaves it out. */
    void takeAnyway(Path source, Path place, Cause cause) throws InterruptedException {
        take(source, place, new Wish(true, Extent.EMPTY, cause), -1);
    }

    /** Takes a path with all that lies in it, or nothing of it: false, with all as before, if it is more than may come along. */
    boolean takeWholly(Path source, Path place) throws InterruptedException {
        Set<Path> before = Set.copyOf(whole);
        if (ledger.wholly(() -> take(source, place, true, Extent.WHOLE, new Cause(source, true)))) {
            return true;
        }
        whole.retainAll(before);
        return false;
    }

    private record Wish(boolean asked, Extent extent, Cause cause) {}

    private void take(Path source, Path place, Wish wish, int hops) throws InterruptedException {
        if (hops > MOST_HOPS) {
            ledger.note(Kind.UNREADABLE, source, "is reached through too many links, and is not copied");
            return;
        }
        if (hops >= 0 && Files.exists(source, LinkOption.NOFOLLOW_LINKS) && refused(source, place, wish)) {
            return;
        }
        int above = Places.above(place);
        int count = place.equals(Places.ROOT) ? 0 : place.getNameCount();
        Path at = base(source, count - above);
        Path placed = above == 0 ? Places.ROOT : place.subpath(0, above);
        if (count == above) {
            last(at, placed, wish);
            return;
        }
        for (int i = above; i < count; i++) {
            at = at.resolve(place.getName(i));
            placed = placed.resolve(place.getName(i));
            BasicFileAttributes attributes = look(at);
            if (attributes == null) {
                return;
            }
            if (attributes.isSymbolicLink()) {
                Links.Way way = links.follow(at, null, !wish.asked());
                if (way instanceof Links.Way.Kept kept) {
                    Path rest = i == count - 1 ? Places.ROOT : place.subpath(i + 1, count);
                    kept(at, placed, kept.target(), rest, wish, hops);
                    return;
                }
                Path shown = content(at, way);
                attributes = shown == null ? null : look(shown);
                if (shown == null || attributes == null) {
                    return;
                }
                at = shown;
            }
            if (i == count - 1) {
                last(at, placed, wish);
            } else if (attributes.isDirectory()) {
                ledger.folder(at, placed, wish.cause());
            } else {
                return;
            }
        }
    }

    private boolean refused(Path source, Path place, Wish wish) {
        if (sandboxes(source)) {
            ledger.note(Kind.STATE, source, "belongs to Corral's sandboxes, and is not copied");
            return true;
        }
        for (Path name : place) {
            if (name.equals(STATE)) {
                ledger.note(Kind.STATE, source, "is Vagrant's state of the original, and is not copied");
                return true;
            }
        }
        // A line may take back a part of what one before it leaves out.
        return !wish.asked() && unasked(source)
                || wish.extent() != Extent.NAMED && leftOut(source, place, Files.isDirectory(source));
    }

    private boolean sandboxes(Path path) {
        return path.startsWith(cache) && own.filter(path::startsWith).isEmpty();
    }

    private static Path base(Path source, int levels) {
        Path base = source;
        for (int i = 0; i < levels; i++) {
            base = Objects.requireNonNull(base.getParent());
        }
        try {
            return base.toRealPath();
        } catch (IOException e) {
            // Nothing is there, which the next look finds out.
            return base;
        }
    }

    private void kept(Path link, Path placed, Path target, Path rest, Wish wish, int hops) throws InterruptedException {
        boolean known = ledger.at(placed).isPresent();
        ledger.add(CopyEntry.link(link, placed, target), wish.cause());
        Path on = target.resolve(rest);
        Path next = rest.equals(Places.ROOT) ? target : places.canonical(on);
        if (!known || !rest.equals(Places.ROOT)) {
            take(places.existing(next), next, wish, hops + 1);
        }
    }

    private @Nullable Path content(Path link, Links.Way way) {
        if (way instanceof Links.Way.Content content) {
            return content.source();
        }
        if (way instanceof Links.Way.Lost lost) {
            ledger.note(lost.kind(), link, lost.reason());
        }
        return null;
    }

    // The path is real here.
    private void last(Path at, Path placed, Wish wish) throws InterruptedException {
        BasicFileAttributes attributes = look(at);
        if (attributes == null) {
            return;
        }
        if (!attributes.isDirectory()) {
            file(at, placed, attributes, wish.cause());
        } else {
            ledger.folder(at, placed, wish.cause());
            if (wish.extent() == Extent.NAMED || wish.extent() == Extent.WHOLE && whole.add(placed)) {
                walk(at, placed, at, wish, 0, new HashSet<>());
            }
        }
    }

    private void file(Path at, Path placed, BasicFileAttributes attributes, Cause cause) {
        if (!attributes.isRegularFile() || Places.madeUp(at)) {
            ledger.note(Kind.SPECIAL, at, "is no ordinary file, and is not copied");
        } else if (!Files.isReadable(at)) {
            ledger.note(Kind.UNREADABLE, at, "can't be read, and is not copied");
        } else {
            CopyEntry entry = CopyEntry.file(at, placed, attributes.size());
            Optional<CopyEntry> known = ledger.at(placed);
            if (known.isPresent() && !known.get().source().equals(at)) {
                conflict(known.get(), entry);
            } else {
                ledger.add(entry, cause);
            }
        }
    }

    // Beside a Vagrantfile that is a link, Vagrant looks for scripts; Ruby looks beside what the link shows.
    private void conflict(CopyEntry known, CopyEntry other) {
        boolean ruby = other.place().toString().endsWith(".rb");
        CopyEntry taken = known.kind() == CopyEntry.Kind.FILE
                        && ruby == places.behindLink(other.source())
                        && ruby != places.behindLink(known.source())
                ? other
                : known;
        CopyEntry lost = taken.equals(known) ? other : known;
        ledger.replace(taken);
        ledger.note(Kind.DOUBLE, lost.source(), "is not copied: " + taken.source() + " has its place");
    }

    private void walk(Path folder, Path placed, Path root, Wish wish, int depth, Set<Path> chain)
            throws InterruptedException {
        if (depth > DEEPEST || !chain.add(folder)) {
            ledger.note(
                    Kind.UNREADABLE,
                    folder,
                    depth > DEEPEST ? "lies too deep, and is not copied" : "contains itself through a link");
            return;
        }
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                ledger.look(wish.cause());
                child(child, places.canonical(placed.resolve(child.getFileName())), root, wish, depth, chain);
            }
        } catch (NoSuchFileException e) {
            ledger.note(Kind.VANISHED, folder, "vanished while it was looked at");
        } catch (IOException | DirectoryIteratorException e) {
            ledger.note(Kind.UNREADABLE, folder, "can't be listed, and what lies in it is not copied");
        }
        chain.remove(folder);
    }

    private void child(Path child, Path placed, Path root, Wish wish, int depth, Set<Path> chain)
            throws InterruptedException {
        BasicFileAttributes attributes = never(child) ? null : look(child);
        if (attributes == null || unasked(child)) {
            return;
        }
        boolean all = wish.extent() == Extent.WHOLE;
        Word word = list.of(placed, attributes.isDirectory());
        boolean taken = word == Word.ALONG || all && word != Word.OUT;
        if (word == Word.OUT && all) {
            leftOut(child, placed, attributes.isDirectory());
        }
        Path at = child;
        if (attributes.isSymbolicLink()) {
            if (!taken) {
                return;
            }
            Links.Way way = links.follow(child, all ? root : null, true);
            if (way instanceof Links.Way.Kept kept) {
                sweptLink(child, placed, kept.target(), root, wish);
                return;
            }
            Path shown = content(child, way);
            attributes = shown == null ? null : look(shown);
            if (shown == null || attributes == null) {
                return;
            }
            at = shown;
        }
        if (!attributes.isDirectory()) {
            if (taken) {
                file(at, placed, attributes, wish.cause());
            }
            return;
        }
        if (Places.madeUp(at) && !Places.madeUp(root)) {
            ledger.note(Kind.SPECIAL, at, "is made up by the system, and is not copied");
            return;
        }
        if (taken) {
            ledger.folder(at, placed, wish.cause());
        }
        if (word != Word.OUT || takesBack(placed)) {
            walk(at, placed, root, wish, depth + 1, chain);
        }
    }

    private boolean unasked(Path path) {
        boolean unasked = places.notSwept(path);
        if (unasked) {
            ledger.note(Kind.LISTED, path, "is private and not copied unasked");
        }
        return unasked;
    }

    private boolean takesBack(Path placed) {
        return list.deciding(placed, true).filter(list::takesBack).isPresent();
    }

    // What it leads to comes along by the same walk if it lies in the same folder.
    private void sweptLink(Path link, Path placed, Path target, Path root, Wish wish) throws InterruptedException {
        Path leadsTo = places.original(target);
        if (wish.extent() == Extent.WHOLE && leadsTo.startsWith(root) || root.startsWith(leadsTo)) {
            ledger.add(CopyEntry.link(link, placed, target), wish.cause());
        } else {
            kept(link, placed, target, Places.ROOT, new Wish(false, Extent.WHOLE, wish.cause()), 0);
        }
    }

    /** Whether no folder and no listing brings it along: a repository's own data, Vagrant's state, the sandboxes. */
    boolean never(Path path) {
        Path name = path.getFileName();
        return REPOSITORY.equals(name) || STATE.equals(name) || sandboxes(path);
    }

    // Null if nothing is there, or nobody may look.
    private @Nullable BasicFileAttributes look(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            // A name that is too long is that of no file.
            if (e instanceof AccessDeniedException || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                ledger.note(Kind.UNREADABLE, path, "can't be looked at, and is not copied");
            }
            return null;
        }
    }

    private boolean leftOut(Path path, Path placed, boolean folder) {
        Optional<CopyLine> line = list.deciding(placed, folder).filter(CopyLine::out);
        line.filter(one -> ledger.at(placed).isEmpty())
                .ifPresent(one -> ledger.note(Kind.LEFT_OUT, path, "is left out by " + one + " of " + CopyList.NAME));
        return line.isPresent();
    }
}
