package dev.corral.console.dock.tabs;

import dev.corral.console.dock.DockTab;
import dev.corral.console.fx.Threads;
import dev.corral.console.guest.Guest;
import dev.corral.console.guest.files.FilesModel;
import dev.corral.console.guest.files.FilesView;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Question;
import dev.corral.console.page.GuestAction;
import dev.corral.console.shared.Texts;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import org.jspecify.annotations.Nullable;

/** The files of a machine. It does not come back in the next window: nobody has asked for a connection yet. */
final class FilesTab extends DockTab {
    static final String KIND = "files";

    private final MessageCenter desk;
    private final FilesModel model;
    private @Nullable FilesView view;

    FilesTab(SandboxView sandbox, MachineView machine, Guest guest, MessageCenter desk) {
        super(
                KIND,
                machine.key(),
                GuestAction.FILES.icon(),
                "Files · " + TerminalTab.title(sandbox, machine),
                "Files of " + Texts.line(machine.name()) + "\nsandbox " + Texts.line(sandbox.id()));
        this.desk = desk;
        this.model = new FilesModel(guest, Threads.WINDOW, desk, this::changed);
        this.view = new FilesView(model);
        model.begin();
    }

    // The model tells of itself before there is a view.
    private void changed() {
        if (view != null) {
            view.show();
        }
    }

    private FilesView view() {
        return Objects.requireNonNull(view);
    }

    @Override
    public Node content() {
        return view();
    }

    @Override
    public void inventoryChanged(Inventory inventory) {
        boolean runs = inventory.sandboxes().stream()
                .flatMap(sandbox -> sandbox.machines().stream())
                .anyMatch(machine -> machine.key().equals(key()) && machine.state() == MachineState.RUNNING);
        stands(runs ? State.THERE : State.AWAY);
    }

    @Override
    public void askToClose(Runnable asking, Runnable agreed) {
        Optional<String> losses = model.losses();
        if (losses.isEmpty()) {
            agreed.run();
            return;
        }
        asking.run();
        desk.ask(new Question(
                "Close " + title().get() + "?",
                "It ends with it: " + losses.get() + ".",
                List.of(),
                List.of(
                        Question.Choice.safe("keep-files-open", "Keep it open"),
                        new Question.Choice("close-files", "Close", Question.Tone.DESTRUCTIVE, false, agreed)),
                0));
    }

    @Override
    public void losses(Consumer<Optional<String>> told) {
        told.accept(model.losses());
    }

    @Override
    public void close() {
        view().close();
    }
}
