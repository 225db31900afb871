package dev.corral.core.vagrantfile.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.vagrantfile.Place;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of one machine by key, with what it takes until a changed one holds. Pure. */
final class Settings {
    // Providers whose machines are changed by a reload; others make theirs once and for all.
    private static final Set<String> CHANGEABLE =
            Set.of("libvirt", "virtualbox", "qemu", "vmware_desktop", "vmware_fusion", "parallels", "hyperv");
    // What decides where a machine or its disk is made.
    private static final Set<String> ONCE = Set.of(
            "uri",
            "driver",
            "host",
            "username",
            "socket",
            "storage_pool_name",
            "storage_pool_path",
            "snapshot_pool_name",
            "machine_virtual_size",
            "volume_cache",
            "default_prefix",
            "random_hostname",
            "uuid",
            "linked_clone",
            "image_path",
            "extra_drive_args");
    // Adapters of these are made with the machine.
    private static final Set<String> NETWORKS_ONCE = Set.of("libvirt");

    private final Map<String, Setting> found = new LinkedHashMap<>();
    private final String provider;
    private final boolean changeable;

    /**
     * A setting.
     *
     * @param value what it is
     * @param needs what it takes until another value holds
     * @param place where it stands
     */
    record Setting(String value, Needs needs, Place place) {}

    private Settings(ResolvedMachine machine) {
        provider = machine.provider().orElse("");
        changeable = CHANGEABLE.contains(provider);
    }

    /** All of a machine, provisioners apart; what is unset is absent. */
    static Map<String, Setting> of(ResolvedMachine machine) {
        Settings settings = new Settings(machine);
        settings.read(machine);
        return settings.found;
    }

    private void read(ResolvedMachine machine) {
        Needs reload = changeable ? Needs.RELOAD : Needs.DESTROY;
        put("provider", provider, Needs.DESTROY, machine.place());
        put("box", text(machine.box().name()), Needs.DESTROY, machine.box().place());
        put(
                "box_version",
                text(machine.box().version()),
                Needs.DESTROY,
                machine.box().place());
        put("box_url", text(machine.box().url()), Needs.NOTHING, machine.box().place());
        put("hostname", machine.hostname().orElse(""), Needs.RELOAD, machine.place());
        put("guest", text(machine.guest()), Needs.NOTHING, machine.place());
        put("communicator", machine.communicator().orElse(""), Needs.NOTHING, machine.place());
        put("boot_timeout", Integer.toString(machine.bootTimeout()), Needs.NOTHING, machine.place());
        machine.providers().stream()
                .filter(one -> one.name().equals(provider))
                .forEach(one -> fields(
                        provider + ".",
                        one.settings(),
                        key -> ONCE.contains(key) ? Needs.DESTROY : reload,
                        one.place()));
        networks(machine.networks(), reload);
        for (ResolvedMachine.SyncedFolder folder : machine.syncedFolders()) {
            put(
                    "synced_folder " + folder.guest(),
                    (folder.disabled() ? "disabled " : "") + folder.host() + " " + text(folder.type()) + " "
                            + text(folder.options()),
                    reload,
                    folder.place());
        }
        numbered(
                "disk", machine.disks(), provider.equals("virtualbox") ? Needs.RELOAD : Needs.DESTROY, machine.place());
        numbered("cloud_init", machine.cloudInit(), Needs.DESTROY, machine.place());
        int number = 0;
        for (ResolvedMachine.Trigger trigger : machine.triggers()) {
            number++;
            put(
                    "trigger " + number,
                    String.join(
                            " ",
                            trigger.when(),
                            trigger.on(),
                            trigger.name(),
                            String.join(",", trigger.onlyOn()),
                            text(trigger.run()),
                            text(trigger.runRemote())),
                    Needs.NOTHING,
                    trigger.place());
        }
        fields("ssh.", machine.ssh(), key -> Needs.NOTHING, machine.place());
        fields("winrm.", machine.winrm(), key -> Needs.NOTHING, machine.place());
    }

    private void networks(List<ResolvedMachine.Network> networks, Needs reload) {
        int number = 0;
        for (ResolvedMachine.Network network : networks) {
            if (network.type().equals("forwarded_port")) {
                put(
                        "forwarded_port " + network.options().path("guest").asText(""),
                        text(network.options()),
                        reload,
                        network.place());
            } else {
                number++;
                put(
                        "network " + number,
                        network.type() + " " + text(network.options()),
                        NETWORKS_ONCE.contains(provider) ? Needs.DESTROY : reload,
                        network.place());
            }
        }
    }

    private interface Rule {
        Needs of(String key);
    }

    private void fields(String before, JsonNode settings, Rule needs, Place place) {
        settings.properties()
                .forEach(one -> put(before + one.getKey(), text(one.getValue()), needs.of(one.getKey()), place));
    }

    private void numbered(String key, List<JsonNode> values, Needs needs, Place place) {
        for (int i = 0; i < values.size(); i++) {
            put(key + " " + (i + 1), text(values.get(i)), needs, place);
        }
    }

    private void put(String key, String value, Needs needs, Place place) {
        if (!value.isBlank()) {
            found.merge(
                    key,
                    new Setting(value.strip(), needs, place),
                    (first, second) -> new Setting(first.value + "; " + second.value, first.needs, first.place));
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node.isTextual()
                    ? node.textValue()
                    : node.isEmpty() && node.isContainerNode() ? "" : node.toString();
        }
        return value == null ? "" : value.toString();
    }
}
