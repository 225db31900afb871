package dev.corral.console.vagrantfile.watch;

import dev.corral.console.fx.Background;
import dev.corral.core.base.Located;
import dev.corral.core.vagrantfile.ReadFiles;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * The files that Vagrant read for the Vagrantfile that is debugged, open in the editor or not: which they are, and that one of them holds
 * something else by now. For the FX thread; files are read elsewhere.
 */
public final class FilesRead {
    /** So many are looked after; those of the Vagrantfile's own folder come first. */
    static final int MOST = 200;

    // Several writes close to each other are one change, and what was saved here is known to be by then.
    private static final Duration QUIET = Duration.millis(300);

    private final Consumer<Path> changed;
    private final Runnable others;
    private final PauseTransition quiet = new PauseTransition(QUIET);
    private String vagrantfile = "";
    private ReadFiles files = new ReadFiles(Map.of(), List.of());
    private Set<Path> located = Set.of();
    private boolean busy;
    private boolean again;
    private int turn;

    private record Known(ReadFiles files, Set<Path> located) {}

    private record Looked(List<ReadFiles.Change> changes, ReadFiles now) {}

    /**
     * @param changed told of a file that has changed on the disk
     * @param others  told when there are other files than before
     */
    public FilesRead(Consumer<Path> changed, Runnable others) {
        this.changed = changed;
        this.others = others;
        quiet.setOnFinished(event -> compare());
    }

    /** The files, as a start names them. */
    public Set<Path> files() {
        return located;
    }

    /** Takes what Vagrant said; where it failed halfway, what was read before may be read again. Empty for another Vagrantfile. */
    public void take(Optional<Resolution> said) {
        int now = ++turn;
        if (said.isEmpty()) {
            vagrantfile = "";
            settle(new Known(new ReadFiles(Map.of(), List.of()), Set.of()));
            return;
        }
        Resolution resolution = said.get();
        boolean halfway =
                resolution.anyFailure().isPresent() && resolution.vagrantfile().equals(vagrantfile);
        ReadFiles before = halfway ? files : new ReadFiles(Map.of(), List.of());
        Background.run(
                "files-read",
                () -> known(resolution, before),
                known -> {
                    if (now == turn) {
                        vagrantfile = resolution.vagrantfile();
                        settle(known);
                    }
                },
                FilesRead::bug);
    }

    private static Known known(Resolution resolution, ReadFiles before) {
        ReadFiles all = before.with(ReadFiles.of(resolution)).with(ReadFiles.now(Path.of(resolution.vagrantfile())));
        Path folder = resolution.directory();
        Map<String, String> some = new TreeMap<>();
        Set<Path> located = new HashSet<>();
        all.hashes().keySet().stream()
                .sorted(Comparator.comparing((String path) -> !Path.of(path).startsWith(folder))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .forEach(path -> {
                    some.put(path, all.hashes().getOrDefault(path, ReadFiles.ABSENT));
                    located.add(Located.of(Path.of(path)));
                });
        return new Known(new ReadFiles(some, all.patterns()), located);
    }

    private void settle(Known known) {
        files = known.files();
        boolean same = located.equals(known.located());
        located = Set.copyOf(known.located());
        if (!same) {
            others.run();
        }
    }

    /** This file has changed, and whoever has to knows it. */
    public void noted(Path file) {
        String name = file.toString();
        if (files.hashes().containsKey(name)) {
            Background.run(
                    "file-noted",
                    () -> ReadFiles.now(file),
                    now -> {
                        if (files.hashes().containsKey(name)) {
                            files = files.with(now);
                        }
                    },
                    FilesRead::bug);
        }
    }

    /** Looks at them soon, since something may have changed. */
    public void look() {
        if (!files.hashes().isEmpty() && quiet.getStatus() != Animation.Status.RUNNING) {
            quiet.playFromStart();
        }
    }

    private void compare() {
        if (busy) {
            again = true;
            return;
        }
        busy = true;
        ReadFiles before = files;
        Background.run(
                "look-at-files-read",
                () -> {
                    List<ReadFiles.Change> changes = before.changes();
                    return new Looked(changes, changes.isEmpty() ? before : before.renewed());
                },
                looked -> {
                    busy = false;
                    if (!files.equals(before)) {
                        // What was compared is about other files, or another moment.
                        again = true;
                    } else if (!looked.changes().isEmpty()) {
                        files = looked.now();
                        changed.accept(Path.of(looked.changes().getFirst().path()));
                    }
                    if (again) {
                        again = false;
                        look();
                    }
                },
                FilesRead::bug);
    }

    private static void bug(Throwable failure) {
        throw new IllegalStateException("what can't be read is a state of its own", failure);
    }

    /** Looks no more. */
    public void close() {
        quiet.stop();
    }
}
