package dev.corral.core.vagrantfile.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things of the project lie in relation to Vagrant's root. A <em>place</em> is such a relative path; it begins with {@code ..} for
 * what lies above. What is far away has none.
 */
final class Places {
    /** So many folders above the Vagrantfile's are near. */
    static final int MOST_LEVELS = 8;

    static final Path ROOT = Path.of("");
    static final Path PARENT = Path.of("..");
    private static final List<Path> MADE_UP = List.of(Path.of("/proc"), Path.of("/sys"), Path.of("/dev"));

    private final Path given;
    private final Path real;
    private final Path home;
    private final Path vagrantHome;
    private final Optional<Path> target;

    /**
     * @param given       the Vagrantfile's folder as it was named, absolute
     * @param home        the user's home
     * @param vagrantHome Vagrant's home directory
     * @param target      where a link that is the Vagrantfile leads to, if its content takes the link's place: what the file requires lies
     *                    beside that, and will be looked for beside the copy
     * @throws IOException if the folder can not be looked at
     */
    Places(Path given, Path home, Path vagrantHome, Optional<Path> target) throws IOException {
        this.given = given;
        this.real = given.toRealPath();
        this.home = real(home);
        this.vagrantHome = real(vagrantHome);
        this.target = target;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            // It is not there: then nothing lies below it either.
            return path.toAbsolutePath().normalize();
        }
    }

    /** The same with the Vagrantfile's content in the place of a link that leads there. */
    Places behind(Path folder) throws IOException {
        return new Places(given, home, vagrantHome, Optional.of(folder));
    }

    /** The Vagrantfile's folder without links. */
    Path folder() {
        return real;
    }

    /** Whether it lies in the Vagrantfile's folder or is it. */
    boolean inside(Path path) {
        return path.startsWith(real) || path.startsWith(given);
    }

    /** Whether it lies beside the target of the link that is the Vagrantfile. */
    boolean behindLink(Path path) {
        return target.filter(path::startsWith).isPresent() && !inside(path);
    }

    /** The place of an absolute path, there or not; empty if it is far away or private. */
    Optional<Path> of(Path path) {
        Path whole = path.normalize();
        if (behindLink(whole)) {
            return target.map(base -> canonical(base.relativize(whole)));
        }
        if (hidden(whole)) {
            return Optional.empty();
        }
        for (Path base : bases()) {
            if (whole.startsWith(base)) {
                return Optional.of(canonical(base.relativize(whole)));
            }
        }
        return bases().stream()
                .filter(base -> near(base, base.relativize(whole)))
                .findFirst()
                .map(base -> canonical(base.relativize(whole)));
    }

    /** The place that a relative path means, seen from Vagrant's root; empty if it leads too far up or to what is private. */
    Optional<Path> ofRelative(Path path) {
        Path place = canonical(path.normalize());
        return near(real, place) && !hidden(original(place)) ? Optional.of(place) : Optional.empty();
    }

    private List<Path> bases() {
        return Stream.concat(Stream.of(real, given), target.stream()).distinct().toList();
    }

    private static boolean near(Path base, Path place) {
        int above = above(place);
        return above <= MOST_LEVELS && above < base.getNameCount();
    }

    /** The one form of a place: what leads up and down again into Vagrant's root lies in it. */
    Path canonical(Path place) {
        return above(place) == 0 ? place.normalize() : real.relativize(original(place));
    }

    /** The path that has this place, seen from the Vagrantfile's folder without links. */
    Path original(Path place) {
        return real.resolve(place).normalize();
    }

    /** The path that a place means: the Vagrantfile's folder may have been named through a link, and then has two parents. */
    Path existing(Path place) {
        Path first = original(place);
        Path second = given.resolve(place).normalize();
        return above(place) > 0 && !Files.exists(first) && Files.exists(second) ? second : first;
    }

    /** Whether it lies in a dotted folder of the user's home, or is Vagrant's own; unless the Vagrantfile itself lies there. */
    boolean hidden(Path path) {
        if (path.startsWith(vagrantHome) && !real.startsWith(vagrantHome)) {
            return true;
        }
        return dotted(path)
                .filter(dotted -> !real.startsWith(dotted) && (!path.equals(dotted) || Files.isDirectory(dotted)))
                .isPresent();
    }

    /** Whether nobody who takes a whole folder means it: what is hidden, and dotted files of the user's home. */
    boolean notSwept(Path path) {
        return hidden(path) || dotted(path).filter(path::equals).isPresent();
    }

    // The dotted entry of the home that it is or lies in.
    private Optional<Path> dotted(Path path) {
        int names = home.getNameCount();
        return path.getNameCount() > names
                        && path.startsWith(home)
                        && path.getName(names).toString().startsWith(".")
                ? Optional.of(home.resolve(path.getName(names)))
                : Optional.empty();
    }

    /** Whether it is Vagrant's own: nobody needs to be told about it. */
    boolean ofVagrant(Path path) {
        return path.startsWith(vagrantHome);
    }

    /** Whether the system makes its content up when it is read. */
    static boolean madeUp(Path path) {
        return MADE_UP.stream().anyMatch(path::startsWith);
    }

    /** How many folders a place leads up. */
    static int above(Path place) {
        int above = 0;
        while (above < place.getNameCount() && place.getName(above).equals(PARENT)) {
            above++;
        }
        return above;
    }

    /** Whether a place is Vagrant's root or a folder above it, which are there in any case. */
    static boolean bare(Path place) {
        return place.equals(ROOT) || above(place) == place.getNameCount();
    }
}
