package dev.corral.core.operation.remedy;

import dev.corral.core.sandbox.OperationKind;
import dev.corral.core.vagrant.failure.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A command that mends something of this computer which a start lacked. None touches a VM, and none takes anything away. Names come from
 * Vagrantfiles and from what programs print, so those that are none are refused.
 */
public sealed interface HostFix {
    /** What gems, boxes, networks and pools are called; never an option. */
    Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,119}(?:/[A-Za-z0-9_][A-Za-z0-9_.:+-]{0,119})?");

    /**
     * Installs a plugin of Vagrant's.
     *
     * @param plugin its name
     */
    record Plugin(String plugin) implements HostFix {}

    /** Mends the installed plugins. */
    record Repair() implements HostFix {}

    /**
     * Fetches a box.
     *
     * @param box      its name
     * @param provider the provider that it is for; empty leaves that to Vagrant
     */
    record Box(String box, String provider) implements HostFix {}

    /**
     * Starts a network of libvirt's that is defined and off.
     *
     * @param connection the connection to libvirt
     * @param network    its name
     */
    record Network(String connection, String network) implements HostFix {}

    /**
     * Starts a storage pool of libvirt's that is defined and off.
     *
     * @param connection the connection to libvirt
     * @param pool       its name
     */
    record Pool(String connection, String pool) implements HostFix {}

    /**
     * What a remedy means here; empty where it is none of these, or its name can be no name.
     *
     * @param provider   the machine's provider; empty if it is not known
     * @param connection the connection to libvirt
     */
    static Optional<HostFix> of(Remedy remedy, String provider, String connection) {
        String name = remedy.argument();
        if (remedy.kind() == Remedy.Kind.REPAIR_PLUGINS) {
            return Optional.of(new Repair());
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return switch (remedy.kind()) {
            case INSTALL_PLUGIN -> name.contains("/") ? Optional.empty() : Optional.of(new Plugin(name));
            case ADD_BOX -> Optional.of(new Box(name, NAME.matcher(provider).matches() ? provider : ""));
            case START_NETWORK -> Optional.of(new Network(connection, name));
            case START_POOL -> Optional.of(new Pool(connection, name));
            default -> Optional.empty();
        };
    }

    /** The operation's kind. */
    default OperationKind kind() {
        return switch (this) {
            case Plugin _ -> OperationKind.INSTALL_PLUGIN;
            case Repair _ -> OperationKind.REPAIR_PLUGINS;
            case Box _ -> OperationKind.ADD_BOX;
            case Network _ -> OperationKind.START_NETWORK;
            case Pool _ -> OperationKind.START_POOL;
        };
    }

    /** What it is about, for people. */
    default String thing() {
        return switch (this) {
            case Plugin(String plugin) -> plugin;
            case Repair _ -> "Vagrant's plugins";
            case Box(String box, String _) -> box;
            case Network(String _, String network) -> network;
            case Pool(String _, String pool) -> pool;
        };
    }

    /** What a button says that does it. */
    default String label() {
        return switch (this) {
            case Plugin(String plugin) -> "Install " + plugin;
            case Repair _ -> "Repair plugins";
            case Box(String box, String _) -> "Add box " + box;
            case Network(String _, String network) -> "Start network " + network;
            case Pool(String _, String pool) -> "Start pool " + pool;
        };
    }

    /** What follows from it, a sentence. */
    default String consequence() {
        return switch (this) {
            case Plugin _ ->
                "Vagrant fetches the plugin from the internet and runs its code from then on, for every Vagrantfile.";
            case Repair _ -> "Vagrant installs its plugins anew; VMs and boxes stay as they are.";
            case Box _ -> "Vagrant fetches the box and keeps it; no VM is made or changed.";
            case Network _ -> "libvirt starts a network that is defined already; no VM is changed.";
            case Pool _ -> "libvirt starts a storage pool that is defined already; nothing in it is changed.";
        };
    }

    /** What people can say in a terminal to have the same. */
    default List<String> command() {
        return switch (this) {
            case Plugin(String plugin) -> List.of("vagrant", "plugin", "install", plugin);
            case Repair _ -> List.of("vagrant", "plugin", "repair");
            case Box(String box, String provider) ->
                provider.isEmpty()
                        ? List.of("vagrant", "box", "add", box)
                        : List.of("vagrant", "box", "add", "--provider", provider, box);
            case Network(String connection, String network) ->
                List.of("virsh", "-q", "-c", connection, "net-start", network);
            case Pool(String connection, String pool) -> List.of("virsh", "-q", "-c", connection, "pool-start", pool);
        };
    }
}
