package dev.corral.core.code;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.sandbox.Inputs;
import dev.corral.core.sandbox.MachineIdentity;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.copy.CopiedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gives a sandbox other code: what is new lies ready in our folder, a note says what goes where, and from the moment that the note is on
 * disk whoever works on the sandbox next goes on with it. Each step may be done twice. For who holds the sandbox's lock.
 */
public final class CodeRenewal {
    private static final long LARGEST = 64L << 20;
    private static final String BEGINNING = "renewal-";
    private static final Path STATE = Path.of(".vagrant");

    private final SandboxFiles files;
    private final Note note;
    private final Path folder;
    private final Path old;
    private final Mover mover;
    private final Consumer<String> say;
    private final Changing changing;
    private Optional<Path> aside = Optional.empty();
    private int number;

    private CodeRenewal(SandboxFiles files, Note note, Consumer<String> say, Changing changing) throws IOException {
        this.files = files;
        this.note = note;
        this.say = say;
        this.changing = changing;
        this.folder = files.own().resolve(note.folder());
        this.old = Files.createDirectories(folder.resolve("old"), SafeFiles.privateDirectory());
        this.mover = new Mover(files, changing);
    }

    /** Told before each change that it makes, after which it may be cut off. */
    interface Changing {
        /** Nobody is told. */
        Changing UNHEARD = () -> {};

        /** The next change comes. */
        void next();
    }

