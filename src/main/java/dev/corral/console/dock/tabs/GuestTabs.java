package dev.corral.console.dock.tabs;

import dev.corral.console.dock.Dock;
import dev.corral.console.dock.DockTab;
import dev.corral.console.guest.GuestSources;
import dev.corral.console.guest.files.FilesView;
import dev.corral.console.messages.MessageCenter;
import dev.corral.core.app.Corral;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.util.function.Consumer;
import javafx.scene.Node;

/** The tabs that look into VMs. For the FX thread. */
public final class GuestTabs {
    private final Corral corral;
    private final MessageCenter desk;
    private final Dock dock;
    private Consumer<String> browse;

    /** @param browse opens a web address, until there is a browser */
    GuestTabs(Corral corral, MessageCenter desk, Dock dock, Consumer<String> browse) {
        this.corral = corral;
        this.desk = desk;
        this.dock = dock;
        this.browse = browse;
    }

    /** Whether a node takes keys that mean something else in the window: a terminal, or a text of a guest that is edited. */
    public static boolean hasKeysOfItsOwn(Node node) {
        return TerminalTab.isTerminal(node) || FilesView.isText(node);
    }

    /** Says what opens web addresses of this machine. */
    void browseWith(Consumer<String> browser) {
        browse = browser;
    }

    /** Opens a web address. */
    void browse(String address) {
        browse.accept(address);
    }

    void files(SandboxView sandbox, MachineView machine) {
        dock.choose(dock.find(FilesTab.KIND, machine.key()).orElseGet(() -> {
            DockTab made = new FilesTab(sandbox, machine, GuestSources.guest(corral, sandbox, machine), desk);
            dock.add(made);
            return made;
        }));
    }

    void network(SandboxView sandbox) {
        dock.choose(dock.find(NetworkTab.KIND, sandbox.id()).orElseGet(() -> {
            DockTab made = new NetworkTab(
                    sandbox, GuestSources.network(corral, sandbox), desk, address -> browse.accept(address));
            dock.add(made);
            return made;
        }));
    }
}
