package dev.corral.console.dock;

import dev.corral.console.page.Action;
import dev.corral.console.page.Actions;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Icons;
import dev.corral.core.inventory.Inventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/** The row of tabs below the pages; what they show is theirs. Survives a change of page. For the FX thread. */
public final class Dock extends StackPane {
    /** Height of the row of tabs. */
    public static final double HEAD_PX = 36;

    /** Stands while only the row of tabs is in sight. */
    public static final PseudoClass FOLDED = PseudoClass.getPseudoClass("folded");

    private static final double TAB_MOST_PX = 260;
    private static final int TITLE_MOST = 34;
    private static final double FAINT = 0.45;

    private final TabPane tabs = new TabPane();
    private final HBox buttons = new HBox(2);
    private final Consumer<Boolean> wantOpen;
    private Runnable changed = () -> {};

    /**
     * @param actions  the actions
     * @param wantOpen unfolds the dock
     */
    public Dock(Actions actions, Consumer<Boolean> wantOpen) {
        this.wantOpen = wantOpen;
        setId("dock");
        getStyleClass().add("dock");
        setMinHeight(HEAD_PX);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.ALL_TABS);
        tabs.setTabDragPolicy(TabPane.TabDragPolicy.REORDER);
        tabs.setTabMaxWidth(TAB_MOST_PX);
        tabs.getSelectionModel().selectedItemProperty().addListener((all, before, chosen) -> {
            if (chosen != null) {
                of(chosen).shown();
            }
        });
        buttons.getChildren().addAll(actions.iconButton(Action.MAXIMISE_DOCK), actions.iconButton(Action.TOGGLE_DOCK));
        buttons.getStyleClass().add("dock-buttons");
        buttons.setAlignment(Pos.CENTER);
        buttons.setMaxSize(Region.USE_PREF_SIZE, HEAD_PX);
        StackPane.setAlignment(buttons, Pos.TOP_RIGHT);
        getChildren().addAll(tabs, buttons);
        // A click on a tab of the folded dock is a wish to see it.
        tabs.addEventHandler(MouseEvent.MOUSE_CLICKED, event -> {
            if (event.getY() <= HEAD_PX) {
                wantOpen.accept(true);
                focusContent();
            }
        });
        actions.handle(Action.NEXT_TAB, () -> step(1));
        actions.handle(Action.PREVIOUS_TAB, () -> step(-1));
        actions.handle(Action.CLOSE_TAB, this::closeChosen);
    }

    /** The tabs, from the left. */
    public List<DockTab> tabs() {
        return tabs.getTabs().stream().map(Dock::of).toList();
    }

    /** The tab of that kind and key, if there is one. */
    public Optional<DockTab> find(String kind, String key) {
        return tabs().stream()
                .filter(tab -> tab.kind().equals(kind) && tab.key().equals(key))
                .findFirst();
    }

    /** Adds a tab without bringing it into sight. */
    public void add(DockTab tab) {
        Tab made = new Tab();
        made.textProperty().bind(tab.title().map(title -> Formats.middle(title, TITLE_MOST)));
        made.setContent(tab.content());
        FontIcon icon = Icons.of(tab.icon());
        icon.opacityProperty().bind(tab.state().map(state -> state == DockTab.State.AWAY ? FAINT : 1.0));
        made.setGraphic(icon);
        if (!tab.tip().isEmpty()) {
            made.setTooltip(new Tooltip(tab.tip()));
        }
        made.setUserData(tab);
        made.setId("tab-" + tab.kind());
        made.setClosable(!tab.fixed());
        made.setOnCloseRequest(event -> {
            event.consume();
            close(made);
        });
        int at = tab.fixed()
                ? tabs.getTabs().size()
                : (int) tabs().stream().takeWhile(each -> !each.fixed()).count();
        tabs.getTabs().add(at, made);
    }

    /** Brings a tab into sight and gives it the focus. */
    public void choose(DockTab tab) {
        choose(tabOf(tab));
    }

    /** Tells whenever a tab has come or gone or is chosen, and after each inventory. */
    public void whenChanged(Runnable told) {
        changed = told;
        tabs.getTabs().addListener((ListChangeListener<Tab>) change -> told.run());
        tabs.getSelectionModel().selectedItemProperty().addListener((all, before, chosen) -> told.run());
    }

    /** The chosen tab, if there is any. */
    public Optional<DockTab> chosen() {
        return Optional.ofNullable(tabs.getSelectionModel().getSelectedItem()).map(Dock::of);
    }

    /** Chooses a tab for when the dock is looked at, without unfolding it. */
    public void select(DockTab tab) {
        tabs.getSelectionModel().select(tabOf(tab));
    }

    private static DockTab of(Tab tab) {
        return (DockTab) tab.getUserData();
    }

    private Tab tabOf(DockTab tab) {
        return tabs.getTabs().stream()
                .filter(each -> of(each) == tab)
                .findFirst()
                .orElseThrow();
    }

    private void choose(Tab tab) {
        tabs.getSelectionModel().select(tab);
        wantOpen.accept(true);
        focusContent();
    }

    /** Whether only the row of tabs is in sight. */
    public boolean folded() {
        return getPseudoClassStates().contains(FOLDED);
    }

    /** Closes a tab that was shown for a moment. Without a word where it is gone already. */
    public void putBack(DockTab tab, boolean fold) {
        boolean looked = chosen().filter(tab::equals).isPresent();
        tabs.getTabs().stream().filter(each -> of(each) == tab).findFirst().ifPresent(this::remove);
        if (looked && fold) {
            wantOpen.accept(false);
        }
    }

    /** Puts the focus into what the chosen tab shows. */
    public void focusContent() {
        chosen().ifPresent(tab -> tab.content().requestFocus());
    }

    private void step(int by) {
        int count = tabs.getTabs().size();
        int next = Math.floorMod(tabs.getSelectionModel().getSelectedIndex() + by, count);
        choose(tabs.getTabs().get(next));
    }

    private void closeChosen() {
        Tab chosen = tabs.getSelectionModel().getSelectedItem();
        if (chosen != null && chosen.isClosable()) {
            close(chosen);
        }
    }

    private void close(Tab tab) {
        of(tab).askToClose(() -> choose(tab), () -> remove(tab));
    }

    private void remove(Tab tab) {
        boolean chosen = tab.isSelected();
        if (tabs.getTabs().remove(tab)) {
            of(tab).close();
        }
        if (chosen) {
            focusContent();
        }
    }

    /**
     * Finds out what would end if all tabs closed.
     *
     * @param told gets a line for each tab in use, on the FX thread: at once when none needs to be asked, else within seconds
     */
    public void losses(Consumer<List<String>> told) {
        List<DockTab> asked = tabs();
        List<String> lines = new ArrayList<>();
        int[] waiting = {asked.size()};
        if (asked.isEmpty()) {
            told.accept(lines);
        }
        for (DockTab tab : asked) {
            tab.losses(line -> {
                line.ifPresent(lines::add);
                if (--waiting[0] == 0) {
                    told.accept(lines);
                }
            });
        }
    }

    /** Whether a node with the focus is the row of tabs or one of the buttons beside it. */
    public boolean isBar(Node node) {
        return node == tabs || node.getParent() == buttons;
    }

    /** Takes note of a new inventory. */
    public void inventoryChanged(Inventory inventory) {
        tabs().forEach(tab -> tab.inventoryChanged(inventory));
        changed.run();
    }

    /** The window is dark now, or light. */
    public void themed(boolean dark) {
        tabs().forEach(tab -> tab.themed(dark));
    }

    /** Ends all tabs. */
    public void closeAll() {
        tabs().forEach(DockTab::close);
    }
}
