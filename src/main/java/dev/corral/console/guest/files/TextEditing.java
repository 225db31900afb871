package dev.corral.console.guest.files;

import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.FileText;
import dev.corral.console.editor.file.ThreeWay;
import dev.corral.console.fx.Threads;
import dev.corral.console.guest.ShownName;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.messages.Question;
import dev.corral.console.shared.Formats;
import dev.corral.core.ssh.files.GuestFolders;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one text of a guest that is edited: opened, saved, and compared with what the guest has. What somebody else wrote there meanwhile is
 * never overwritten without a question, and nor is what was typed. For the window's thread; what blocks runs elsewhere.
 */
final class TextEditing {
    private static final int PATH_MOST = 80;

    private final String guest;
    private final Threads threads;
    private final MessageCenter desk;
    private final Runnable changed;
    private final Runnable written;
    private Optional<EditedGuestFile> file = Optional.empty();
    private Optional<Problem> problem = Optional.empty();
    private String text = "";
    private String note = "";
    private int generation;
    private int opened;
    private boolean working;

    /**
     * What the guest has, compared elsewhere than on the window's thread.
     *
     * @param typed  what it was joined with
     * @param joined both texts; empty where they contradict each other, or nothing is to be joined
     */
    private record Found(Disk disk, String typed, Optional<String> joined) {
        static Found of(EditedGuestFile edited, String typed, Disk disk) {
            if (!(disk instanceof Disk.Changed other)) {
                return new Found(disk, typed, Optional.empty());
            }
            ThreeWay both = ThreeWay.merge(
                    edited.content().text(), typed, other.content().text());
            return new Found(disk, typed, both.conflicts() ? Optional.empty() : Optional.of(both.text()));
        }
    }

    /** @param written told when a file of the guest has been written */
    TextEditing(String guest, Threads threads, MessageCenter desk, Runnable changed, Runnable written) {
        this.guest = guest;
        this.threads = threads;
        this.desk = desk;
        this.changed = changed;
        this.written = written;
    }

    /** The file that is edited. */
    Optional<EditedGuestFile> file() {
        return file;
    }

    /** What the editor is to show; it counts up when that is another one than was typed. */
    int generation() {
        return generation;
    }

    /** What was typed last. */
    String text() {
        return text;
    }

    Optional<Problem> problem() {
        return problem;
    }

    boolean working() {
        return working;
    }

    /** How the file stands, in words. */
    String note() {
        return working ? "asking the guest…" : dirty() ? "not saved" : note;
    }

    boolean dirty() {
        return file.isPresent() && !text.equals(file.get().content().text());
    }

    /** The shown name of the file if it is not saved. */
    Optional<String> unsaved() {
        return dirty() ? file.map(this::name) : Optional.empty();
    }

    private String name(EditedGuestFile of) {
        return Formats.middle(ShownName.of(of.path()), PATH_MOST) + " in " + guest;
    }

    /** The user has typed. */
    void typed(String now) {
        text = now;
        problem = Optional.empty();
        changed.run();
    }

    /** Opens a file; asks first when another one is not saved. */
    void open(String path, Supplier<GuestFolders> folders) {
        leave(() -> read(path, folders));
    }

    /** Closes the file; asks first when it is not saved. */
    void close() {
        leave(this::forget);
    }

    /** Asks whether unsaved text may go, where there is any. */
    void leave(Runnable go) {
        if (!dirty()) {
            go.run();
            return;
        }
        desk.ask(new Question(
                "Leave " + unsaved().orElse("") + " without saving?",
                "What you have typed is lost then.",
                List.of(),
                List.of(
                        Question.Choice.safe("stay-in-file", "Go on editing"),
                        new Question.Choice("leave-file", "Leave", Question.Tone.DESTRUCTIVE, false, go)),
                0));
    }

    private void forget() {
        opened++;
        file = Optional.empty();
        problem = Optional.empty();
        text = "";
        note = "";
        working = false;
        changed.run();
    }

    private void read(String path, Supplier<GuestFolders> folders) {
        int number = ++opened;
        working = true;
        changed.run();
        threads.background(
                "guest-text",
                () -> EditedGuestFile.open(folders.get(), path),
                read -> {
                    if (number == opened) {
                        working = false;
                        file = Optional.of(read);
                        show(read.content(), "");
                    }
                },
                failure -> {
                    if (number == opened) {
                        failed(failure);
                    }
                });
    }

