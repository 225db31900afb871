package dev.corral.console.messages;

import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import java.nio.file.Path;

/** What pages ask of the dock. For the FX thread. */
public interface DockPort {

    /** Shows the terminal of a machine, opening it when there is none. */
    void openTerminal(SandboxView sandbox, MachineView machine);

    /** Opens one more terminal of a machine, whatever is open already. */
    void openAnotherTerminal(SandboxView sandbox, MachineView machine);

    /**
     * Shows a terminal of a machine that begins where its provisioner failed, with the script at hand, opening it when there is none;
     * apart from the one of {@link #openTerminal}.
     */
    void openTerminalAtFailure(SandboxView sandbox, MachineView machine);

    /** Whether a terminal of this machine is connected. */
    boolean terminalOpen(MachineView machine);

    /** Shows the files of a machine. */
    void openFiles(SandboxView sandbox, MachineView machine);

    /** Shows the network of a sandbox's machines. */
    void openNetwork(SandboxView sandbox);

    /** Shows the log of the newest operation of a sandbox. */
    void openLog(SandboxView sandbox);

    /**
     * Shows a Vagrantfile.
     *
     * @param title what to call it
     * @param file  the file
     * @param line  the line to mark, 0 for none
     */
    void openVagrantfile(String title, Path file, int line);

    /**
     * Shows a Vagrantfile as it was read, whatever it holds by now.
     *
     * @param title what to call it
     * @param file  where it was read
     * @param text  what it held
     * @return takes out of sight again what this brought into sight, unless somebody looks at something else there by then
     */
    Runnable showVagrantfile(String title, Path file, String text);

    /** Plays a recording: an asciicast file, or one of script's two files. */
    void openRecording(Path file);

    /** Opens a web address of this computer in the browser. */
    void browse(String address);

    /** Shows what is under way. */
    void showActivity();
}
