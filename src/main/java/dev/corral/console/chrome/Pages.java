package dev.corral.console.chrome;

import dev.corral.console.page.Actions;
import dev.corral.console.page.Page;
import java.util.EnumMap;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/**
 * The pages, one of them shown. Those that are not shown keep their selection and scroll position, and where the focus was.
 * Messages lie below whichever is shown. For the FX thread.
 */
public final class Pages extends BorderPane {
    private final Map<Page, Node> nodes;
    private final Map<Page, Node> lists;
    private final Map<Page, Node> focus = new EnumMap<>(Page.class);
    private final Actions actions;
    private final Rail rail;
    private Page shown = Page.SANDBOXES;

    /**
     * @param nodes    the pages
     * @param lists    what gets a page's focus when nothing of it had it before
     * @param messages questions and notices
     */
    public Pages(Map<Page, Node> nodes, Map<Page, Node> lists, Node messages, Actions actions, Rail rail) {
        this.nodes = new EnumMap<>(nodes);
        this.lists = new EnumMap<>(lists);
        this.actions = actions;
        this.rail = rail;
        getStyleClass().add("pages");
        setCenter(new StackPane(nodes.values().toArray(Node[]::new)));
        BorderPane.setAlignment(messages, Pos.BOTTOM_CENTER);
        setBottom(messages);
        nodes.forEach((page, node) -> {
            node.managedProperty().bind(node.visibleProperty());
            node.setVisible(page == shown);
        });
        for (Page page : Page.values()) {
            actions.handle(page.action(), () -> show(page));
        }
    }

    /** The page that is shown. */
    public Page shown() {
        return shown;
    }

    /** Shows a page and gives it the focus, unless it has it already. */
    public void show(Page page) {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        boolean inside = inside(nodes.get(shown), owner);
        if (page == shown) {
            if (!inside) {
                giveFocus();
            }
            return;
        }
        if (inside) {
            focus.put(shown, owner);
        }
        nodes.get(shown).setVisible(false);
        shown = page;
        nodes.get(page).setVisible(true);
        actions.showPage(page);
        rail.showPage(page);
        giveFocus();
    }

    /** Gives the focus to the page that is shown. */
    public void focusPage() {
        giveFocus();
    }

    // Back to where it was, unless that has gone meanwhile.
    private void giveFocus() {
        Node last = focus.get(shown);
        boolean there = last != null && inside(nodes.get(shown), last) && last.isVisible();
        (there ? last : lists.get(shown)).requestFocus();
    }

    private static boolean inside(Node page, Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == page) {
                return true;
            }
        }
        return false;
    }
}
