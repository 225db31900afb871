package dev.corral.console.guest.files;

import dev.corral.console.shared.Formats;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** What is fetched or sent, and what came here last, which can be dragged out of the window. For the FX thread. */
final class TransferStrip extends HBox {
    private static final double BAR_PX = 140;

    private final Transfers transfers;
    private final Label title = new Label();
    private final ProgressBar bar = new ProgressBar();
    private final Label words = new Label();
    private final Button cancel = new Button("Cancel");
    private final Label fetched = new Label();

    TransferStrip(Transfers transfers) {
        super(10);
        this.transfers = transfers;
        setId("guest-transfer");
        getStyleClass().add("file-head");
        setAlignment(Pos.CENTER_LEFT);
        title.setMinWidth(0);
        bar.setPrefWidth(BAR_PX);
        bar.setMinWidth(BAR_PX);
        bar.getStyleClass().add("thin-progress");
        words.getStyleClass().add("muted");
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        cancel.setId("guest-transfer-cancel");
        cancel.getStyleClass().add("quiet-button");
        cancel.setMinWidth(Region.USE_PREF_SIZE);
        cancel.setOnAction(event -> transfers.cancel());
        fetched.setId("guest-fetched");
        fetched.getStyleClass().add("muted");
        fetched.setTooltip(new Tooltip("Drag it to where it is wanted"));
        fetched.setOnDragDetected(event -> {
            List<File> files = transfers.fetched().stream().map(Path::toFile).toList();
            if (!files.isEmpty()) {
                Dragboard board = fetched.startDragAndDrop(TransferMode.COPY);
                ClipboardContent content = new ClipboardContent();
                content.putFiles(files);
                board.setContent(content);
                event.consume();
            }
        });
        getChildren().addAll(title, bar, words, cancel, fetched);
        managedProperty().bind(visibleProperty());
        setVisible(false);
    }

    void show() {
        boolean runs = transfers.current().isPresent();
        List<Path> here = transfers.fetched();
        for (Region part : List.of(title, bar, words, cancel)) {
            part.setVisible(runs);
            part.setManaged(runs);
        }
        transfers.current().ifPresent(transfer -> {
            title.setText(
                    transfer.title() + (transfers.waiting() == 0 ? "" : " (" + transfers.waiting() + " more wait)"));
            bar.setProgress(transfer.share().orElse(ProgressBar.INDETERMINATE_PROGRESS));
            words.setText(transfer.words());
            cancel.setDisable(transfer.cancelled());
        });
        boolean came = !runs && !here.isEmpty();
        fetched.setVisible(came);
        fetched.setManaged(came);
        if (came) {
            fetched.setText((here.size() == 1
                            ? here.getFirst()
                            : here.size() + " files and folders in "
                                    + here.getFirst().getParent())
                    + " · drag it from here");
        }
        setVisible(runs || came);
        setAccessibleText(runs ? Formats.middle(title.getText() + ", " + words.getText(), 200) : fetched.getText());
    }
}
