package dev.corral.core.vagrantfile.copy;

import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a symbolic link: one that stays inside is a link in the copy too; one that leads out is replaced by what it shows. Code
 * that was loaded through a link asks for what lies beside its target, so that such a link stays one even if it leads to a folder
 * above.
 */
final class Links {
    private final Places places;
    private final Set<Path> looked = new HashSet<>();
    private final Set<Path> read = new HashSet<>();

    Links(Places places, Resolution resolution) {
        this.places = places;
        for (Resolution.Read one : resolution.reads()) {
            Optional<Path> path = Paths.of(one.path());
            path.filter(any -> one.how().contains("link")).ifPresent(looked::add);
            path.filter(any -> one.content()).ifPresent(read::add);
        }
    }

    /** What to do with a link. */
    sealed interface Way {
        /** It stays a link, to that place. */
        record Kept(Path target) implements Way {}

        /** What it shows takes its place. */
        record Content(Path source) implements Way {}

        /** It can not come along. */
        record Lost(CopyNote.Kind kind, String reason) implements Way {}
    }

    /**
     * What to do with this link.
     *
     * @param link   where it lies: the folder it lies in is named without links
     * @param inside a folder that comes along as a whole with the link in it; null if there is none
     * @param swept  whether only such a folder or a listing brings it, and nobody named it
     */
    Way follow(Path link, @Nullable Path inside, boolean swept) {
        Path target;
        try {
            target = target(link);
        } catch (IOException e) {
            return new Way.Lost(CopyNote.Kind.UNREADABLE, "is a link that can't be followed, and is not copied");
        }
        if (places.inside(target) || inside != null && target.startsWith(inside) || codeBehind(link)) {
            Optional<Path> place = places.of(target);
            if (place.isPresent()) {
                return new Way.Kept(place.get());
            }
        }
        try {
            Path shown = link.toRealPath();
            if (Places.madeUp(shown)) {
                return new Way.Lost(
                        CopyNote.Kind.SPECIAL, "leads to " + shown + ", which the system makes up, and is not copied");
            }
            if (swept && places.notSwept(shown)) {
                return new Way.Lost(
                        CopyNote.Kind.LISTED, "leads to the private " + shown + " and is not copied unasked");
            }
            return new Way.Content(shown);
        } catch (FileSystemLoopException e) {
            return circle();
        } catch (IOException e) {
            return Files.exists(target, LinkOption.NOFOLLOW_LINKS)
                    ? circle()
                    : new Way.Lost(CopyNote.Kind.UNREADABLE, "is a link that leads nowhere, and is not copied");
        }
    }

    private static Way circle() {
        return new Way.Lost(
                CopyNote.Kind.UNREADABLE, "is a link that leads to itself or to what can't be read, and is not copied");
    }

    // One step, as the system takes it: links on the way are followed, the last is not.
    private static Path target(Path link) throws IOException {
        Path folder = Objects.requireNonNull(link.getParent());
        Path next = folder.resolve(Files.readSymbolicLink(link));
        Path name = next.getFileName();
        Path above = next.getParent();
        if (name == null || above == null || name.equals(Places.PARENT) || name.equals(Path.of("."))) {
            return next.toRealPath();
        }
        return Files.exists(above) ? above.toRealPath().resolve(name) : next.normalize();
    }

    // Whether a file of Ruby was read through it whose own place is near.
    private boolean codeBehind(Path link) {
        try {
            Path shown = link.toRealPath();
            return places.of(shown).isPresent()
                    && !places.behindLink(shown)
                    && looked.stream().anyMatch(one -> throughLink(one, link) && readAt(one, shown));
        } catch (IOException e) {
            // Then nobody read anything through it.
            return false;
        }
    }

    private boolean throughLink(Path path, Path link) {
        if (path.startsWith(link)) {
            return true;
        }
        Optional<Path> place = places.of(path);
        return place.isPresent() && places.original(place.get()).startsWith(link);
    }

    private boolean readAt(Path path, Path shown) {
        try {
            Path behind = path.toRealPath();
            return behind.startsWith(shown)
                    && read.contains(behind)
                    && places.of(behind).isPresent();
        } catch (IOException e) {
            // It was there when it was looked at; what is gone is not copied either.
            return false;
        }
    }
}
