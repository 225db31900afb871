package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrantfile.NamedFile;
import dev.corral.core.vagrantfile.NamedFiles;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.Resolution.Read;
import dev.corral.core.vagrantfile.ResolvedMachine;
import dev.corral.core.vagrantfile.ResolvedMachine.SyncedFolder;
import dev.corral.core.vagrantfile.copy.CopyNote.Kind;
import dev.corral.core.vagrantfile.copy.Ledger.Cause;
import dev.corral.core.vagrantfile.copy.Tree.Extent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Makes one {@link CopyPlan}. What was asked for by name comes first, so that a listing takes only what room is left. */
final class Planner {
    /** How many names of a listed folder Vagrant is asked to tell. */
    private static final int MOST_NAMES = 5_000;

    private static final int SHOWN = 300;
    private static final Set<String> SEEN_ONLY = Set.of("entry", "test");

    private final Resolution resolution;
    private final Path vagrantfile;
    private final Environment environment;
    private final Places places;
    private final CopyList list;
    private final Ledger ledger;
    private final Tree tree;
    private final Set<Path> listed = new HashSet<>();
    // Places of which nothing came along, since all of it is more than the limit allows.
    private final Set<Path> refused = new HashSet<>();
    private int above;

    Planner(Resolution resolution, Path vagrantfile, Environment environment, Path cache) throws IOException {
        this.resolution = resolution;
        this.vagrantfile = vagrantfile;
        this.environment = environment;
        Path folder = Objects.requireNonNull(vagrantfile.getParent());
        places = places(folder);
        list = CopyList.in(folder);
        ledger = new Ledger(CopyLimit.of(environment), list, places.folder());
        tree = new Tree(places, new Links(places, resolution), list, ledger, existing(cache));
    }

    private Places places(Path folder) throws IOException {
        Path vagrantHome = Paths.of(resolution.home()).orElse(environment.home().resolve(".vagrant.d"));
        Places near = new Places(folder, environment.home(), vagrantHome, Optional.empty());
        Path link = near.folder().resolve(name());
        if (Files.isSymbolicLink(link)
                && new Links(near, resolution).follow(link, null, false) instanceof Links.Way.Content content) {
            return near.behind(Objects.requireNonNull(content.source().getParent()));
        }
        return near;
    }

    private static Path existing(Path cache) {
        try {
            return cache.toRealPath();
        } catch (IOException e) {
            // It is made by the first start.
            return cache.toAbsolutePath().normalize();
        }
    }

    private Path name() {
        return Objects.requireNonNull(vagrantfile.getFileName());
    }

    CopyPlan plan() throws InterruptedException {
        tree.takeAnyway(places.folder().resolve(name()), name(), new Cause(vagrantfile, true));
        for (Read read : resolution.reads()) {
            placeOf(read).filter(any -> read.how().contains("list")).ifPresent(listed::add);
        }
        for (Read read : resolution.reads()) {
            read(read);
        }
        resolution.patterns().forEach(this::pattern);
        for (NamedFile file : NamedFiles.of(resolution)) {
            named(file);
        }
        List<SyncedFolder> shares = shares();
        for (SyncedFolder folder : shares) {
            shared(folder, false);
        }
        for (CopyLine line : list.along()) {
            along(line);
        }
        for (ResolvedMachine machine : resolution.machines()) {
            unasked(machine);
        }
        listings();
        for (SyncedFolder folder : shares) {
            shared(folder, true);
        }
        list.along().stream()
                .filter(line -> !line.used())
                .forEach(line -> ledger.note(
                        Kind.LINE,
                        vagrantfile.resolveSibling(CopyList.NAME),
                        "has a line that matches nothing: " + line.shown()));
        return finish();
    }

    private CopyPlan finish() {
        List<CopyEntry> entries = ledger.entries();
        entries.forEach(entry -> {
            level(entry.place());
            entry.target().ifPresent(this::level);
        });
        Path folder = places.folder();
        int names = folder.getNameCount();
        List<String> between = IntStream.range(names - above, names - 1)
                .mapToObj(i -> folder.getName(i).toString())
                .toList();
        Optional<String> originalName =
                Optional.ofNullable(folder.getFileName()).map(Path::toString).filter(any -> above > 0);
        if (originalName.isPresent() && listed.contains(Places.PARENT)) {
            ledger.note(
                    Kind.RENAMED,
                    folder,
                    "has the sandbox's name in the copy, which shows where the folder above it is listed");
            originalName = Optional.empty();
        }
        return new CopyPlan(name(), entries, ledger.notes(), above, between, originalName);
    }

    private void level(Path place) {
        above = Math.max(above, Places.above(place));
    }

