package dev.corral.console.vagrantfile.strip;

import dev.corral.console.editor.file.Drafts.Draft;
import dev.corral.console.editor.file.Drafts.Kept;
import dev.corral.console.editor.file.Drafts.Slot;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.scene.Node;

/**
 * The unsaved text of an open file, as it is kept for the next window, and what former windows left of it: that is offered, and stays kept
 * until it is decided on, whatever is typed or saved meanwhile. For the FX thread, but for {@link #left}.
 */
public final class FileDrafts {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withZone(ZoneId.systemDefault());

    private final Path path;
    private final DraftKeeper keeper;
    private final Supplier<String> shown;
    private final Predicate<Draft> restore;
    private final FileStrip strip = new FileStrip("draft-strip");
    private final Deque<Kept> offered = new ArrayDeque<>();
    // These two belong to the keeper's turns.
    private Optional<Slot> own = Optional.empty();
    private boolean refused;

    /**
     * @param shown   the text in the editor
     * @param restore brings a text back into the editor; whether it is kept from there on as what is typed is
     */
    public FileDrafts(Path path, DraftKeeper keeper, Supplier<String> shown, Predicate<Draft> restore) {
        this.path = path;
        this.keeper = keeper;
        this.shown = shown;
        this.restore = restore;
    }

    /** The offer; takes no room where there is none. */
    public Node node() {
        return strip;
    }

    /** What former windows left, the newest first. Blocks. */
    public List<Kept> left() {
        return keeper.of(path);
    }

    /** Keeps the text of this window. */
    public void keep(String base, String text) {
        keeper.turn(() -> {
            Slot slot = own.orElseGet(() -> keeper.drafts().free(path));
            own = Optional.of(slot);
            refused = !keeper.keep(slot, base, text);
        });
    }

    /** Forgets the text of this window: the disk has it. */
    public void drop() {
        keeper.turn(() -> {
            own.ifPresent(keeper.drafts()::drop);
            own = Optional.empty();
            refused = false;
        });
    }

    private void drop(Kept kept) {
        keeper.turn(() -> {
            // Else nothing would be left of it.
            if (!refused) {
                keeper.drafts().drop(kept.slot());
            }
        });
    }

    /**
     * Offers what was left, one after the other.
     *
     * @param content what the disk has; a text like this is kept no longer. Empty where it has nothing
     */
    public void offer(List<Kept> left, Optional<String> content) {
        for (Kept kept : left) {
            if (content.equals(Optional.of(kept.draft().text()))) {
                drop(kept);
            } else {
                offered.add(kept);
            }
        }
        next();
    }

    private void next() {
        strip.hide();
        Kept kept = offered.poll();
        if (kept == null) {
            return;
        }
        Draft draft = kept.draft();
        strip.ask(
                "Text of " + WHEN.format(draft.written()) + " was not saved and has been kept.",
                new FileStrip.Choice("draft-restore", "Bring it back", () -> {
                    if (restore.test(draft)) {
                        drop(kept);
                    }
                    next();
                }),
                new FileStrip.Choice(
                        "draft-show",
                        "Show the difference",
                        () -> strip.toggle(() -> new DifferenceView(shown.get(), draft.text()))),
                new FileStrip.Choice("draft-discard", "Discard it", () -> {
                    drop(kept);
                    next();
                }));
    }
}
