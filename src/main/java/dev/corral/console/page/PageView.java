package dev.corral.console.page;

import dev.corral.console.messages.Problem;
import dev.corral.console.settings.PageMemory;
import dev.corral.core.inventory.Inventory;
import java.util.List;
import java.util.function.Function;
import javafx.scene.Node;

/**
 * A page of the window. It is all that rail, head, palette, keys and window state know of one: a new page is a class and a line where the
 * pages are listed. For the FX thread, but for {@link #prepare}.
 */
public interface PageView {

    /** Makes a page in its surroundings. */
    interface Maker extends Function<PageContext, PageView> {}

    /** What it is called. */
    PageName name();

    /** What it shows. */
    Node node();

    /** The commands that make sense on it and for what is chosen on it: its own ones of {@link PageContext#actions()}. */
    Actions actions();

    /** What gets the focus when nothing of it had that before, usually its list. */
    default Node focus() {
        return node();
    }

    /** Puts the cursor where its list is filtered. */
    default void focusFilter() {
        focus().requestFocus();
    }

    /** Whether the keys of the chosen rows work at a node or what lies in it: the list, and perhaps the details. */
    default boolean rowKeysWorkAt(Node node) {
        return node == focus();
    }

    /** What the palette can go to on this page; asked each time it opens. */
    default List<PaletteItem> places() {
        return List.of();
    }

    /** What it shows in the head of the window, whatever page is shown; it hides by itself what has nothing to tell. */
    default List<Node> inHeader() {
        return List.of();
    }

    /**
     * Makes what it shows of a new inventory. Away from the FX thread, one inventory at a time.
     *
     * @return shows it; run on the FX thread, unless a newer inventory came meanwhile
     */
    default Runnable prepare(Inventory inventory) {
        return () -> {};
    }

    /** Says that no inventory could be taken. */
    default void failed(Problem problem) {}

    /** Whether it can show this. */
    default boolean accepts(Reveal what) {
        return false;
    }

    /** Shows what it accepts; the page is in sight already. */
    default void reveal(Reveal what) {}

    /** What the next window should know: what is chosen, in sight and unfolded. */
    default PageMemory memory() {
        return PageMemory.nothing();
    }

    /** Brings back what an earlier window left, as far as it still exists. Once, before the window is shown. */
    default void restore(PageMemory memory) {}

    /** What closing the window would leave half made; it is asked about then. */
    default List<PageWork> underWay() {
        return List.of();
    }

    /** Ends what runs in the background. May be called twice. */
    default void close() {}
}
