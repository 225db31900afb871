package dev.corral.console.page;

import java.util.List;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignA;
import org.kordamp.ikonli.materialdesign2.MaterialDesignB;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignD;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignH;
import org.kordamp.ikonli.materialdesign2.MaterialDesignI;
import org.kordamp.ikonli.materialdesign2.MaterialDesignK;
import org.kordamp.ikonli.materialdesign2.MaterialDesignM;
import org.kordamp.ikonli.materialdesign2.MaterialDesignP;
import org.kordamp.ikonli.materialdesign2.MaterialDesignR;
import org.kordamp.ikonli.materialdesign2.MaterialDesignS;
import org.kordamp.ikonli.materialdesign2.MaterialDesignT;
import org.kordamp.ikonli.materialdesign2.MaterialDesignV;
import org.kordamp.ikonli.materialdesign2.MaterialDesignW;

/**
 * The commands that come with the window. They are about what is chosen, wherever that is: one key and one name for one thing on every
 * page.
 */
public enum Action implements DescribedCommand {
    START_SANDBOX(
            "Start sandbox",
            "Choose a sample or a Vagrantfile and start a sandbox of it",
            Group.WINDOW,
            MaterialDesignP.PLUS,
            Shortcut.key("Shortcut+N")),
    PALETTE(
            "Go to sample, VM, command",
            "Find anything by name",
            Group.WINDOW,
            MaterialDesignM.MAGNIFY,
            Shortcut.key("Shortcut+K"),
            Shortcut.everywhere("Shortcut+Shift+K")),
    OPEN_TASK_FILE(
            "Open task file",
            "Show the evals and samples of a task file or a folder of them, new or recent",
            Group.WINDOW,
            MaterialDesignF.FOLDER_OPEN_OUTLINE,
            Shortcut.yielding("Shortcut+O")),
    OPEN_RECORDING("Open recording", "Play a recording of a terminal", Group.WINDOW, MaterialDesignP.PLAY_BOX_OUTLINE),
    KEYS(
            "Keyboard map",
            "Show every key",
            Group.WINDOW,
            MaterialDesignK.KEYBOARD_OUTLINE,
            Shortcut.typed("?"),
            Shortcut.everywhere("F1")),
    THEME_SYSTEM("Theme: as the system", "Follow the system's theme", Group.WINDOW, MaterialDesignT.THEME_LIGHT_DARK),
    THEME_LIGHT("Theme: light", "Use the light theme", Group.WINDOW, MaterialDesignW.WHITE_BALANCE_SUNNY),
    THEME_DARK("Theme: dark", "Use the dark theme", Group.WINDOW, MaterialDesignW.WEATHER_NIGHT),
    CLEAN_UP(
            "Clean up…",
            "Show the plan that gives the space of all strays back; nothing is touched before you confirm it",
            Group.WINDOW,
            MaterialDesignR.RECYCLE),
    PRUNE(
            "Prune what has no VM…",
            "Show the plan for index entries, disks, networks and folders that no VM belongs to",
            Group.WINDOW,
            MaterialDesignB.BROOM),
    QUIT("Quit", "Close the window", Group.WINDOW, MaterialDesignP.POWER, Shortcut.key("Shortcut+Q")),

    FILTER(
            "Filter the list",
            "Put the cursor into the filter field",
            Group.LIST,
            MaterialDesignF.FILTER_VARIANT,
            Shortcut.key("Shortcut+F"),
            Shortcut.typed("/")),
    FAULTS(
            "Show failed only",
            "Show only what failed, or everything again",
            Group.LIST,
            Scope.ON_PAGE,
            MaterialDesignA.ALERT_CIRCLE_OUTLINE,
            Shortcut.key("X")),
    REFRESH("Refresh", "Look at everything now", Group.LIST, MaterialDesignR.REFRESH, Shortcut.everywhere("F5")),
    RELOAD_TASK_FILES(
            "Reload task files",
            "Read the task files again",
            Group.LIST,
            MaterialDesignF.FILE_REFRESH_OUTLINE,
            Shortcut.key("Shift+F5")),

