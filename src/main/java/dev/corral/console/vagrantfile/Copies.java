package dev.corral.console.vagrantfile;

import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.fx.Background;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The copies of Vagrantfiles that sandboxes run, and how they differ from the text in the editor. For the FX thread. */
final class Copies {
    private final Map<Path, Path> named = new HashMap<>();
    private final Function<Path, Optional<Path>> beside;
    private final Consumer<Notice> tell;

    /**
     * @param beside the copy in the sandbox that is shown beside this file
     * @param tell   takes what can't be shown
     */
    Copies(Function<Path, Optional<Path>> beside, Consumer<Notice> tell) {
        this.beside = beside;
        this.tell = tell;
    }

    /** A file is opened for a sandbox that has this copy of it. */
    void opened(Path file, Optional<Path> copy) {
        copy.filter(path -> !path.equals(file))
                .ifPresentOrElse(path -> named.put(file, path), () -> named.remove(file));
    }

    /** Shows how the copy of a file differs from its text: of the sandbox that it was opened for, else of the one beside it. */
    void compare(OpenFile file) {
        Path path = file.path();
        Optional<Path> copy = Optional.ofNullable(named.get(path)).or(() -> beside.apply(path));
        if (copy.isEmpty()) {
            tell.accept(
                    Notice.news("No sandbox with a copy of this file is known here. Choose one beside the editor."));
            return;
        }
        Background.run(
                "read-copy",
                () -> EditedFile.open(copy.get()).content().text(),
                text -> file.compare(copy.get(), text),
                failure -> tell.accept(Notice.of(Problem.of(failure))));
    }
}
