package dev.corral.console.vagrantfile;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.page.Actions;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What the page's commands do to the file in sight. */
final class FileActions {
    private final Actions actions;
    private final FileTabs tabs;
    private final FileDialogs dialogs;
    private final Runnable next;
    private final BiConsumer<Path, Integer> resolved;
    private final Copies copies;

    /**
     * @param next     goes to the next problem
     * @param resolved shows what a line of a file, from 1, means
     * @param copies   the copies in sandboxes
     */
    FileActions(
            Actions actions,
            FileTabs tabs,
            FileDialogs dialogs,
            Runnable next,
            BiConsumer<Path, Integer> resolved,
            Copies copies) {
        this.copies = copies;
        this.resolved = resolved;
        this.actions = actions;
        this.tabs = tabs;
        this.dialogs = dialogs;
        this.next = next;
    }

    void install() {
        actions.handle(FileCommand.OPEN_FILE, dialogs::askForFiles);
        actions.handle(FileCommand.NEW_FILE, dialogs::askForTemplate);
        actions.handle(FileCommand.SAVE_FILE, () -> tabs.chosen().ifPresent(OpenFile::save));
        actions.handle(FileCommand.CLOSE_FILE, () -> tabs.chosen().ifPresent(tabs::close));
        on(FileCommand.REPLACE, editor -> editor.find(true));
        on(FileCommand.GO_TO_LINE, CodeEditor::askForLine);
        actions.handle(FileCommand.NEXT_PROBLEM, next);
        actions.handle(FileCommand.SHOW_RESOLVED, () -> tabs.chosen()
                .filter(OpenFile::shown)
                .ifPresent(file -> resolved.accept(file.path(), file.editor().line())));
        actions.handle(
                FileCommand.COMPARE_COPY,
                () -> tabs.chosen().filter(OpenFile::shown).ifPresent(copies::compare));
        on(FileCommand.FOLD, editor -> editor.fold(true));
        on(FileCommand.UNFOLD, editor -> editor.fold(false));
    }

    private void on(FileCommand command, Consumer<CodeEditor> what) {
        actions.handle(command, () -> tabs.chosen().ifPresent(file -> file.ifShown(what)));
    }
}