    /**
     * What is to be done. Places are as in {@link CopiedFiles}.
     *
     * @param folder     the name of the folder in which the new files lie ready
     * @param folders    places of folders that are part of it
     * @param placed     places of what is new or other
     * @param removed    places of what goes, as long as nobody has changed it
     * @param setAside   places of what lies where nothing may be
     * @param context    what Vagrant is started with from then on
     * @param machines   the machines that start by themselves
     * @param spare      those that don't
     * @param primary    the primary one
     * @param identities by what the machines are known at their hypervisors
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Note(
            String folder,
            List<String> folders,
            List<String> placed,
            List<String> removed,
            List<String> setAside,
            Manifest.StartContext context,
            List<String> machines,
            List<String> spare,
            String primary,
            List<MachineIdentity> identities) {
        private static Path file(SandboxFiles files) {
            return files.own().resolve("renewal.json");
        }
    }

    /** A new folder for what is to be made ready. Removes what a renewal left that never came to its note. */
    public static Path prepare(SandboxFiles files) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(files.own(), BEGINNING + "*")) {
            for (Path one : left) {
                SafeFiles.deleteTree(one);
            }
        }
        return Files.createTempDirectory(files.own(), BEGINNING, SafeFiles.privateDirectory());
    }

    /** Vagrant's root among what is ready. */
    public static Path root(SandboxFiles files, Path folder) {
        return tree(files, folder).resolve(files.folder().relativize(files.directory()));
    }

    /** The folder there that stands for the sandbox's own. */
    public static Path tree(SandboxFiles files, Path folder) {
        return folder.resolve("tree").resolve(files.id());
    }

    /** From here on it will be done. */
    public static void commit(SandboxFiles files, Note note) throws IOException {
        SafeFiles.replace(Note.file(files), Json.mapper().writeValueAsBytes(note));
    }

    /** Whether one was begun and not ended. */
    public static boolean pending(SandboxFiles files) {
        return Files.exists(Note.file(files));
    }

    /**
     * Ends what was begun, by this process or by one that was killed; nothing if nothing was.
     *
     * @param say told about what was moved out of the way
     * @throws IOException if something can't be written: the next one goes on with it
     */
    public static void finish(SandboxFiles files, Consumer<String> say) throws IOException {
        finish(files, say, Changing.UNHEARD);
    }

    static void finish(SandboxFiles files, Consumer<String> say, Changing changing) throws IOException {
        Note note;
        try {
            note = Json.mapper().readValue(OrdinaryFile.read(Note.file(files), LARGEST), Note.class);
        } catch (NoSuchFileException e) {
            return;
        }
        new CodeRenewal(files, note, say, changing).apply();
    }

    private void apply() throws IOException {
        CopiedFiles before = copied(files.copied());
        CopiedFiles after = CopiedFiles.read(folder.resolve("copied.json"));
        for (String place : note.setAside()) {
            Path target = mover.target(Path.of(place));
            mover.takeAway(target, aside(target));
        }
        for (String place : note.removed()) {
            remove(before, place);
        }
        for (String place : note.folders()) {
            mover.makeFolders(mover.target(CopiedFiles.place(place)), this::aside);
        }
        for (String place : note.placed()) {
            place(before, after, place);
        }
        keep(after);
        changing.next();
        Files.delete(Note.file(files));
        changing.next();
        SafeFiles.deleteTree(folder);
    }

    private static CopiedFiles copied(Path file) throws IOException {
        try {
            return CopiedFiles.read(file);
        } catch (NoSuchFileException e) {
            return new CopiedFiles(Map.of());
        }
    }

    private Path aside(Path target) {
        return aside.orElseGet(this::newAside).resolve(number++ + "-" + target.getFileName());
    }

    private Path newAside() {
        try {
            changing.next();
            Path made = Restorer.setAside(files);
            aside = Optional.of(made);
            // Before anything is moved: whoever goes on with this after a kill moves only what is left.
            say.accept("What lay in the way in " + files.id() + " lies in " + made + ".");
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path old(Path target) {
        return old.resolve(number++ + "-" + target.getFileName());
    }

    private void remove(CopiedFiles before, String place) throws IOException {
        Path target = mover.target(CopiedFiles.place(place));
        if (!state(target) && before.holds(files.directory(), place)) {
            mover.takeAway(target, old(target));
            removeEmpty(Objects.requireNonNull(target.getParent()));
        }
    }

    // Vagrant's own state is nobody's to change.
    private boolean state(Path target) {
        return target.startsWith(files.directory().resolve(STATE));
    }

    // A folder that is left empty was there for what lay in it.
    private void removeEmpty(Path folder) throws IOException {
        Path empty = folder;
        while (!empty.equals(files.directory())
                && !files.directory().startsWith(empty)
                && empty.startsWith(files.folder())
                && !note.folders().contains(files.directory().relativize(empty).toString())) {
            try {
                changing.next();
                Files.delete(empty);
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                return;
            }
            empty = Objects.requireNonNull(empty.getParent());
        }
    }

    private void place(CopiedFiles before, CopiedFiles after, String place) throws IOException {
        Path ready = root(files, folder).resolve(CopiedFiles.place(place)).normalize();
        Path target = mover.target(CopiedFiles.place(place));
        if (state(target) || !Files.exists(ready, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        mover.makeFolders(Objects.requireNonNull(target.getParent()), this::aside);
        if (after.holds(files.directory(), place)) {
            return;
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            mover.takeAway(target, before.holds(files.directory(), place) ? old(target) : aside(target));
        }
        mover.put(ready, target);
    }

    private void keep(CopiedFiles after) throws IOException {
        Path bytes = CodeKeeper.folder(files);
        Files.createDirectories(bytes, SafeFiles.privateDirectory());
        try (DirectoryStream<Path> ready = Files.newDirectoryStream(folder.resolve("kept"))) {
            for (Path one : ready) {
                changing.next();
                Files.move(one, bytes.resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Resolution resolution = Json.mapper()
                .readValue(OrdinaryFile.read(folder.resolve("resolution.json"), LARGEST), Resolution.class);
        changing.next();
        KeptCode.read(folder.resolve("kept.json"))
                .listing(files, CodeKeeper.of(files, resolution).listed())
                .write(files);
        changing.next();
        KeptResolution.write(files, resolution);
        changing.next();
        MachineIdentity.write(files, note.identities());
        List<String> names = after.files().keySet().stream().sorted().toList();
        String inputs = Inputs.hash(files, names, note.context().environment());
        changing.next();
        new SandboxStore(files.cache()).change(files, known -> known.withResolved(
                        note.context(), note.machines(), note.spare(), note.primary())
                .withCopied(
                        files.directory(),
                        names.stream().filter(name -> !name.equals(own(known))).toList(),
                        inputs));
        changing.next();
        after.write(files.copied());
    }

    private static String own(Manifest manifest) {
        return Objects.requireNonNull(Path.of(manifest.vagrantfile()).getFileName())
                .toString();
    }
}
