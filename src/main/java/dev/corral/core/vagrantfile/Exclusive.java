package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Something that a Vagrantfile fixes and that only one machine can have at a time.
 *
 * @param kind    what it is
 * @param value   it, for instance {@code 10.9.8.7} or {@code 8080}
 * @param where   where it must be alone: a connection to a hypervisor, or this machine's ports
 * @param machine the machine that is to have it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Exclusive(Kind kind, String value, String where, String machine) {

    /** What can be taken. */
    public enum Kind {
        /** A static address of a private network. */
        ADDRESS("the address"),
        /** A port of this machine. */
        PORT("port"),
        /** A hardware address. */
        MAC("the hardware address"),
        /** The name of a VM at the hypervisor. */
        NAME("the name");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What people read before the value. */
        public String words() {
            return words;
        }
    }

    /** Where ports are. */
    public static final String HOST = "host";

    /** Checks that nothing is missing. */
    public Exclusive {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(where, "where");
        Objects.requireNonNull(machine, "machine");
    }

    /** Whether only one of two can have it. */
    public boolean collidesWith(Exclusive other) {
        return kind == other.kind && where.equals(other.where) && value.equals(other.value);
    }

    /** All that the machines fix that start by themselves. */
    public static List<Exclusive> of(Resolution resolution) {
        List<Exclusive> found = new ArrayList<>();
        for (ResolvedMachine machine : resolution.machines()) {
            if (machine.autostart()) {
                of(machine, found);
            }
        }
        return List.copyOf(found);
    }

    private static void of(ResolvedMachine machine, List<Exclusive> found) {
        String provider = machine.provider().orElse("");
        JsonNode settings = machine.providerSettings();
        String connection = provider.equals("libvirt") ? settings.path("uri").asText(provider) : provider;
        for (ResolvedMachine.Network network : machine.networks()) {
            JsonNode options = network.options();
            if (network.type().equals("forwarded_port")) {
                // Vagrant looks for another one itself where it may.
                if (!options.path("auto_correct").asBoolean(false)
                        && !options.path("disabled").asBoolean(false)) {
                    add(found, Kind.PORT, options.path("host").asText(""), HOST, machine);
                }
                continue;
            }
            // Networks of other names are apart, as far as anybody knows.
            String name = options.path("libvirt__network_name").asText("");
            add(
                    found,
                    Kind.ADDRESS,
                    options.path("ip").asText(""),
                    connection + (name.isEmpty() ? "" : " " + name),
                    machine);
            add(found, Kind.MAC, mac(options.path("mac").asText("")), connection, machine);
        }
        if (provider.equals("libvirt")) {
            add(found, Kind.MAC, mac(settings.path("management_network_mac").asText("")), connection, machine);
            // Otherwise it begins with the sandbox's own name.
            if (settings.hasNonNull("default_prefix")) {
                add(found, Kind.NAME, settings.path("default_prefix").asText() + machine.name(), connection, machine);
            }
        }
        if (provider.equals("virtualbox")) {
            add(found, Kind.NAME, settings.path("name").asText(""), connection, machine);
        }
    }

    private static void add(List<Exclusive> found, Kind kind, String value, String where, ResolvedMachine machine) {
        if (!value.isBlank()) {
            found.add(new Exclusive(kind, value.strip(), where, machine.name()));
        }
    }

    private static String mac(String text) {
        String plain = text.replaceAll("[^0-9A-Fa-f]", "").toLowerCase(Locale.ROOT);
        // "auto" and the like leave the choice to others.
        return plain.length() == 12 ? plain : "";
    }
}
