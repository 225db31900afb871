package dev.corral.console.guest.files;

import dev.corral.console.fx.Threads;
import dev.corral.console.guest.Guest;
import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.machine.SharedFolder;
import dev.corral.core.ssh.files.EntryKind;
import dev.corral.core.ssh.files.GuestFolders;
import dev.corral.core.ssh.files.GuestListing;
import dev.corral.core.ssh.files.GuestPaths;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A person looks around in a guest's folders and changes what is there. What deletes asks first. For the window's thread; what blocks runs
 * elsewhere.
 */
public final class FilesModel {
    private static final int MOST_VICTIMS = 20;

    private final Guest guest;
    private final Threads threads;
    private final MessageCenter desk;
    private final Runnable changed;
    private final TextEditing editing;
    private final Transfers transfers;
    private String path = "";
    private List<FileRow> rows = List.of();
    private List<SharedFolder> shared = List.of();
    private boolean sharedKnown;
    private Optional<Problem> problem = Optional.empty();
    private Optional<String> choose = Optional.empty();
    private boolean cut;
    private boolean root;
    private boolean working;
    private int asked;

    // Twenty thousand names are made fit to be shown and sorted where that keeps nobody waiting.
    private record Looked(GuestListing listing, List<FileRow> rows) {
        static Looked of(GuestListing listing) {
            return new Looked(listing, FileRow.of(listing.entries()));
        }
    }

    /**
     * @param guest   whose files
     * @param threads where what blocks runs
     * @param desk    where questions and notices go
     * @param changed told whenever something else is to be shown
     */
    public FilesModel(Guest guest, Threads threads, MessageCenter desk, Runnable changed) {
        this.guest = guest;
        this.threads = threads;
        this.desk = desk;
        this.changed = changed;
        this.editing = new TextEditing(guest.name(), threads, desk, changed, this::reload);
        this.transfers = new Transfers(guest.name(), threads, desk, changed, this::reload);
    }

    /** The folder that is shown, absolute; empty before the first is. */
    public String path() {
        return path;
    }

    List<FileRow> rows() {
        return rows;
    }

    /** The synced folders, as far as they are known. */
    List<SharedFolder> shared() {
        return shared;
    }

    /** What went wrong last; empty when all is well. */
    Optional<Problem> problem() {
        return problem;
    }

    /** Whether there are more entries than are shown. */
    boolean cut() {
        return cut;
    }

    /** Whether it looks as root. */
    boolean root() {
        return root;
    }

    /** Whether the guest is being asked. */
    boolean working() {
        return working;
    }

    /** The file that is edited. */
    TextEditing editing() {
        return editing;
    }

    /** What is fetched and sent. */
    Transfers transfers() {
        return transfers;
    }

    /** The name of a row that is to be chosen now; empty from the second time on. */
    Optional<String> toChoose() {
        Optional<String> name = choose;
        choose = Optional.empty();
        return name;
    }

    private GuestFolders folders(boolean asRoot) {
        return new GuestFolders(guest.connection().connect(), asRoot ? Optional.of("root") : Optional.empty());
    }

    /** Shows the login user's home, and asks for the synced folders. */
    public void begin() {
        go("");
        threads.background(
                "guest-mounts",
                () -> {
                    Optional<ResolvedMachine> machine = guest.resolved().read();
                    return machine.isEmpty()
                            ? Optional.<List<SharedFolder>>empty()
                            : Optional.of(SharedFolder.of(
                                    machine.get(), folders(false).mounts().map(SharedFolder::mounts)));
                },
                found -> {
                    sharedKnown = found.isPresent();
                    shared = found.orElse(List.of());
                    changed.run();
                },
                this::failed);
    }

    /** Shows another folder; it stays with the one before if that can't be. */
    public void go(String folder) {
        look(folder, Optional.empty());
    }

    /** Shows the folder above, with this one chosen in it. */
    void up() {
        if (!path.isEmpty() && !path.equals("/")) {
            look(GuestPaths.parent(path), Optional.of(GuestPaths.name(path)));
        }
    }

    /** Looks at the same folder again. */
    void reload() {
        look(path, Optional.empty());
    }

    /** Looks as root from now on, or not any more. */
    void asRoot(boolean wanted) {
        if (wanted == root) {
            return;
        }
        root = wanted;
        reload();
    }

    private void look(String folder, Optional<String> chosen) {
        int number = ++asked;
        boolean asRoot = root;
        working = true;
        problem = Optional.empty();
        changed.run();
        threads.background(
                "guest-folder",
                () -> Looked.of(folders(asRoot).list(folder)),
                looked -> {
                    // An older answer may take longer than a newer one.
                    if (number == asked) {
                        working = false;
                        choose = chosen;
                        take(looked);
                    }
                },
                failure -> {
                    if (number == asked) {
                        working = false;
                        failed(failure);
                    }
                });
    }

    private void take(Looked looked) {
        path = looked.listing().path();
        rows = looked.rows();
        cut = looked.listing().cut();
        problem = Optional.empty();
        changed.run();
    }

    private void failed(Throwable failure) {
        problem = Optional.of(Problem.of(failure));
        changed.run();
    }

