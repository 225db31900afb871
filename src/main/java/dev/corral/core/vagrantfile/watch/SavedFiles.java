package dev.corral.core.vagrantfile.watch;

import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.Stamps;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files whose saves matter to a Vagrantfile: itself, what it read or looked for in vain, and what it names. Tells a save from its
 * middle: several writes close to each other are one. Reads the file system; for one thread.
 */
public final class SavedFiles {
    private static final int MOST = 5_000;

    private final Path vagrantfile;
    private Set<String> paths;
    private Stamps seen;
    private Stamps last;

    /** Those of a Vagrantfile of which nothing is known yet. */
    public SavedFiles(Path vagrantfile) {
        this.vagrantfile = vagrantfile;
        this.paths = Set.of(vagrantfile.toString());
        this.seen = Stamps.of(paths);
        this.last = seen;
    }

    /** Takes what the Vagrantfile was seen to read and to name, and what its provisioners use. */
    public void cover(Resolution resolution, Steps steps) {
        Set<String> now = new TreeSet<>(paths);
        resolution.reads().stream()
                .filter(read -> !read.onlyVagrant() && read.content())
                .map(Resolution.Read::path)
                .limit(MOST)
                .forEach(now::add);
        for (NamedFile file : NamedFiles.of(resolution)) {
            now.add(file.file().toString());
        }
        steps.machines()
                .values()
                .forEach(all -> all.forEach(step -> now.addAll(step.files().keySet())));
        now.add(vagrantfile.toString());
        Set<String> fresh = new TreeSet<>(now);
        fresh.removeAll(paths);
        paths = now;
        Stamps added = Stamps.of(fresh);
        seen = both(seen, added);
        last = both(last, added);
    }

    private static Stamps both(Stamps one, Stamps other) {
        Map<String, String> all = new TreeMap<>(one.known());
        all.putAll(other.known());
        return new Stamps(all);
    }

    /**
     * Whether something was saved since the last time that this was true, and nothing has been written since the last look.
     */
    public boolean look() {
        boolean quiet = last.changed().isEmpty();
        if (!quiet) {
            last = Stamps.of(paths);
            return false;
        }
        if (seen.changed().isEmpty()) {
            return false;
        }
        seen = last;
        return true;
    }
}
