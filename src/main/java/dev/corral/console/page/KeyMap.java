package dev.corral.console.page;

import dev.corral.console.shared.Overlay;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Shows every key. */
public final class KeyMap {
    private static final List<String[]> TERMINAL_KEYS = List.of(
            new String[] {"Copy", "Ctrl Shift C"}, new String[] {"Paste", "Ctrl Shift V"},
            new String[] {"Find", "Ctrl Shift F"}, new String[] {"Larger, smaller", "Ctrl +   Ctrl -"});

    private final Actions actions;
    private final Overlay overlay;

    /**
     * @param actions which of them belong to the page that is shown
     * @param overlay where it is shown
     */
    public KeyMap(Actions actions, Overlay overlay) {
        this.actions = actions;
        this.overlay = overlay;
    }

    /** Opens it. */
    public void open() {
        Button close = new Button("Close");
        close.setId("key-map-close");
        close.getStyleClass().add("quiet-button");
        close.setOnAction(event -> overlay.close());
        Label title = new Label("Keyboard map");
        title.getStyleClass().add("card-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox head = new HBox(title, space, close);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox left = new VBox(18, group(Action.Group.WINDOW), group(Action.Group.LIST));
        VBox right = new VBox(18, group(Action.Group.DOCK), terminal());
        boolean editor = actions.all().stream()
                .anyMatch(command -> command.group() == Action.Group.FILE && actions.here(command));
        HBox columns = new HBox(26, left, group(editor ? Action.Group.FILE : Action.Group.ROW), right);
        VBox box = new VBox(14, head, columns);
        box.setId("key-map");
        box.getStyleClass().addAll("card", "key-map");
        overlay.open(box, Pos.CENTER, close, () -> {});
    }

    private VBox group(Action.Group group) {
        GridPane grid = grid();
        int row = 0;
        for (Command command : actions.all()) {
            List<Shortcut> keys = actions.keys(command);
            if (command.group() == group && actions.here(command) && !keys.isEmpty()) {
                add(
                        grid,
                        row++,
                        command.text(),
                        keys.stream().map(Shortcut::label).collect(Collectors.joining("   ")));
            }
        }
        return section(group.title(), grid);
    }

    private static VBox terminal() {
        GridPane grid = grid();
        int row = 0;
        for (String[] line : TERMINAL_KEYS) {
            add(grid, row++, line[0], line[1]);
        }
        return section("Terminal", grid);
    }

    private static GridPane grid() {
        GridPane grid = new GridPane();
        grid.setHgap(10);
        grid.setVgap(5);
        return grid;
    }

    private static void add(GridPane grid, int row, String text, String keys) {
        HBox caps = new HBox(4);
        for (String key : keys.split(" {3}")) {
            Label cap = new Label(key);
            cap.getStyleClass().add("key-cap");
            cap.setMinWidth(Region.USE_PREF_SIZE);
            caps.getChildren().add(cap);
        }
        Label name = new Label(text);
        name.setMinWidth(Region.USE_PREF_SIZE);
        grid.add(name, 0, row);
        grid.add(caps, 1, row);
    }

    private static VBox section(String title, GridPane grid) {
        Label heading = new Label(title);
        heading.getStyleClass().add("section-title");
        return new VBox(6, heading, grid);
    }
}