    /** Opens a row: shows the folder, or the text to be edited. */
    void open(FileRow row) {
        String target = GuestPaths.child(path, row.entry().name());
        if (row.entry().folder()) {
            go(target);
        } else if (row.entry().ordinary()) {
            boolean asRoot = root;
            editing.open(target, () -> folders(asRoot));
        } else {
            problem = Optional.of(new Problem(
                    row.entry().kind() == EntryKind.LINK && row.entry().leadsTo() == EntryKind.OTHER
                            ? "This link leads to nothing."
                            : "This is a " + row.entry().leadsTo().word() + ", which is not opened.",
                    "Only ordinary files are read.",
                    "",
                    false,
                    false));
            changed.run();
        }
    }

    /** The synced folder that the shown one lies in. */
    Optional<SharedFolder> sharedHere() {
        return shared.stream()
                .filter(folder -> folder.holds(path))
                .filter(folder -> folder.state() != SharedFolder.State.OFF)
                .findFirst();
    }

    private void change(String name, Callable<String> work) {
        working = true;
        changed.run();
        threads.background(
                name,
                work,
                chosen -> {
                    working = false;
                    look(path, Optional.of(chosen).filter(text -> !text.isEmpty()));
                },
                failure -> {
                    working = false;
                    failed(failure);
                });
    }

    /** Makes a folder in the one that is shown. */
    void newFolder(String name) {
        String folder = path;
        if (folder.isEmpty()) {
            return;
        }
        boolean asRoot = root;
        change("guest-new-folder", () -> {
            if (!folders(asRoot).makeFolder(GuestPaths.child(folder, GuestPaths.typed(name)))) {
                throw ExpectedFailure.failed("There is a folder of that name already.", "Take another name.");
            }
            return name;
        });
    }

    /** Gives a row another name; asked for by typing that, so nothing else is asked. */
    void rename(FileRow row, String name) {
        String folder = path;
        boolean asRoot = root;
        change("guest-rename", () -> {
            folders(asRoot).rename(folder, row.entry().name(), name);
            return name;
        });
    }

    /** Deletes rows, after a question. */
    void delete(List<FileRow> victims) {
        if (victims.isEmpty()) {
            return;
        }
        String folder = path;
        boolean asRoot = root;
        List<String> names = victims.stream().map(row -> row.entry().name()).toList();
        List<String> lines = new ArrayList<>(
                victims.stream().limit(MOST_VICTIMS).map(FilesModel::victim).toList());
        if (victims.size() > MOST_VICTIMS) {
            lines.add("and " + (victims.size() - MOST_VICTIMS) + " more");
        }
        desk.ask(new Question(
                "Delete " + Formats.count(victims.size(), "entry", "entries") + " of "
                        + Formats.middle(ShownName.of(folder), 80) + " in " + guest.name() + "?",
                "Folders go with all that is in them, and nothing brings them back." + here(folder, names),
                lines,
                List.of(
                        Question.Choice.safe("keep-files", "Keep"),
                        new Question.Choice(
                                "delete-files",
                                "Delete",
                                Question.Tone.DESTRUCTIVE,
                                false,
                                () -> change("guest-delete", () -> {
                                    folders(asRoot).delete(folder, names);
                                    return "";
                                }))),
                0));
    }

    // What the guest says of its mounts is not enough to be sure that nothing goes here: only the Vagrantfile's own
    // word is.
    private String here(String folder, List<String> names) {
        List<SharedFolder.State> states = shared.stream()
                .filter(one -> one.holds(folder)
                        || names.stream()
                                .anyMatch(name -> (one.guest() + "/").startsWith(GuestPaths.child(folder, name) + "/")))
                .map(SharedFolder::state)
                .filter(state -> state != SharedFolder.State.OFF && state != SharedFolder.State.COPIED)
                .toList();
        if (states.contains(SharedFolder.State.LIVE)) {
            return " It is or holds a synced folder: what is deleted goes on this machine, too.";
        }
        return sharedKnown && states.isEmpty()
                ? ""
                : " It may be or hold a synced folder: what is deleted may go on this machine, too.";
    }

    private static String victim(FileRow row) {
        return row.name()
                + switch (row.entry().kind()) {
                    case FOLDER -> "/ and all below it";
                    case LINK -> " (the link, not what it leads to)";
                    default -> "";
                };
    }

    /** Fetches rows into a folder of this machine. */
    void download(List<FileRow> chosen, Path target) {
        boolean asRoot = root;
        transfers.download(
                () -> folders(asRoot), path, chosen.stream().map(FileRow::entry).toList(), target);
    }

    /** Sends files and folders of this machine into the folder that is shown; asks before it replaces something. */
    void upload(List<Path> files) {
        boolean asRoot = root;
        transfers.upload(() -> folders(asRoot), path, files);
    }

    /** Whether an entry of that name is shown. For tests and questions. */
    Optional<FileRow> row(String name) {
        return rows.stream().filter(row -> row.entry().name().equals(name)).findFirst();
    }

    /** What would end or be lost if it closed; empty when nothing would. */
    public Optional<String> losses() {
        return transfers.losses().or(() -> editing.unsaved().map(file -> "unsaved text of " + file));
    }

    /** Ends what runs. */
    public void close() {
        transfers.close();
    }
}
