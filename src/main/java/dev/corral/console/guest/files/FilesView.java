package dev.corral.console.guest.files;

import dev.corral.console.guest.ShownName;
import dev.corral.console.shared.Clipboards;
import dev.corral.console.shared.Icons;
import dev.corral.core.machine.SharedFolder;
import dev.corral.core.ssh.files.GuestPaths;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignU;

/** The files of a guest: a folder, and beside it the text that is edited. For the FX thread. */
public final class FilesView extends BorderPane {
    private static final double HALF = 0.5;

    private final FilesModel model;
    private final FileTable table;
    private final TextPane text;
    private final TransferStrip transfers;
    private final NameBar names;
    private final TextField path = new TextField();
    private final Label place = new Label();
    private final ProblemLine problem = new ProblemLine();
    private final CheckBox root = new CheckBox("as root");
    private final MenuButton shared = new MenuButton("Synced folders");
    private final Label empty = new Label();
    private final SplitPane split = new SplitPane();
    private final Button up;
    private final Button download;
    private List<FileRow> shown = List.of();
    private List<SharedFolder> offered = List.of();
    private Optional<File> lastFolder = Optional.empty();

    public FilesView(FilesModel model) {
        this.model = model;
        setId("guest-files-view");
        getStyleClass().add("guest-view");
        table = new FileTable(model::open, model::upload);
        text = new TextPane(model.editing());
        transfers = new TransferStrip(model.transfers());
        names = new NameBar(table);
        up = icon("guest-up", MaterialDesignA.ARROW_UP, "The folder above  ·  Backspace", model::up);
        download = icon(
                "guest-download",
                MaterialDesignD.DOWNLOAD,
                "Download what is chosen…; from the line below it can be dragged on",
                this::askDownload);
        path.setId("guest-path");
        path.getStyleClass().add("machine-text");
        path.setAccessibleText("Folder");
        HBox.setHgrow(path, Priority.ALWAYS);
        path.setOnAction(event -> typedPath());
        root.setId("guest-root");
        root.setMinWidth(Region.USE_PREF_SIZE);
        root.setTooltip(new Tooltip("Look and change as root, through sudo"));
        root.setOnAction(event -> model.asRoot(root.isSelected()));
        shared.setId("guest-shared");
        shared.getStyleClass().addAll("quiet-button", "guest-menu");
        shared.setMinWidth(Region.USE_PREF_SIZE);
        shared.managedProperty().bind(shared.visibleProperty());
        place.setId("guest-place");
        place.getStyleClass().addAll("muted", "guest-problem");
        place.managedProperty().bind(place.visibleProperty());
        empty.getStyleClass().add("muted");
        table.setPlaceholder(empty);
        HBox bar = new HBox(
                6,
                up,
                icon("guest-home", MaterialDesignH.HOME_OUTLINE, "The home of the login user", () -> model.go("")),
                icon("guest-reload", MaterialDesignR.REFRESH, "Look again", model::reload),
                path,
                icon("guest-new-folder", MaterialDesignF.FOLDER_PLUS_OUTLINE, "New folder", this::askFolder),
                icon(
                        "guest-upload",
                        MaterialDesignU.UPLOAD,
                        "Upload files…; files and folders can be dropped, too",
                        this::askUpload),
                download,
                shared,
                root);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("file-head");
        table.setContextMenu(menu());
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<FileRow>)
                change -> download.setDisable(table.getSelectionModel().isEmpty()));
        download.setDisable(true);
        setTop(new VBox(bar, names, place, problem));
        split.getItems().add(table);
        setCenter(split);
        setBottom(transfers);
        show();
    }

    /** Whether a node is a text that is edited here: it has keys of its own. */
    public static boolean isText(Node node) {
        return node instanceof TextPane;
    }

    private static Button icon(String id, Ikon icon, String help, Runnable run) {
        Button button = new Button();
        button.setId(id);
        button.setGraphic(Icons.of(icon));
        button.getStyleClass().add("icon-button");
        button.setTooltip(new Tooltip(help));
        button.setAccessibleText(help);
        button.setOnAction(event -> run.run());
        return button;
    }

    private ContextMenu menu() {
        ContextMenu menu = new ContextMenu(
                item("Open", () -> one(model::open)),
                item("Download…", this::askDownload),
                item("Rename…", this::askName),
                item("Copy path", this::copyPaths),
                item("Delete…", () -> model.delete(table.chosen())));
        menu.setId("guest-files-menu");
        return menu;
    }

    private static MenuItem item(String title, Runnable run) {
        MenuItem item = new MenuItem(title);
        item.setOnAction(event -> run.run());
        return item;
    }

    private void pressed(KeyEvent event) {
        Optional<Runnable> meant = event.isShortcutDown() || event.isAltDown()
                ? Optional.empty()
                : switch (event.getCode()) {
                    case ENTER -> Optional.of(() -> one(model::open));
                    case BACK_SPACE -> Optional.of(model::up);
                    case F2 -> Optional.of(this::askName);
                    case DELETE -> Optional.of(() -> model.delete(table.chosen()));
                    default -> Optional.empty();
                };
        if (event.getCode() == KeyCode.C && event.isShortcutDown()) {
            meant = Optional.of(this::copyPaths);
        }
        meant.ifPresent(run -> {
            run.run();
            event.consume();
        });
    }

    private void one(Consumer<FileRow> then) {
        List<FileRow> chosen = table.chosen();
        if (chosen.size() == 1) {
            then.accept(chosen.getFirst());
        }
    }

    private void typedPath() {
        String typed = path.getText().strip();
        if (typed.equals(ShownName.of(model.path()))) {
            model.reload();
        } else {
            model.go(typed.startsWith("/") ? typed : GuestPaths.child(model.path(), typed));
        }
        table.requestFocus();
    }

    private void askFolder() {
        names.ask("New folder", "", "Make it", model::newFolder);
    }

    private void askName() {
        one(row -> names.ask("New name of " + row.name(), row.name(), "Rename", name -> {
            if (!name.equals(row.name())) {
                model.rename(row, name);
            }
        }));
    }

    private void copyPaths() {
        Clipboards.copy(String.join(
                "\n",
                table.chosen().stream()
                        .map(row -> ShownName.of(
                                GuestPaths.child(model.path(), row.entry().name())))
                        .toList()));
    }

    private void askUpload() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Files to send into the VM");
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        List<File> chosen = chooser.showOpenMultipleDialog(window());
        if (chosen != null && !chosen.isEmpty()) {
            lastFolder = Optional.ofNullable(chosen.getFirst().getParentFile());
            model.upload(chosen.stream().map(File::toPath).toList());
        }
    }

    private void askDownload() {
        List<FileRow> rows = table.chosen();
        if (rows.isEmpty()) {
            return;
        }
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Where the files of the VM go");
        lastFolder.filter(File::isDirectory).ifPresent(chooser::setInitialDirectory);
        File folder = chooser.showDialog(window());
        if (folder != null) {
            lastFolder = Optional.of(folder);
            Path target = folder.toPath();
            model.download(rows, target);
        }
    }

    private @Nullable Window window() {
        Scene scene = getScene();
        return scene == null ? null : scene.getWindow();
    }

    /** Shows what the model has now. */
    public void show() {
        if (!path.isFocused() || path.getText().isEmpty()) {
            path.setText(ShownName.of(model.path()));
        }
        up.setDisable(model.path().isEmpty() || model.path().equals("/"));
        root.setSelected(model.root());
        problem.show(model.problem());
        showPlace();
        showShared();
        Optional<String> choose = model.toChoose();
        if (!model.rows().equals(shown) || choose.isPresent()) {
            shown = model.rows();
            table.show(shown, choose);
        }
        empty.setText(
                model.working() ? "The guest is being asked…" : model.problem().isPresent() ? "" : "Nothing is in it.");
        transfers.show();
        text.show();
        boolean there = split.getItems().contains(text);
        if (text.wanted() != there) {
            if (there) {
                split.getItems().remove(text);
                table.requestFocus();
            } else {
                split.getItems().add(text);
                split.setDividerPositions(HALF);
                text.requestFocus();
            }
        }
        problemOfText();
    }

    // A text that could not be opened has no pane of its own yet.
    private void problemOfText() {
        if (model.problem().isEmpty() && !text.wanted()) {
            problem.show(model.editing().problem());
        }
    }

    private void showPlace() {
        String line = model.sharedHere()
                .map(folder -> "Synced with " + ShownName.of(folder.host()) + " of this machine"
                        + (folder.type().isEmpty() ? "" : " by " + ShownName.of(folder.type())) + " · "
                        + folder.state().words())
                .orElse("");
        if (model.cut()) {
            line = "The folder has more entries than are shown: " + model.rows().size() + "."
                    + (line.isEmpty() ? "" : " " + line);
        }
        if (model.working() && !shown.isEmpty() || model.editing().working() && !text.wanted()) {
            line = "The guest is being asked…";
        }
        place.setText(line);
        place.setVisible(!line.isEmpty());
    }

    private void showShared() {
        shared.setVisible(!model.shared().isEmpty());
        if (!offered.equals(model.shared())) {
            offered = model.shared();
            shared.getItems().setAll(offered.stream().map(this::item).toList());
        }
    }

    private MenuItem item(SharedFolder folder) {
        MenuItem item = item(
                ShownName.of(folder.guest()) + "  ←  " + ShownName.of(folder.host())
                        + (folder.type().isEmpty() ? "" : "  ·  " + ShownName.of(folder.type())) + "  ·  "
                        + folder.state().words(),
                () -> model.go(folder.guest()));
        item.setMnemonicParsing(false);
        return item;
    }

    /** Ends what runs. */
    public void close() {
        text.close();
        model.close();
    }

    @Override
    public void requestFocus() {
        if (model.editing().dirty()) {
            text.requestFocus();
        } else {
            table.requestFocus();
        }
    }
}
