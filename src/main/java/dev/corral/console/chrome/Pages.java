package dev.corral.console.chrome;

import dev.corral.console.page.Actions;
import dev.corral.console.page.Page;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * The pages, one of them shown. Those that are not shown keep their selection and scroll position, and where the focus was.
 * For the FX thread.
 */
public final class Pages extends StackPane {
    private static final List<String> FIRST =
            List.of(".tree-table-row-cell:selected", ".table-row-cell:selected", "#failure");
    private static final List<String> NEXT = List.of(
            ".state-cell.look-failed",
            ".main-button",
            ".destructive-button",
            ".details-title",
            "#details .button",
            ".text-field");
    private static final List<String> LAST =
            List.of(".tree-table-row-cell:filled", ".table-row-cell:filled", ".card", ".row-action");

    private final Map<Page, Node> nodes;
    private final Map<Page, Node> lists;
    private final Map<Page, Node> focus = new EnumMap<>(Page.class);
    private final Actions actions;
    private final Rail rail;
    private final BooleanSupplier focusStays;
    private Page shown = Page.SANDBOXES;

    /**
     * @param nodes      the pages
     * @param lists      what gets a page's focus when nothing of it had it before
     * @param focusStays asked when another page is shown; true when the focus has its place outside of the pages
     */
    public Pages(Map<Page, Node> nodes, Map<Page, Node> lists, Actions actions, Rail rail, BooleanSupplier focusStays) {
        this.nodes = new EnumMap<>(nodes);
        this.lists = new EnumMap<>(lists);
        this.actions = actions;
        this.rail = rail;
        this.focusStays = focusStays;
        getStyleClass().add("pages");
        getChildren().addAll(nodes.values());
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

    /**
     * What messages should not hide of the page that is shown: the chosen row, what failed and where the user types; then the buttons that
     * act and what they are about; last the other rows and cards.
     */
    public List<List<Node>> matters() {
        List<Node> first = find(FIRST);
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        if (owner instanceof ButtonBase || owner instanceof TextInputControl) {
            first.add(owner);
        }
        return List.of(first, find(NEXT), find(LAST));
    }

    private List<Node> find(List<String> kinds) {
        List<Node> found = new ArrayList<>();
        for (String kind : kinds) {
            page(shown).lookupAll(kind).stream().filter(Pages::inSight).forEach(found::add);
        }
        return found;
    }

    private Node page(Page page) {
        return Objects.requireNonNull(nodes.get(page));
    }

    private static boolean inSight(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Shows a page and gives it the focus, unless it has it already or that has its place elsewhere. */
    public void show(Page page) {
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        boolean inside = inside(page(shown), owner);
        if (page == shown) {
            if (!inside) {
                giveFocus();
            }
            return;
        }
        if (inside) {
            focus.put(shown, owner);
        }
        page(shown).setVisible(false);
        shown = page;
        page(page).setVisible(true);
        actions.showPage(page);
        rail.showPage(page);
        if (!focusStays.getAsBoolean()) {
            giveFocus();
        }
    }

    /** Gives the focus to the page that is shown. */
    public void focusPage() {
        giveFocus();
    }

    // Back to where it was, unless that has gone meanwhile.
    private void giveFocus() {
        Node last = focus.get(shown);
        boolean there = last != null && inside(page(shown), last) && last.isVisible();
        Objects.requireNonNull(there ? last : lists.get(shown)).requestFocus();
    }

    private static boolean inside(Node page, @Nullable Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (each == page) {
                return true;
            }
        }
        return false;
    }
}
