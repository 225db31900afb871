package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.fx.Threads;
import dev.corral.console.guest.network.NetworkModel;
import dev.corral.console.guest.network.NetworkSource;
import dev.corral.console.guest.network.NetworkView;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.page.GuestAction;
import dev.corral.console.shared.Formats;
import dev.corral.console.shared.Texts;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.SandboxView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The network of a sandbox's machines. Its tunnels close with it. */
final class NetworkTab extends DockTab {
    static final String KIND = "network";

    private static final int WHOSE_MOST = 20;

    private final MessageCenter desk;
    private final NetworkModel model;
    private final @Nullable NetworkView view;

    NetworkTab(SandboxView sandbox, NetworkSource source, MessageCenter desk, Consumer<String> browse) {
        super(
                KIND,
                sandbox.id(),
                GuestAction.NETWORK.icon(),
                "Network · "
                        + Formats.middle(
                                Texts.line(sandbox.manifest()
                                        .map(manifest -> manifest.origin().sample())
                                        .filter(sample -> !sample.isEmpty())
                                        .orElse(sandbox.id())),
                                WHOSE_MOST),
                "Network of sandbox " + Texts.line(sandbox.id()));
        this.desk = desk;
        this.model = new NetworkModel(source, Threads.WINDOW, this::changed);
        this.view = new NetworkView(model, browse);
        model.update(sandbox);
    }

    // The model tells of itself before there is a view.
    private void changed() {
        if (view != null) {
            view.show();
        }
    }

    @Override
    public Node content() {
        return Objects.requireNonNull(view);
    }

    @Override
    public void inventoryChanged(Inventory inventory) {
        Optional<SandboxView> now = inventory.sandboxes().stream()
                .filter(sandbox -> sandbox.id().equals(key()))
                .findFirst();
        stands(now.isPresent() ? State.THERE : State.AWAY);
        now.ifPresentOrElse(model::update, model::gone);
    }

    @Override
    public void askToClose(Runnable asking, Runnable agreed) {
        List<String> tunnels = model.openTunnels();
        if (tunnels.isEmpty()) {
            agreed.run();
            return;
        }
        asking.run();
        desk.ask(new Question(
                "Close " + Formats.count(tunnels.size(), "tunnel", "tunnels") + "?",
                (tunnels.size() == 1 ? "It closes" : "They close") + " with this tab, and what goes through ends.",
                tunnels,
                List.of(
                        Question.Choice.safe("keep-tunnels", "Keep open"),
                        new Question.Choice("close-tunnels", "Close", Question.Tone.DESTRUCTIVE, false, agreed)),
                0));
    }

    @Override
    public void losses(Consumer<Optional<String>> told) {
        List<String> tunnels = model.openTunnels();
        told.accept(
                tunnels.isEmpty()
                        ? Optional.empty()
                        : Optional.of((tunnels.size() == 1 ? "tunnel " : "tunnels ") + String.join(", ", tunnels)));
    }

    @Override
    public void close() {
        model.close();
    }
}
