package dev.corral.console.vagrantfile.machines;

import dev.corral.console.shared.Icons;
import dev.corral.console.shared.Texts;
import dev.corral.console.work.SpareMachines;
import dev.corral.core.inventory.SandboxView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;

/** The buttons above the machines, and the sandbox that they are about. A button that makes no sense says why on hover. */
final class DebugToolBar {
    private static final Map<Tool, Ikon> BUTTONS = new EnumMap<>(Map.of(
            Tool.UP, MaterialDesignP.PLAY,
            Tool.CANCEL, MaterialDesignC.CLOSE,
            Tool.PROVISION, MaterialDesignP.PLAYLIST_CHECK,
            Tool.RELOAD, MaterialDesignR.RELOAD,
            Tool.RESET, MaterialDesignR.RESTORE,
            Tool.PROVE, MaterialDesignS.SHIELD_CHECK_OUTLINE));
    private static final List<Tool> ORDER =
            List.of(Tool.UP, Tool.CANCEL, Tool.PROVISION, Tool.RELOAD, Tool.RESET, Tool.PROVE);
    private static final List<Tool> MORE = List.of(Tool.HALT, Tool.SUSPEND, Tool.RESUME, Tool.DESTROY);

    private final FlowPane bar = new FlowPane(8, 8);
    private final MenuButton chooser = new MenuButton();
    private final Map<Tool, Button> buttons = new EnumMap<>(Tool.class);
    private final Map<Tool, StackPane> places = new EnumMap<>(Tool.class);
    private final Map<Tool, Tooltip> tips = new EnumMap<>(Tool.class);
    private final Map<Tool, MenuItem> items = new EnumMap<>(Tool.class);
    private final Consumer<String> choose;
    private List<String> offered = List.of();
    private Optional<SandboxView> shown = Optional.empty();

    /**
     * @param run    does what a button says
     * @param choose takes the sandbox that was chosen; empty for the one that the next start makes
     * @param watch  the switch that lets steps run again after a save
     * @param spare  offers machines that do not start by themselves
     */
    DebugToolBar(Consumer<Tool> run, Consumer<String> choose, Node watch, SpareMachines spare) {
        this.choose = choose;
        bar.getStyleClass().add("debug-tools");
        bar.setAlignment(Pos.CENTER_LEFT);
        for (Tool tool : ORDER) {
            Button button = new Button(tool.text(), Icons.of(Objects.requireNonNull(BUTTONS.get(tool))));
            button.setId(tool.id());
            button.getStyleClass().add(tool == Tool.UP ? "main-button" : "quiet-button");
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.setOnAction(event -> run.accept(tool));
            button.setAccessibleHelp(tool.description());
            // A button that is disabled hears no pointer, so its place does.
            StackPane place = new StackPane(button);
            Tooltip tip = new Tooltip(tool.description());
            tip.setWrapText(true);
            tip.setMaxWidth(360);
            Tooltip.install(place, tip);
            buttons.put(tool, button);
            places.put(tool, place);
            tips.put(tool, tip);
            bar.getChildren().add(place);
        }
        MenuButton more = new MenuButton(null, Icons.of(MaterialDesignS.STOP));
        more.setId("tool-more");
        more.getStyleClass().add("quiet-button");
        more.setAccessibleText("Halt, suspend, destroy");
        more.setTooltip(new Tooltip("Halt, suspend, resume, destroy"));
        for (Tool tool : MORE) {
            MenuItem item = new MenuItem(tool.text());
            item.setId(tool.id());
            item.setOnAction(event -> run.accept(tool));
            items.put(tool, item);
            more.getItems().add(item);
        }
        more.setOnShowing(event -> spare.offer(more.getItems(), shown));
        chooser.setId("debug-sandbox");
        chooser.getStyleClass().add("quiet-button");
        chooser.setTooltip(new Tooltip("The sandbox in which this Vagrantfile runs"));
        bar.getChildren().addAll(watch, more, chooser);
    }

    /** What is shown. */
    Region node() {
        return bar;
    }

    /**
     * Shows what can be done.
     *
     * @param obstacles why tools make no sense, for those that make none
     */
    void show(Map<Tool, String> obstacles) {
        boolean cancellable = !obstacles.containsKey(Tool.CANCEL);
        shown(Tool.CANCEL, cancellable);
        shown(Tool.UP, !cancellable);
        buttons.forEach((tool, button) -> {
            String why = obstacles.getOrDefault(tool, "");
            button.setDisable(!why.isEmpty());
            Objects.requireNonNull(tips.get(tool)).setText(why.isEmpty() ? tool.description() : why);
        });
        items.forEach((tool, item) -> {
            String why = obstacles.getOrDefault(tool, "");
            item.setDisable(!why.isEmpty());
            item.setText(why.isEmpty() ? tool.text() : tool.text() + "  (" + why + ")");
        });
    }

    private void shown(Tool tool, boolean wanted) {
        StackPane place = Objects.requireNonNull(places.get(tool));
        place.setVisible(wanted);
        place.setManaged(wanted);
    }

    /** Shows the sandboxes to choose from, and the one that is chosen. */
    void show(List<SandboxView> all, Optional<SandboxView> current, boolean opened) {
        shown = current;
        String text = current.map(view -> Texts.line(view.id())).orElse("new sandbox");
        if (!text.equals(chooser.getText())) {
            chooser.setText(text);
        }
        chooser.setDisable(!opened || all.isEmpty());
        List<String> wanted = all.stream()
                .map(view -> Texts.line(view.id()) + "  ·  " + view.state().word())
                .toList();
        if (wanted.equals(offered)) {
            return;
        }
        offered = wanted;
        chooser.getItems().clear();
        for (int i = 0; i < wanted.size(); i++) {
            String id = all.get(i).id();
            MenuItem item = new MenuItem(wanted.get(i));
            // An underscore in a name is no mark of a key.
            item.setMnemonicParsing(false);
            item.setOnAction(event -> choose.accept(id));
            chooser.getItems().add(item);
        }
        MenuItem fresh = new MenuItem("New sandbox with the next Up");
        fresh.setOnAction(event -> choose.accept(""));
        chooser.getItems().add(fresh);
    }
}
