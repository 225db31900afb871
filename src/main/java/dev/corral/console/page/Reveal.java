package dev.corral.console.page;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Something to be shown, whichever page can. Who has a link to it does not know the page; the first page that accepts it is shown. A page
 * may have kinds of its own.
 */
public interface Reveal {

    /**
     * The row that stands for a sandbox among evals and samples, now or as soon as there is one.
     *
     * @param id the sandbox's id
     */
    record Sandbox(String id) implements Reveal {}

    /**
     * What a sandbox takes and why it stays or goes.
     *
     * @param sandbox the sandbox's id
     */
    record Item(String sandbox) implements Reveal {}

    /** The cleanup that is planned, under way or over. */
    record Cleanup() implements Reveal {}

    /**
     * The evals of a task file or a folder of them; opened when it is not open yet.
     *
     * @param path the file or folder; {@code file.py@task} for one task
     */
    record TaskFile(Path path) implements Reveal {}

    /**
     * A Vagrantfile in the editor: the original while it is there, else a sandbox's copy of it, which is only to be read.
     *
     * @param original where it was copied from, or the file itself
     * @param copy     a sandbox's copy
     * @param line     the line, from 1; 0 for none
     * @param sample   the sample that it is opened for
     */
    record Vagrantfile(Optional<Path> original, Optional<Path> copy, int line, Optional<ForSample> sample)
            implements Reveal {
        /** One that is opened for no sample. */
        public Vagrantfile(Optional<Path> original, Optional<Path> copy, int line) {
            this(original, copy, line, Optional.empty());
        }
    }

    /**
     * A sample of an eval.
     *
     * @param title     what it is called
     * @param variables what its run gives to Vagrant
     */
    record ForSample(String title, Map<String, String> variables) {}

    /**
     * A sample that a person is to solve.
     *
     * @param taskFile its eval's file
     * @param task     its eval's name
     * @param sample   its id, verbatim
     */
    record Sample(Path taskFile, String task, String sample) implements Reveal {}

    /**
     * An eval of which a person is to solve several samples, one after another.
     *
     * @param taskFile its file
     * @param task     its name
     */
    record Samples(Path taskFile, String task) implements Reveal {}
}
