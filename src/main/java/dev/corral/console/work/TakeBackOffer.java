package dev.corral.console.work;

import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.Liveness;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.sandbox.Owner;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Offers once, when the window has opened, to take back what windows left behind that did not end by themselves: one that is
 * closed asks what becomes of its sandboxes, so theirs are no strays. For the FX thread.
 */
public final class TakeBackOffer {
    private final MessageCenter desk;
    private final Consumer<List<String>> take;
    private final Consumer<String> show;
    private List<String> offered = List.of();
    private @Nullable Notice notice;
    private boolean looked;

    /**
     * @param desk where the offer is made
     * @param take takes the sandboxes with these ids
     * @param show shows a sandbox
     */
    public TakeBackOffer(MessageCenter desk, Consumer<List<String>> take, Consumer<String> show) {
        this.desk = desk;
        this.take = take;
        this.show = show;
    }

    /** The first inventory makes the offer, later ones take it away when nothing is left of it. */
    public void inventoryChanged(Inventory inventory) {
        List<String> left = inventory.sandboxes().stream()
                .filter(TakeBackOffer::leftBehind)
                .map(SandboxView::id)
                .toList();
        if (!looked) {
            looked = true;
            offered = left;
            if (!offered.isEmpty()) {
                offer();
            }
        } else if (notice != null && offered.stream().noneMatch(left::contains)) {
            desk.notices().remove(notice);
            notice = null;
        }
    }

    private static boolean leftBehind(SandboxView view) {
        return view.liveness() == Liveness.STRAY
                && !view.state().changing()
                && !view.machines().isEmpty()
                && view.manifest()
                        .filter(manifest -> manifest.owner().kind() == Owner.Kind.CONSOLE)
                        .isPresent();
    }

    private void offer() {
        String names =
                String.join(", ", offered.stream().limit(3).map(Texts::line).toList())
                        + (offered.size() > 3 ? " and others" : "");
        notice = Notice.offer(
                "An earlier window ended without closing and left "
                        + Formats.count(offered.size(), "sandbox", "sandboxes") + " behind: " + names + ".",
                "Take back what you still need; what stays a stray goes with the next cleanup.",
                new Notice.Remedy("Take back", () -> take.accept(offered)),
                new Notice.Remedy("Show", () -> show.accept(offered.getFirst())));
        desk.tell(notice);
    }
}
