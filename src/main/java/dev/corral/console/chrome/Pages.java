package dev.corral.console.chrome;

import dev.corral.console.messages.Problem;
import dev.corral.console.page.Actions;
import dev.corral.console.page.Navigation;
import dev.corral.console.page.PageView;
import dev.corral.console.page.PageWork;
import dev.corral.console.page.PaletteItem;
import dev.corral.console.page.Reveal;
import dev.corral.console.page.ShowPage;
import dev.corral.console.settings.PageMemory;
import dev.corral.core.inventory.Inventory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/**
 * The pages, one of them shown. Those that are not shown keep their selection and scroll position, and where the focus was.
 * For the FX thread.
 */
public final class Pages extends StackPane implements Navigation {
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

    private final List<PageView> views = new ArrayList<>();
    private final Map<PageView, Node> focus = new HashMap<>();
    private final ReadOnlyObjectWrapper<PageView> shown = new ReadOnlyObjectWrapper<>();
    private final Actions actions;
    private final BooleanSupplier focusStays;

    /**
     * @param actions    the window's
     * @param focusStays asked when another page is shown; true when the focus has its place outside of the pages
     */
    public Pages(Actions actions, BooleanSupplier focusStays) {
        this.actions = actions;
        this.focusStays = focusStays;
        getStyleClass().add("pages");
    }

    /** Adds a page below those that are there; the first one is shown. */
    public void add(PageView page) {
        views.add(page);
        Node node = page.node();
        node.managedProperty().bind(node.visibleProperty());
        node.setVisible(views.size() == 1);
        getChildren().add(node);
        actions.handle(new ShowPage(page.name(), views.size()), () -> show(page));
        if (views.size() == 1) {
            shown.set(page);
            actions.show(page.actions());
        }
    }

    /** The page that is shown. */
    public ReadOnlyObjectProperty<PageView> shown() {
        return shown.getReadOnlyProperty();
    }

    /** What all pages show in the head of the window. */
    public List<Node> inHeader() {
        return views.stream().flatMap(page -> page.inHeader().stream()).toList();
    }

    /** What the palette can go to on any page; whoever goes there sees that page. */
    public List<PaletteItem> places() {
        List<PaletteItem> places = new ArrayList<>();
        for (PageView page : views) {
            for (PaletteItem place : page.places()) {
                places.add(place.after(() -> show(page)));
            }
        }
        return places;
    }

    /** Whether the keys of the chosen rows of a page work at a node. */
    public boolean rowKeysWorkAt(Node node) {
        return views.stream().anyMatch(page -> page.rowKeysWorkAt(node));
    }

    /** Makes what the pages show of an inventory. Away from the FX thread; what it returns is for that. */
    public Runnable prepare(Inventory inventory) {
        List<Runnable> prepared =
                views.stream().map(page -> page.prepare(inventory)).toList();
        return () -> prepared.forEach(Runnable::run);
    }

    /** Says that no inventory could be taken. */
    public void failed(Problem problem) {
        views.forEach(page -> page.failed(problem));
    }

    /** Brings the pages back to what an earlier window left, by their ids. */
    public void restore(Function<String, PageMemory> memory) {
        views.forEach(page -> page.restore(memory.apply(page.name().id())));
    }

    /** What the next window should know of the pages, by their ids. */
    public Map<String, PageMemory> memories() {
        Map<String, PageMemory> memories = new LinkedHashMap<>();
        views.forEach(page -> memories.put(page.name().id(), page.memory()));
        return memories;
    }

    /** What pages do that closing the window would leave half made. */
    public List<PageWork> underWay() {
        return views.stream().flatMap(page -> page.underWay().stream()).toList();
    }

    /** Ends what the pages run in the background. */
    public void close() {
        views.forEach(PageView::close);
    }

    @Override
    public void go(Reveal what) {
        views.stream().filter(page -> page.accepts(what)).findFirst().ifPresent(page -> {
            show(page);
            page.reveal(what);
        });
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
            shown.get().node().lookupAll(kind).stream().filter(Pages::inSight).forEach(found::add);
        }
        return found;
    }

    private static boolean inSight(Node node) {
        for (Node each = node; each != null; each = each.getParent()) {
            if (!each.isVisible()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void show(PageView page) {
        PageView before = shown.get();
        Node owner = getScene() == null ? null : getScene().getFocusOwner();
        boolean inside = inside(before.node(), owner);
        if (page == before) {
            if (!inside) {
                focusPage();
            }
            return;
        }
        if (inside) {
            focus.put(before, owner);
        }
        before.node().setVisible(false);
        shown.set(page);
        page.node().setVisible(true);
        actions.show(page.actions());
        if (!focusStays.getAsBoolean()) {
            focusPage();
        }
    }

    /** Gives the focus to the page that is shown: back to where it was, unless that has gone meanwhile. */
    public void focusPage() {
        Node last = focus.get(shown.get());
        boolean there = last != null && inside(shown.get().node(), last) && last.isVisible();
        Objects.requireNonNull(there ? last : shown.get().focus()).requestFocus();
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
