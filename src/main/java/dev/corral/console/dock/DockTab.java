package dev.corral.console.dock;

import dev.corral.console.settings.SavedTab;
import dev.corral.core.inventory.Inventory;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;

/** Something that lies in the dock. For the FX thread. */
public abstract class DockTab {
    private final String kind;
    private final String key;
    private final Ikon icon;
    private final String tip;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(this, "state", State.THERE);

    /** How what a tab shows stands. */
    public enum State {
        /** What it is about is there. */
        THERE,
        /** What it is about is away, for instance a VM that does not run: its icon is faint. */
        AWAY
    }

    /**
     * @param kind  what sort of tab it is, one word
     * @param key   names it among the tabs of its kind
     * @param icon  its icon
     * @param title its first title
     * @param tip   more about it
     */
    protected DockTab(String kind, String key, Ikon icon, String title, String tip) {
        this.kind = kind;
        this.key = key;
        this.icon = icon;
        this.tip = tip;
        this.title.set(title);
    }

    /** What sort of tab it is. */
    public final String kind() {
        return kind;
    }

    /** Names it among the tabs of its kind. */
    public final String key() {
        return key;
    }

    final Ikon icon() {
        return icon;
    }

    final String tip() {
        return tip;
    }

    /** Its title. */
    public final ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }

    /** Gives it another title. */
    protected final void retitle(String text) {
        title.set(text);
    }

    /** How what it shows stands. */
    public final ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    /** Says how what it shows stands now. */
    protected final void stands(State now) {
        state.set(now);
    }

    /** What it shows; always the same. */
    public abstract Node content();

    /** Whether it stays for as long as the window: it has no cross and comes after all others. */
    public boolean fixed() {
        return false;
    }

    /** It is looked at now. */
    public void shown() {}

    /** There is a new inventory. */
    public void inventoryChanged(Inventory inventory) {}

    /** The window is dark now, or light. */
    public void themed(boolean dark) {}

    /**
     * Somebody wants to close it. It may ask first, and so never agree.
     *
     * @param asking brings it into sight, for a question
     * @param agreed told when it may go
     */
    public void askToClose(Runnable asking, Runnable agreed) {
        agreed.run();
    }

    /** Finds out what would end with it, for a question; {@code told} gets a line or nothing, on the FX thread, within seconds. */
    public void losses(Consumer<Optional<String>> told) {
        told.accept(Optional.empty());
    }

    /** It is gone: what runs for it ends. Called once. */
    public void close() {}

    /** What the next window needs to open it again; empty for what does not come back. */
    public Optional<SavedTab> saved() {
        return Optional.empty();
    }
}
