package dev.corral.console.vagrantfile;

import java.io.File;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.TransferMode;

/** Opens files that are dropped on a node. */
final class FileDrop {
    private FileDrop() {}

    static void install(Node node, Consumer<Path> open) {
        node.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        node.setOnDragDropped(event -> {
            for (File file : event.getDragboard().getFiles()) {
                open.accept(file.toPath());
            }
            event.setDropCompleted(true);
            event.consume();
        });
    }
}
