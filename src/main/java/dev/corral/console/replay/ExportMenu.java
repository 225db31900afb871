package dev.corral.console.replay;

import dev.corral.console.fx.Background;
import dev.corral.console.messages.Problem;
import dev.corral.console.shared.Icons;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.recording.export.CastExport;
import dev.corral.core.recording.export.CommandsCsv;
import dev.corral.core.recording.export.TextExport;
import dev.corral.core.recording.replay.Pauses;
import dev.corral.core.recording.replay.Recording;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.stage.FileChooser;
import org.kordamp.ikonli.materialdesign2.MaterialDesignE;

/** Writes the recording as something else; the button says how it went. For the FX thread. */
final class ExportMenu extends MenuButton {
    private static final String USUAL = "Export";

    private final Supplier<Recording> recording;

    /** What writes it. */
    private interface Form {
        void write(Recording recording, Writer out) throws IOException;
    }

    ExportMenu(Supplier<Recording> recording) {
        super(USUAL, Icons.of(MaterialDesignE.EXPORT_VARIANT));
        this.recording = recording;
        setId("replay-export");
        setTooltip(new Tooltip("Write the recording as something else"));
        getItems()
                .addAll(
                        item("Plain text", ".txt", (shown, out) -> TextExport.write(shown, true, out)),
                        item(
                                "One asciicast file",
                                ".cast",
                                (shown, out) -> CastExport.write(shown, Pauses.none(), out)),
                        item("Commands and notes as CSV", ".csv", CommandsCsv::write));
    }

    private MenuItem item(String text, String ending, Form form) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(event -> export(ending, form));
        return item;
    }

    private void export(String ending, Form form) {
        Path source = recording.get().file();
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Export the recording");
        String name = source.getFileName().toString();
        int dot = name.lastIndexOf('.');
        chooser.setInitialFileName((dot > 0 ? name.substring(0, dot) : name) + ending);
        File chosen = chooser.showSaveDialog(getScene().getWindow());
        if (chosen == null) {
            return;
        }
        setDisable(true);
        setText("Exporting");
        Background.run(
                "recording-export",
                () -> write(form, chosen.toPath()),
                file -> ended("Exported", "Written to " + file),
                failure -> ended("Not exported", Problem.of(failure).sentence()));
    }

    private Path write(Form form, Path file) throws IOException {
        if (Files.exists(file) && Files.isSameFile(file, recording.get().file())) {
            throw ExpectedFailure.failed("That is the recording itself; it was left as it is.", "Give another name.");
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            form.write(recording.get(), out);
        }
        return file;
    }

    private void ended(String word, String sentence) {
        setDisable(false);
        setText(word);
        setTooltip(new Tooltip(sentence));
    }
}
