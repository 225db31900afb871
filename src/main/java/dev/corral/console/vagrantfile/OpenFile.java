package dev.corral.console.vagrantfile;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.DiskAnswer;
import dev.corral.console.editor.file.Drafts.Draft;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.file.Restored;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.EmptyState;
import dev.corral.console.shared.Texts;
import dev.corral.console.vagrantfile.strip.DifferenceView;
import dev.corral.console.vagrantfile.strip.DraftKeeper;
import dev.corral.console.vagrantfile.strip.FileDrafts;
import dev.corral.console.vagrantfile.strip.FileStrip;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.control.Button;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;

/**
 * A file in the editor: what becomes of it between disk and window. Nothing is ever lost: a save never overwrites what nobody has seen,
 * and unsaved text is kept. For the FX thread.
 */
final class OpenFile extends BorderPane {
    private static final double DRAFT_MS = 1_000;

    private final Path path;
    private final Optional<String> forReading;
    private final CodeEditor editor = new CodeEditor();
    private final FileStrip strip = new FileStrip("file-strip");
    private final FileDrafts drafts;
    private final Saving saving;
    private final Listener listener;
    private final ReadOnlyBooleanWrapper dirty = new ReadOnlyBooleanWrapper();
    private final PauseTransition draftTime = new PauseTransition(Duration.millis(DRAFT_MS));
    private Optional<EditedFile> file = Optional.empty();
    private Language language = Language.PLAIN;
    private boolean writable;
    private boolean gone;
    private boolean busy;
    private boolean lookAgain;
    private boolean asked;
    private boolean saveNext;
    private int line;
    private int column = 1;

    /** What a file tells of itself. */
    interface Listener {
        /** It is shown now, for the first time or after it could not be. */
        void loaded(OpenFile file);

        /** It has been written. */
        void saved(OpenFile file);

        /** The disk had something else than was known here, which has been taken. */
        void reread(OpenFile file);

        /** Whether it can be saved, or what its text names, may be different. */
        void changed(OpenFile file);
    }

    /**
     * @param forReading why it is not to be changed; empty when it may be
     * @param line       where the caret goes, 0 for the beginning
     * @param saving     saves it
     */
    OpenFile(
            Path path,
            Optional<String> forReading,
            int line,
            int column,
            DraftKeeper drafts,
            Saving saving,
            Listener listener) {
        this.saving = saving;
        this.path = path;
        this.forReading = forReading;
        this.line = line;
        this.column = column;
        this.drafts = new FileDrafts(path, drafts, editor::text, this::restore);
        this.listener = listener;
        getStyleClass().add("open-file");
        setTop(new VBox(this.drafts.node(), strip));
        setCenter(editor);
        editor.whenEdited(this::edited);
        editor.whenSettled(this::settled);
        draftTime.setOnFinished(event -> keepDraft());
        load();
    }

    Path path() {
        return path;
    }

    CodeEditor editor() {
        return editor;
    }

    Language language() {
        return language;
    }

    /** Whether machines may be started from it. */
    boolean vagrantfile() {
        return language == Language.RUBY
                && (path.getFileName().toString().startsWith("Vagrantfile")
                        || editor.text().contains("Vagrant.configure"));
    }

    /** Whether it has text that is not saved. */
    ReadOnlyBooleanProperty dirty() {
        return dirty.getReadOnlyProperty();
    }

    /** Whether it can be saved at all. */
    boolean writable() {
        return writable;
    }

    /** What is unusual about it, for people. */
    String form() {
        return file.map(known -> known.content().form()).orElse("");
    }

    /** Whether it is shown, and not the reason why it can not be. */
    boolean shown() {
        return file.isPresent();
    }

    private void load() {
        Background.run("open-file", () -> LoadedFile.of(path, forReading, drafts), this::show, failure -> {
            Problem problem = Problem.of(failure);
            Button again = new Button("Try again");
            again.getStyleClass().add("quiet-button");
            again.setOnAction(event -> load());
            setCenter(
                    new EmptyState(MaterialDesignF.FILE_ALERT_OUTLINE, problem.sentence(), problem.nextStep(), again));
        });
    }

    private void show(LoadedFile loaded) {
        file = Optional.of(loaded.file());
        language = loaded.language();
        writable = loaded.obstacle().isEmpty();
        setCenter(editor);
        editor.show(loaded.text(), writable);
        loaded.obstacle().ifPresent(why -> strip.ask(Texts.line(why)));
        if (loaded.gone()) {
            answer(new DiskAnswer.Gone());
        }
        drafts.offer(loaded.left(), loaded.content());
        listener.loaded(this);
        if (line > 0) {
            editor.goTo(line, column);
        }
    }

    /** Goes to a line, from 1; as soon as the file is shown. */
    void goTo(int wanted, int wantedColumn) {
        line = wanted;
        column = wantedColumn;
        if (shown()) {
            editor.goTo(wanted, wantedColumn);
        }
    }

    private boolean restore(Draft draft) {
        file.ifPresent(known -> {
            Restored restored = Restored.of(draft, known.content().text(), editor.text(), gone);
            editor.become(restored.text());
            if (restored.asked()) {
                answer(DiskAnswer.to(draft.base(), draft.text(), new Disk.Changed(known.content(), known.hash())));
            } else if (!restored.note().isEmpty()) {
                strip.tell(restored.note());
            }
            keepDraft();
        });
        return writable;
    }