    private void show(FileText content, String word) {
        text = content.text();
        note = word.isEmpty() ? content.form() : word;
        problem = Optional.empty();
        generation++;
        changed.run();
    }

    private void failed(Throwable failure) {
        working = false;
        problem = Optional.of(Problem.of(failure));
        changed.run();
    }

    /** Writes what was typed, unless the guest has something that nobody has seen: then it asks. */
    void save() {
        if (file.isEmpty() || working) {
            return;
        }
        EditedGuestFile saved = file.get();
        String typed = text;
        ask(saved, () -> Found.of(saved, typed, saved.save(typed)), found -> {
            if (found.disk() instanceof Disk.Same) {
                saved("saved");
            } else {
                differs(saved, found);
            }
        });
    }

    /** Reads the file again: shows what the guest has, or asks when that would lose what was typed. */
    void reload() {
        if (file.isEmpty() || working) {
            return;
        }
        EditedGuestFile edited = file.get();
        String typed = text;
        ask(edited, () -> Found.of(edited, typed, edited.look()), found -> {
            if (found.disk() instanceof Disk.Changed other && !dirty()) {
                edited.take(other);
                show(other.content(), "read again: it had changed");
            } else if (found.disk() instanceof Disk.Same) {
                note = "as in the guest";
                changed.run();
            } else {
                differs(edited, found);
            }
        });
    }

    private <T> void ask(EditedGuestFile about, Callable<T> question, Consumer<T> answer) {
        working = true;
        changed.run();
        threads.background(
                "guest-text",
                question,
                found -> {
                    working = false;
                    if (file.filter(now -> now == about).isPresent()) {
                        answer.accept(found);
                    }
                    changed.run();
                },
                this::failed);
    }

    private void saved(String word) {
        note = word;
        problem = Optional.empty();
        written.run();
        changed.run();
    }

    private void overwrite(EditedGuestFile edited) {
        String typed = text;
        ask(
                edited,
                () -> {
                    edited.overwrite(typed);
                    return new Disk.Same();
                },
                done -> saved("saved"));
    }

    private void differs(EditedGuestFile edited, Found found) {
        if (found.disk() instanceof Disk.Changed && !found.typed().equals(text)) {
            // Somebody typed on meanwhile.
            String typed = text;
            ask(edited, () -> Found.of(edited, typed, found.disk()), again -> differs(edited, again));
            return;
        }
        List<Question.Choice> choices =
                new ArrayList<>(List.of(Question.Choice.safe("go-on-editing", "Go on editing")));
        String sentence;
        switch (found.disk()) {
            case Disk.Changed other -> {
                sentence = "Something else has been written to it in the guest since you opened it.";
                found.joined()
                        .ifPresent(joined -> choices.add(choice("join-texts", "Join both", Question.Tone.MAIN, () -> {
                            edited.take(other);
                            text = joined;
                            note = "";
                            generation++;
                            changed.run();
                            save();
                        })));
                choices.add(choice("take-guests", "Take the guest's", Question.Tone.QUIET, () -> {
                    edited.take(other);
                    show(other.content(), "the guest's");
                }));
                choices.add(
                        choice("overwrite-guests", "Overwrite", Question.Tone.DESTRUCTIVE, () -> overwrite(edited)));
            }
            case Disk.Gone gone -> {
                sentence = "It is not there any more.";
                choices.add(choice("write-again", "Write it again", Question.Tone.MAIN, () -> overwrite(edited)));
            }
            case Disk.Unreadable unreadable -> {
                desk.tell(Notice.of(new Problem(
                        unreadable.why(),
                        "What you have typed is still in the editor; nothing was written.",
                        "",
                        false,
                        false)));
                return;
            }
            case Disk.Same same -> {
                return;
            }
        }
        desk.ask(new Question(name(edited) + " has changed", sentence, List.of(), choices, 0));
    }

    private static Question.Choice choice(String id, String label, Question.Tone tone, Runnable run) {
        return new Question.Choice(id, label, tone, false, run);
    }
}