    private Optional<Path> placeOf(Read read) {
        return read.onlyVagrant() ? Optional.empty() : Paths.of(read.path()).flatMap(places::of);
    }

    private boolean seenOnly(Read read, Path place) {
        return SEEN_ONLY.containsAll(read.how()) && listed.contains(places.canonical(place.resolve(Places.PARENT)));
    }

    private void read(Read read) throws InterruptedException {
        Optional<Path> path = Paths.of(read.path());
        Optional<Path> place = placeOf(read);
        if (place.isEmpty()) {
            path.filter(far ->
                            !read.onlyVagrant() && (read.content() || read.how().contains("list")))
                    .ifPresent(far -> original(far, "is used where it lies"));
            return;
        }
        level(place.get());
        Path source = source(path.get(), place.get());
        if (read.how().contains("write")) {
            // What it is about to write needs its folder.
            Path folder = places.canonical(place.get().resolve(Places.PARENT));
            tree.take(places.existing(folder), folder, true, Extent.EMPTY, new Cause(source, true));
        }
        if (!seenOnly(read, place.get()) && !read.how().equals(List.of("write"))) {
            tree.take(source, place.get(), true, Extent.EMPTY, new Cause(source, true));
        }
    }

    private Path source(Path path, Path place) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? path : places.existing(place);
    }

    private void original(Path path, String reason) {
        if (Files.exists(path) && !places.ofVagrant(path) && !Places.madeUp(path)) {
            ledger.note(Kind.ORIGINAL, path, reason);
        }
    }

    // The part before the first sign of a pattern decides how far up it looks.
    private void pattern(String pattern) {
        int sign = 0;
        while (sign < pattern.length() && "*?[{\\".indexOf(pattern.charAt(sign)) < 0) {
            sign++;
        }
        String folder = sign == pattern.length() ? pattern : pattern.substring(0, pattern.lastIndexOf('/', sign) + 1);
        Paths.of(folder).flatMap(places::of).ifPresent(this::level);
    }

    private void named(NamedFile file) throws InterruptedException {
        if (installedBox(file)) {
            return;
        }
        Optional<Path> relative = Paths.of(file.text())
                .filter(text -> !text.isAbsolute() && !file.text().startsWith("~"));
        Optional<Path> place = relative.isPresent() ? places.ofRelative(relative.get()) : places.of(file.file());
        if (place.isEmpty()) {
            far(file.file(), relative);
            return;
        }
        level(place.get());
        Path source = source(relative.isPresent() ? places.existing(place.get()) : file.file(), place.get());
        // A volume of a container is a share, too.
        if (relative.isEmpty()
                && !places.inside(source)
                && file.by().startsWith("provider ")
                && Files.isDirectory(source)) {
            perhaps(source, place.get());
        } else {
            tree.take(source, place.get(), true, Extent.WHOLE, new Cause(source, true));
        }
    }

    private void far(Path file, Optional<Path> relative) {
        if (relative.isEmpty()) {
            original(file, "is used where it lies");
        } else if (Files.exists(file)) {
            throw ExpectedFailure.failed(
                    "The Vagrantfile names " + PlainText.line(relative.get().toString(), SHOWN) + ", which is "
                            + PlainText.line(file.toString(), SHOWN)
                            + ": that is private or too far above its folder to be copied.",
                    "Name it by its absolute path, and the original is used; or put what is needed of it nearer to the Vagrantfile.");
        }
    }

    // Nobody fetches a box that is there.
    private boolean installedBox(NamedFile file) {
        return resolution
                .machine(file.machine())
                .map(ResolvedMachine::box)
                .filter(box -> box.present()
                        && file.by().startsWith("machine ")
                        && box.url().toString().contains(file.text()))
                .isPresent();
    }

    // Vagrant's own share of "." is off unless a file of the project asks for one; what a box asks for is no such file.
    // Several machines often share the same one.
    private List<SyncedFolder> shares() {
        Set<String> hosts = new HashSet<>();
        return resolution.machines().stream()
                .flatMap(machine -> machine.syncedFolders().stream())
                .filter(folder -> !folder.disabled() && !folder.host().isBlank())
                .filter(folder -> asked(folder)
                        || !folder.host().equals(".")
                        || !folder.guest().equals("/vagrant"))
                .filter(folder -> saidIn(folder).filter(places::ofVagrant).isEmpty())
                .filter(folder -> hosts.add(folder.host()))
                .toList();
    }

    // Where something names Vagrant's own share it is on, and has to show what is named. The Ruby of a trigger runs on
    // the host, in the
    // copy, and may make up the names of files that it reads as it runs.
    private void unasked(ResolvedMachine machine) throws InterruptedException {
        if (machine.triggers().stream().anyMatch(ResolvedMachine.Trigger::rubyReads)) {
            int before = ledger.entries().size();
            whole(Mentioned.WHOLE, "the Ruby of a trigger, which may read any of it");
            if (ledger.entries().size() > before) {
                ledger.note(
                        Kind.WHOLE,
                        places.folder(),
                        "comes along with all that lies in it, since the Ruby of a trigger may read any of it; lines that begin"
                                + " with ! in " + CopyList.NAME + " leave out what it does not need");
            }
        }
        if (machine.syncedFolders().stream()
                .noneMatch(folder -> !folder.disabled()
                        && folder.host().equals(".")
                        && folder.guest().equals("/vagrant")
                        && !asked(folder))) {
            return;
        }
        for (String name : Mentioned.of(resolution, machine)) {
            whole(name, "the guest, which looks for it in /vagrant");
        }
    }

    private void whole(String name, String user) throws InterruptedException {
        Optional<Path> place = Paths.of(name.equals(Mentioned.WHOLE) ? "." : name)
                .flatMap(places::ofRelative)
                .filter(any -> Files.exists(places.existing(any)));
        if (place.isPresent()) {
            Path source = places.existing(place.get());
            if (!wholly(source, place.get())) {
                ledger.note(
                        Kind.LISTED,
                        source,
                        "is too large to be copied for " + user + "; a .corralcopy can choose of it");
            }
        }
    }

    // Room only gets less: what was too much once is not walked again.
    private boolean wholly(Path source, Path place) throws InterruptedException {
        if (refused.contains(place)) {
            return false;
        }
        boolean taken = tree.takeWholly(source, place);
        if (!taken) {
            refused.add(place);
        }
        return taken;
    }

    private boolean asked(SyncedFolder folder) {
        Optional<Path> file = saidIn(folder);
        return file.isPresent()
                && (file.get().equals(vagrantfile)
                        || resolution.reads().stream()
                                .anyMatch(read ->
                                        read.content() && Paths.of(read.path()).equals(file)));
    }

    private static Optional<Path> saidIn(SyncedFolder folder) {
        return Paths.of(folder.place().file());
    }

    private void shared(SyncedFolder folder, boolean absolute) throws InterruptedException {
        String host = folder.host();
        boolean home = host.equals("~") || host.startsWith("~/");
        Optional<Path> named = Paths.of(home ? environment.home() + host.substring(1) : host);
        if (named.isEmpty() || (named.get().isAbsolute() && !places.inside(named.get())) != absolute) {
            return;
        }
        Path path = places.folder().resolve(named.get()).normalize();
        Optional<Path> place = named.get().isAbsolute() ? places.of(path) : places.ofRelative(named.get());
        if (place.isEmpty()) {
            far(path, named.filter(any -> !any.isAbsolute()));
            return;
        }
        level(place.get());
        if (absolute) {
            perhaps(path, place.get());
        } else {
            tree.take(places.existing(place.get()), place.get(), true, Extent.WHOLE, new Cause(path, true));
        }
    }

    // Nobody can tell a path that is written out from one that Ruby puts together: the first needs no copy, the second
    // does.
    private void perhaps(Path path, Path place) throws InterruptedException {
        boolean copied = wholly(path, place);
        original(
                path,
                copied
                        ? "is copied, but guests get the original where the Vagrantfile writes that path out"
                        : "is too large to be copied, and is shared where it lies");
    }

    private void along(CopyLine line) throws InterruptedException {
        Optional<Path> start = places.ofRelative(line.start());
        if (start.isPresent()) {
            Path source = places.existing(start.get());
            if (line.literal() || Files.isDirectory(source)) {
                Extent extent = line.literal() ? Extent.WHOLE : Extent.NAMED;
                tree.take(source, start.get(), true, extent, new Cause(source, true));
            }
        }
    }

    private void listings() throws InterruptedException {
        Map<Path, Integer> names = new HashMap<>();
        List<Path> crowded = new ArrayList<>();
        for (Read read : resolution.reads()) {
            Optional<Path> place = placeOf(read).filter(any -> seenOnly(read, any));
            if (place.isEmpty()) {
                continue;
            }
            Path source = source(Path.of(read.path()), place.get());
            if (names.merge(Objects.requireNonNull(source.getParent()), 1, Integer::sum) == MOST_NAMES) {
                crowded.add(Objects.requireNonNull(source.getParent()));
            }
            if (!tree.never(source)) {
                tree.take(source, place.get(), false, Extent.EMPTY, new Cause(source, false));
            } else if (source.endsWith(".git")) {
                ledger.note(Kind.LISTED, source, "is never copied because of a listing");
            }
        }
        crowded.forEach(folder -> ledger.note(
                Kind.LISTED,
                folder,
                "has more entries than are looked at: what comes after the first " + MOST_NAMES + " is not copied"));
    }
}
