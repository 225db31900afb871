package dev.corral.chaos;

import dev.corral.core.operation.StubWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/**
 * From when on somebody may be killed.
 *
 * @param name    the phase that begins then
 * @param vagrant whether Vagrant runs then, so that it can be killed too
 * @param spread  the kill comes at most so many milliseconds later
 * @param reached whether it has come; asked over and over
 */
record Moment(String name, boolean vagrant, int spread, Predicate<Scene> reached) {

    /** As soon as the command runs at all. */
    static Moment beginning(int spread) {
        return new Moment("beginning", false, spread, scene -> true);
    }

    /** The sandbox's directory is there. */
    static Moment directory(int spread) {
        return new Moment("directory made", false, spread, scene -> scene.directory() != null);
    }

    /** The sandbox's manifest is there. */
    static Moment manifest(int spread) {
        return new Moment(
                "manifest written",
                false,
                spread,
                scene -> scene.directory() != null
                        && Files.exists(StubWorld.files(scene.directory()).manifest()));
    }

    /** Vagrant has begun to write a log of its own. */
    static Moment loading(int spread) {
        return new Moment("Vagrant loads", true, spread, Scene::newLog);
    }

    /** The journal has one more line with this in it than before. */
    static Moment journal(String name, boolean vagrant, int spread, String... words) {
        return new Moment(name, vagrant, spread, scene -> scene.journalSays(words));
    }

    /** The directory is out of sight already. */
    static Moment trash(int spread) {
        return new Moment(
                "directory removed",
                false,
                spread,
                scene -> scene.directory() != null && !Files.exists(scene.directory()));
    }

    /** A file has more lines that say this than before. */
    static Moment step(String word, int spread, java.util.function.Function<Scene, Path> file) {
        return new Moment(word, true, spread, scene -> {
            Path steps = scene.directory() == null ? null : file.apply(scene);
            try {
                return steps != null
                        && Files.exists(steps)
                        && Files.readAllLines(steps).stream()
                                        .filter(word::equals)
                                        .count()
                                > scene.before(word);
            } catch (IOException e) {
                // It is being written.
                return false;
            }
        });
    }
}
