package dev.corral.console.page;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignC;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** The commands that look into VMs beside a terminal. */
public enum GuestAction implements DescribedCommand {
    NEW_TERMINAL(
            "New terminal",
            "Open another shell in the VM, beside the one that is open",
            MaterialDesignC.CONSOLE,
            "Shift+T"),
    FILES("Files", "Show the files of the VM: edit, upload, download", MaterialDesignF.FOLDER_NETWORK_OUTLINE, "F"),
    NETWORK(
            "Network",
            "Show the network of the VMs: addresses, ports, tunnels, and who reaches whom",
            MaterialDesignL.LAN,
            "W");

    private final Description of;

    GuestAction(String text, String description, Ikon icon, String keys) {
        this.of = Description.ofRows(text, description, icon, keys);
    }

    @Override
    public Description of() {
        return of;
    }
}
