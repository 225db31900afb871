package dev.corral.console.vagrantfile;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Notice;
import dev.corral.console.messages.Problem;
import dev.corral.console.page.PageContext;
import dev.corral.core.base.ExpectedFailure;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** Asks for files with the desktop's own dialogs. For the FX thread. */
final class FileDialogs {
    private final PageContext context;
    private final Supplier<@Nullable Scene> scene;
    private final Consumer<Path> open;
    private Optional<Path> lastFolder = Optional.empty();

    FileDialogs(PageContext context, Supplier<@Nullable Scene> scene, Consumer<Path> open) {
        this.context = context;
        this.scene = scene;
        this.open = open;
    }

    void askForFiles() {
        FileChooser chooser = chooser("Open a Vagrantfile, or a file that it reads");
        List<File> chosen = chooser.showOpenMultipleDialog(window());
        if (chosen != null) {
            chosen.forEach(file -> opened(file.toPath()));
        }
    }

    private void opened(Path file) {
        lastFolder = Optional.ofNullable(file.getParent());
        open.accept(file);
    }

    void askForTemplate() {
        new NewFileDialog(context.overlay(), this::place, this::create).open();
    }

    private Optional<Path> place() {
        FileChooser chooser = chooser("Where the new Vagrantfile goes");
        chooser.setInitialFileName("Vagrantfile");
        return Optional.ofNullable(chooser.showSaveDialog(window())).map(File::toPath);
    }

    /** Makes a new file and opens it; what is there already stays as it is. */
    void create(Template template, Path file) {
        Background.run(
                "new-vagrantfile",
                () -> {
                    try {
                        template.write(file);
                        return file;
                    } catch (FileAlreadyExistsException e) {
                        throw ExpectedFailure.failed(
                                "There is a file already: " + file,
                                "It was left as it is. Choose another folder or name.",
                                e);
                    } catch (IOException e) {
                        throw ExpectedFailure.failed(
                                "The file can not be made: " + file, "Check that you may write to its folder.", e);
                    }
                },
                this::opened,
                failure -> context.tell().accept(Notice.of(Problem.of(failure))));
    }

    private FileChooser chooser(String title) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        lastFolder.map(Path::toFile).filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        return chooser;
    }

    private javafx.stage.@Nullable Window window() {
        Scene shown = scene.get();
        return shown == null ? null : shown.getWindow();
    }
}