    private void edited() {
        if (writable) {
            dirty.set(true);
            if (draftTime.getStatus() != Animation.Status.RUNNING) {
                draftTime.playFromStart();
            }
        }
    }

    private void settled() {
        file.filter(known -> writable).ifPresent(known -> {
            dirty.set(unsaved(known));
            listener.changed(this);
        });
    }

    // Of a file that has gone the text is all that is left.
    private boolean unsaved(EditedFile known) {
        String text = editor.text();
        return !text.equals(known.content().text()) || gone && !text.isEmpty();
    }

    private void keepDraft() {
        file.filter(known -> writable).ifPresent(known -> {
            if (unsaved(known)) {
                drafts.keep(known.content().text(), editor.text());
            } else {
                drafts.drop();
            }
        });
    }

    /** Looks at the disk, since something may have changed there. */
    void look() {
        file.ifPresent(known -> {
            if (busy) {
                lookAgain = true;
                return;
            }
            busy = true;
            String mine = editor.text();
            Background.run(
                    "look-at-file",
                    () -> DiskAnswer.to(known.content().text(), mine, known.look()),
                    found -> {
                        busy = false;
                        if (mine.equals(editor.text())) {
                            answer(found);
                        } else {
                            lookAgain = true;
                        }
                        goOn();
                    },
                    this::failed);
        });
    }

    private void failed(Throwable failure) {
        busy = false;
        saveNext = false;
        Problem problem = Problem.of(failure);
        strip.ask(
                problem.sentence() + " " + problem.nextStep(),
                new FileStrip.Choice("save-again", "Save again", this::save));
    }

    private void goOn() {
        if (saveNext) {
            saveNext = false;
            save();
        } else if (lookAgain) {
            lookAgain = false;
            look();
        }
    }

    private void answer(DiskAnswer found) {
        switch (found) {
            case DiskAnswer.Nothing nothing -> {
                if (asked) {
                    settle();
                }
            }
            case DiskAnswer.Reload reload -> {
                file.ifPresent(known -> known.take(reload.disk()));
                boolean same = editor.text().equals(reload.disk().content().text());
                editor.become(reload.disk().content().text());
                settle();
                listener.reread(this);
                if (!same) {
                    strip.tell(
                            "The file has changed on the disk and was read again. Undo brings your view of it back.");
                }
            }
            case DiskAnswer.Merge merge -> {
                file.ifPresent(known -> known.take(merge.disk()));
                editor.become(merge.text());
                settle();
                listener.reread(this);
                strip.tell("The file has changed on the disk, in other lines than yours: both are here now.");
            }
            case DiskAnswer.Ask ask -> ask(ask.disk());
            case DiskAnswer.Gone nothing -> {
                asked = true;
                gone = true;
                settled();
                keepDraft();
                strip.ask("The file is not on the disk any more. Saving writes it again.");
            }
            case DiskAnswer.Unreadable unreadable -> {
                asked = true;
                strip.ask(Texts.line(unreadable.why()) + " Your text stays here.");
            }
        }
    }

    private void settle() {
        asked = false;
        gone = false;
        strip.hide();
        settled();
        keepDraft();
    }

    private void ask(Disk.Changed disk) {
        asked = true;
        String theirs = disk.content().text();
        strip.askWhich(
                () -> {
                    file.ifPresent(known -> known.take(disk));
                    settle();
                    listener.reread(this);
                },
                () -> {
                    file.ifPresent(known -> known.take(disk));
                    editor.become(theirs);
                    settle();
                    listener.reread(this);
                },
                () -> new DifferenceView(editor.text(), theirs));
    }

    /** Shows how a copy of it differs from the text here. */
    void compare(Path copy, String text) {
        if (text.equals(editor.text())) {
            strip.tell("The same stands in " + Texts.line(copy.toString()) + ".");
        } else {
            strip.show(
                    Texts.line(copy.toString()) + " differs: a minus is only here, a plus only there.",
                    new DifferenceView(editor.text(), text));
        }
    }

    /** Writes it. What the disk has got meanwhile is joined or asked about first. */
    void save() {
        file.filter(known -> writable).ifPresent(known -> {
            if (busy) {
                saveNext = true;
                return;
            }
            busy = true;
            String mine = editor.text();
            Background.run(
                    "save-file",
                    () -> saving.save(known, mine),
                    found -> {
                        busy = false;
                        saved(mine, found);
                        goOn();
                    },
                    this::failed);
        });
    }

    private void saved(String mine, DiskAnswer found) {
        if (found instanceof DiskAnswer.Nothing) {
            settle();
            listener.saved(this);
        } else if (mine.equals(editor.text())) {
            answer(found);
            // Both changes together are what was to be saved.
            saveNext = found instanceof DiskAnswer.Merge;
        } else {
            // The answer is about another text than the one that is here by now.
            saveNext = true;
        }
    }

    /** Keeps what is not saved, and ends. */
    void close() {
        draftTime.stop();
        editor.close();
        if (dirty.get()) {
            keepDraft();
        }
    }

    /** Runs something for this file when it is shown, now or never. */
    void ifShown(Consumer<CodeEditor> what) {
        if (shown()) {
            what.accept(editor);
        }
    }

    @Override
    public void requestFocus() {
        editor.requestFocus();
    }
}
