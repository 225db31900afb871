package dev.corral.console.page;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.materialdesign2.MaterialDesignF;
import org.kordamp.ikonli.materialdesign2.MaterialDesignL;

/** The commands that look into VMs beside a terminal. */
public enum GuestAction implements Command {
    FILES(
            "Files",
            "Show the files of the VM: edit, upload, download",
            MaterialDesignF.FOLDER_NETWORK_OUTLINE,
            Shortcut.key("F")),
    NETWORK(
            "Network",
            "Show the network of the VMs: addresses, ports, tunnels, and who reaches whom",
            MaterialDesignL.LAN,
            Shortcut.key("W"));

    private final String text;
    private final String description;
    private final Ikon icon;
    private final Shortcut shortcut;

    GuestAction(String text, String description, Ikon icon, Shortcut shortcut) {
        this.text = text;
        this.description = description;
        this.icon = icon;
        this.shortcut = shortcut;
    }

    @Override
    public String id() {
        return "action-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Action.Group group() {
        return Action.Group.ROW;
    }

    @Override
    public Set<Scope> scopes() {
        return Scope.HELD;
    }

    @Override
    public Ikon icon() {
        return icon;
    }

    @Override
    public List<Shortcut> shortcuts() {
        return List.of(shortcut);
    }
}
