package dev.corral.console.page;

import dev.corral.console.fx.Ticker;
import dev.corral.console.messages.DockPort;
import dev.corral.console.messages.MessageCenter;
import dev.corral.console.messages.Notice;
import dev.corral.console.shared.Overlay;
import dev.corral.console.work.Cleanups;
import dev.corral.console.work.MachineCommands;
import dev.corral.console.work.SandboxCommands;
import dev.corral.core.app.Corral;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a page works with.
 *
 * @param corral      the core
 * @param actions     the commands of this page alone, and through them those of the window
 * @param navigation  ways to other pages
 * @param commands    what is asked of sandboxes
 * @param machines    what is asked of VMs
 * @param cleanups    plans and executions
 * @param dock        the dock
 * @param ticker      the time
 * @param desk        takes notices and questions
 * @param overlay     where dialogs are shown
 * @param onScreen    is told of which sandboxes and operations a page shows the failure now
 * @param openFolder  opens a directory in the file manager, where the desktop has one; called away from the FX thread
 * @param stateFolder where the window keeps what it remembers
 */
public record PageContext(
        Corral corral,
        Actions actions,
        Navigation navigation,
        SandboxCommands commands,
        MachineCommands machines,
        Cleanups cleanups,
        DockPort dock,
        Ticker ticker,
        MessageCenter desk,
        Overlay overlay,
        Consumer<Set<String>> onScreen,
        Consumer<Path> openFolder,
        Path stateFolder) {

    /** The same for another page, which has commands of its own. */
    public PageContext forPage() {
        return new PageContext(
                corral,
                actions.forPage(),
                navigation,
                commands,
                machines,
                cleanups,
                dock,
                ticker,
                desk,
                overlay,
                onScreen,
                openFolder,
                stateFolder);
    }

    /** The user's home. */
    public Path home() {
        return corral.environment().home();
    }

    /** Shows a notice. */
    public Consumer<Notice> tell() {
        return desk::tell;
    }
}
