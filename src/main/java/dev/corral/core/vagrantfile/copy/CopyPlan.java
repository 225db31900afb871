package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.Resolution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What of a project comes along into a sandbox: exactly what was read, tested for, listed or named, at its place relative to Vagrant's
 * root. Immutable.
 *
 * @param vagrantfile  the Vagrantfile's place: its own name
 * @param entries      what comes along, folders before what lies in them
 * @param notes        what the user should know: what is left out or used where it lies, and why
 * @param above        how many folders above Vagrant's root have to be the copy's own, so that what is looked for there is there, or is
 *                     not
 * @param between      the names of the folders between the topmost of these and Vagrant's root, which the original has there too; one
 *                     less than {@code above}
 * @param originalName the original folder's name, by which Vagrant's root must be found from above as well; empty if nothing looks there
 */
public record CopyPlan(
        Path vagrantfile,
        List<CopyEntry> entries,
        List<CopyNote> notes,
        int above,
        List<String> between,
        Optional<String> originalName) {
    /** Copies the lists. */
    public CopyPlan {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
        between = List.copyOf(between);
    }

    /**
     * Plans a copy: looks at the disk and copies nothing. Blocks.
     *
     * @param resolution  what Vagrant said the Vagrantfile means
     * @param vagrantfile the Vagrantfile, as it was named
     * @param environment the variables: the limit, and the user's home
     * @param cache       the directory of the sandboxes, which is never copied
     * @throws ExpectedFailure      if more is needed than may come along, or something that lies too far away: the sentence names it
     * @throws IOException          if the Vagrantfile's folder can not be looked at
     * @throws InterruptedException if the thread is interrupted
     */
    public static CopyPlan of(Resolution resolution, Path vagrantfile, Environment environment, Path cache)
            throws IOException, InterruptedException {
        return new Planner(resolution, vagrantfile.toAbsolutePath().normalize(), environment, cache).plan();
    }

    /** The user's own list beside a Vagrantfile. */
    public static String listName() {
        return CopyList.NAME;
    }

    /** Vagrant's root in a sandbox: the sandbox's folder itself, or a folder of the same name with room above. */
    public Path root(Path sandbox) {
        if (above == 0) {
            return sandbox;
        }
        Path root = sandbox;
        for (String name : between) {
            root = root.resolve(name);
        }
        return root.resolve(Objects.requireNonNull(sandbox.getFileName()));
    }

    /** The size of all files, in bytes. */
    public long bytes() {
        return entries.stream().mapToLong(CopyEntry::size).sum();
    }

    /** The number of files and links. */
    public int files() {
        return (int) entries.stream()
                .filter(entry -> entry.kind() != CopyEntry.Kind.FOLDER)
                .count();
    }
}