    OPEN(
            "Open",
            "Do the row's main action: terminal, start, or log",
            Group.ROW,
            Scope.ROW,
            MaterialDesignA.ARROW_RIGHT,
            Shortcut.key("Enter")),
    START(
            "Start",
            "Start a sandbox for the sample",
            Group.ROW,
            Scope.STARTABLE,
            MaterialDesignP.PLAY,
            Shortcut.key("S")),
    SOLVE(
            "Solve by hand",
            "Solve it in person; of an eval, several samples one after another",
            Group.ROW,
            Scope.SOLVABLE,
            MaterialDesignF.FLAG,
            Shortcut.key("H")),
    TERMINAL(
            "Terminal",
            "Open a shell in the VM",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignC.CONSOLE_LINE,
            Shortcut.key("T")),
    UP("Up", "Boot what is off", Group.ROW, Scope.HELD, MaterialDesignP.POWER, Shortcut.key("U")),
    RESUME(
            "Resume",
            "Go on with what is suspended",
            Group.ROW,
            Scope.HELD,
            MaterialDesignP.PLAY_PAUSE,
            Shortcut.key("R")),
    HALT("Halt", "Shut down; the disks stay", Group.ROW, Scope.HELD, MaterialDesignS.STOP, Shortcut.key("Shift+H")),
    RELOAD(
            "Reload",
            "Shut down and boot with what the Vagrantfile says now",
            Group.ROW,
            Scope.HELD,
            MaterialDesignR.RELOAD,
            Shortcut.key("Shift+R")),
    SUSPEND(
            "Suspend",
            "Stop where it is, to go on later",
            Group.ROW,
            Scope.HELD,
            MaterialDesignP.PAUSE,
            Shortcut.key("Shift+U")),
    PROVISION(
            "Provision",
            "Run the provisioners again",
            Group.ROW,
            Scope.HELD,
            MaterialDesignC.COG_PLAY_OUTLINE,
            Shortcut.key("Shift+P")),
    SNAPSHOTS(
            "Snapshots",
            "Save the present state under a name, go back to a saved one, or delete one",
            Group.ROW,
            Scope.HELD,
            MaterialDesignC.CAMERA_OUTLINE,
            Shortcut.key("N")),
    CANCEL(
            "Cancel",
            "Stop what is under way",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignC.CLOSE_CIRCLE_OUTLINE,
            Shortcut.key("C")),
    LOG(
            "Log",
            "Show the output of Vagrant",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignT.TEXT_BOX_OUTLINE,
            Shortcut.key("L")),
    VAGRANTFILE(
            "Vagrantfile",
            "Show the Vagrantfile",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignF.FILE_CODE_OUTLINE,
            Shortcut.key("V")),
    EDIT_VAGRANTFILE(
            "Edit Vagrantfile",
            "Open the original Vagrantfile in the editor; the sandbox keeps its copy",
            Group.ROW,
            Scope.WRITTEN,
            MaterialDesignF.FILE_EDIT_OUTLINE,
            Shortcut.key("E")),
    PIN(
            "Pin",
            "Keep the sandbox when its owner ends, or let it go again",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignP.PIN_OUTLINE,
            Shortcut.key("P")),
    TAKE_BACK(
            "Take back",
            "Make this window the owner of a sandbox whose owner has ended",
            Group.ROW,
            Scope.HELD,
            MaterialDesignH.HAND_BACK_RIGHT_OUTLINE),
    KEEP_AND_LOOK(
            "Keep and look inside",
            "Start again; a VM that fails stays so that you can look inside",
            Group.ROW,
            Scope.HELD,
            MaterialDesignR.RESTART,
            Shortcut.key("K")),
    COPY(
            "Copy",
            "Copy the path of the sandbox's directory, or the ids of the chosen items",
            Group.ROW,
            Scope.HELD_OR_ITEM,
            MaterialDesignC.CONTENT_COPY,
            Shortcut.key("Shortcut+C")),
    SHOW_IN_STRAYS(
            "Show in Strays",
            "Show the sandbox on the page of strays, with its reason and size",
            Group.ROW,
            Scope.HELD,
            MaterialDesignR.RECYCLE,
            Shortcut.key("G")),
    DESTROY(
            "Destroy",
            "Destroy the VMs of the sandbox and remove its directory",
            Group.ROW,
            Scope.DESTROYABLE,
            MaterialDesignD.DELETE_OUTLINE,
            Shortcut.yielding("Delete"),
            Shortcut.key("Shift+Delete")),
    READ_AGAIN(
            "Read again",
            "Read the eval's task file again",
            Group.ROW,
            Scope.FILED,
            MaterialDesignF.FILE_REFRESH_OUTLINE),
    CLOSE_TASK_FILE(
            "Close task file",
            "Take the eval's task file off the list; its sandboxes stay and stay listed",
            Group.ROW,
            Scope.FILED,
            MaterialDesignF.FILE_REMOVE_OUTLINE,
            Shortcut.key("Shortcut+W")),

