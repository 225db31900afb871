package dev.corral.console.vagrantfile;

import dev.corral.console.editor.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Says of the file in sight what is wrong with it, and where the caret is. For the FX thread. */
final class FileSight {
    private final FileTabs tabs;
    private final ProblemsPane pane;
    private final FileHead head;
    private final Predicate<OpenFile> checked;

    /** @param checked whether a file is looked at for problems at all */
    FileSight(FileTabs tabs, ProblemsPane pane, FileHead head, Predicate<OpenFile> checked) {
        this.tabs = tabs;
        this.pane = pane;
        this.head = head;
        this.checked = checked;
    }

    /** Shows the problems of all files. */
    void problems() {
        List<ProblemsPane.Line> lines = new ArrayList<>();
        List<OpenFile> all = new ArrayList<>(tabs.files());
        // Those of the file in sight come first.
        tabs.chosen().ifPresent(file -> {
            all.remove(file);
            all.addFirst(file);
        });
        all.forEach(file ->
                file.editor().marks().get().forEach(mark -> lines.add(new ProblemsPane.Line(file.path(), mark))));
        pane.show(lines, tabs.chosen().filter(checked).isPresent());
        Optional<OpenFile> file = tabs.chosen().filter(OpenFile::shown);
        head.state(
                file.map(shown -> shown.editor().marks().get()).orElse(List.of()),
                file.filter(checked).isPresent());
    }

    /** Shows where the caret is. */
    void place() {
        pane.place(tabs.chosen()
                .filter(OpenFile::shown)
                .map(file -> "Line " + file.editor().line() + ", column "
                        + file.editor().column() + "  ·  " + file.language().title()
                        + (file.form().isEmpty() ? "" : "  ·  " + file.form()))
                .orElse(""));
    }

    /** Goes to the next problem of the file in sight. */
    void next() {
        tabs.chosen().ifPresent(file -> {
            List<Mark> marks = file.editor().marks().get();
            int line = file.editor().line();
            marks.stream()
                    .filter(mark -> mark.line() > line)
                    .findFirst()
                    .or(() -> marks.stream().findFirst())
                    .ifPresent(mark -> file.goTo(mark.line(), mark.column()));
        });
    }
}