    CHECK(
            "Check",
            "Check or uncheck the chosen rows",
            Group.ROW,
            Scope.ITEMS,
            MaterialDesignC.CHECKBOX_MARKED_OUTLINE,
            Shortcut.key("Space")),
    CHECK_ALL(
            "Check all",
            "Check every stray shown, or none again; kept and unknown rows only when no others are shown",
            Group.ROW,
            Scope.ON_PAGE,
            MaterialDesignC.CHECKBOX_MULTIPLE_MARKED_OUTLINE,
            Shortcut.key("Shortcut+A")),
    DETAILS(
            "Details",
            "Show or hide everything about the chosen row",
            Group.ROW,
            Scope.ON_PAGE,
            MaterialDesignI.INFORMATION_OUTLINE,
            Shortcut.key("Enter")),
    REVEAL(
            "Reveal directory",
            "Open the directory in the file manager and copy its path",
            Group.ROW,
            Scope.ITEMS,
            MaterialDesignF.FOLDER_OPEN_OUTLINE,
            Shortcut.key("D")),
    SHOW_IN_SANDBOXES(
            "Show in Sandboxes",
            "Show the row of its sandbox with eval and sample",
            Group.ROW,
            Scope.ITEMS,
            MaterialDesignV.VIEW_LIST_OUTLINE,
            Shortcut.key("G")),
    CLEAN_CHOSEN(
            "Clean up chosen…",
            "Show the plan for the checked rows, else for the chosen ones",
            Group.ROW,
            Scope.ITEMS,
            MaterialDesignD.DELETE_OUTLINE,
            Shortcut.key("Delete")),

    TOGGLE_DOCK(
            "Show or hide the dock",
            "Fold the terminals and logs away, or bring them back",
            Group.DOCK,
            MaterialDesignD.DOCK_BOTTOM,
            Shortcut.everywhere("Shortcut+Shift+J")),
    MAXIMISE_DOCK(
            "Maximise the dock",
            "Give the dock the whole height, or take it back",
            Group.DOCK,
            MaterialDesignA.ARROW_EXPAND_VERTICAL,
            Shortcut.everywhere("Shortcut+Shift+M")),
    SWITCH_FOCUS(
            "Between list and dock",
            "Move the focus between the list and the dock",
            Group.DOCK,
            MaterialDesignS.SWAP_VERTICAL,
            Shortcut.everywhere("F6")),
    NEXT_TAB(
            "Next tab",
            "Show the next tab of the dock",
            Group.DOCK,
            MaterialDesignC.CHEVRON_RIGHT,
            Shortcut.everywhere("Shortcut+Page_Down")),
    PREVIOUS_TAB(
            "Previous tab",
            "Show the previous tab of the dock",
            Group.DOCK,
            MaterialDesignC.CHEVRON_LEFT,
            Shortcut.everywhere("Shortcut+Page_Up")),
    CLOSE_TAB(
            "Close tab",
            "Close the tab; a terminal ends with it",
            Group.DOCK,
            MaterialDesignT.TAB_REMOVE,
            Shortcut.everywhere("Shortcut+Shift+W")),
    ACTIVITY(
            "Activity",
            "Show what is under way and how it ended",
            Group.DOCK,
            MaterialDesignP.PROGRESS_CLOCK,
            Shortcut.everywhere("Shortcut+Shift+Y"));

    /** Where the keyboard map puts an action. */
    public enum Group {
        /** The whole window. */
        WINDOW("Window"),
        /** The list of the page that is shown. */
        LIST("List"),
        /** What is chosen in it. */
        ROW("Chosen row"),
        /** The file in the editor. */
        FILE("Editor"),
        /** The dock. */
        DOCK("Dock");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** The heading. */
        public String title() {
            return title;
        }
    }

    private final Description of;

    Action(String text, String description, Group group, Ikon icon, Shortcut... shortcuts) {
        this(text, description, group, Scope.ANYWHERE, icon, shortcuts);
    }

    Action(String text, String description, Group group, Set<Scope> scopes, Ikon icon, Shortcut... shortcuts) {
        this.of = new Description("", text, description, group, scopes, icon, List.of(shortcuts));
    }

    @Override
    public Description of() {
        return of;
    }
}
