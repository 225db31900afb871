package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.hypervisor.Volume;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads libvirt's descriptions of domains, volumes, pools and networks. */
public final class LibvirtXml {
    private LibvirtXml() {}

    /**
     * A pool.
     *
     * @param uuid   its uuid
     * @param name   its name
     * @param target the directory that its volumes are in; empty where they are in none
     */
    public record Pool(String uuid, String name, String target) {}

    /**
     * A network.
     *
     * @param uuid   its uuid
     * @param name   its name
     * @param bridge its bridge, or empty
     */
    record Net(String uuid, String name, String bridge) {}

    /**
     * Reads {@code virsh dumpxml}.
     *
     * @throws IOException if it is cut off or no XML
     */
    static LibvirtDomain domain(String text) throws IOException {
        XmlTags xml = new XmlTags(text);
        String uuid = "";
        String name = "";
        String description = "";
        String nvram = "";
        List<LibvirtDomain.Disk> disks = new ArrayList<>();
        List<String> reads = new ArrayList<>();
        List<String> networks = new ArrayList<>();
        List<String> bridges = new ArrayList<>();
        while (xml.next()) {
            if (!xml.start()) {
                continue;
            }
            int depth = xml.depth();
            if (depth == 2) {
                switch (xml.name()) {
                    case "uuid" -> uuid = xml.text().strip();
                    case "name" -> name = xml.text();
                    case "description" -> description = xml.text();
                    case "domain", "os", "devices" -> {}
                    default -> xml.skip();
                }
            } else if (depth == 3 && xml.open(2).equals("os")) {
                switch (xml.name()) {
                    case "kernel", "initrd", "dtb", "loader" ->
                        addIfNamed(reads, xml.text().strip());
                    case "nvram" -> nvram = xml.text().strip();
                    default -> {}
                }
            } else if (depth == 3 && xml.open(2).equals("devices")) {
                switch (xml.name()) {
                    case "disk" -> disks.add(disk(xml));
                    case "interface" -> {}
                    default -> xml.skip();
                }
            } else if (depth == 4
                    && xml.open(3).equals("interface")
                    && xml.name().equals("source")) {
                addIfNamed(networks, xml.attribute("network"));
                addIfNamed(bridges, xml.attribute("bridge"));
            }
        }
        return new LibvirtDomain(
                uuid,
                name,
                description,
                List.copyOf(disks),
                List.copyOf(reads),
                nvram,
                List.copyOf(networks),
                List.copyOf(bridges));
    }

    private static LibvirtDomain.Disk disk(XmlTags xml) throws IOException {
        String device = xml.attribute("device");
        boolean writes = device.isEmpty() || device.equals("disk") || device.equals("lun");
        LibvirtDomain.Source own = new LibvirtDomain.Source("", "", "");
        List<LibvirtDomain.Source> chain = new ArrayList<>();
        boolean complete = false;
        while (xml.next() && xml.depth() >= 3) {
            if (!xml.start()) {
                continue;
            }
            switch (xml.name()) {
                case "source" -> {
                    LibvirtDomain.Source source = source(xml);
                    if (xml.depth() == 4) {
                        own = source;
                    } else if (!source.empty()) {
                        chain.add(source);
                    }
                }
                // An empty one is libvirt's word for the end of the chain.
                case "backingStore" -> complete |= xml.attribute("type").isEmpty();
                case "readonly", "shareable" -> writes &= xml.depth() != 4;
                default -> {}
            }
        }
        return new LibvirtDomain.Disk(own, writes, List.copyOf(chain), complete);
    }

    private static LibvirtDomain.Source source(XmlTags xml) {
        String file = xml.attribute("file");
        return new LibvirtDomain.Source(
                file.isEmpty() ? xml.attribute("dev") : file, xml.attribute("pool"), xml.attribute("volume"));
    }

    /**
     * Reads {@code virsh vol-dumpxml}.
     *
     * @throws IOException if it is cut off or no XML
     */
    static Volume volume(String text, String where, String pool) throws IOException {
        XmlTags xml = new XmlTags(text);
        String name = "";
        String path = "";
        String backing = "";
        long bytes = -1;
        Instant modified = Instant.EPOCH;
        while (xml.next()) {
            if (!xml.start()) {
                continue;
            }
            String parent = xml.open(xml.depth() - 1 < 1 ? 1 : xml.depth() - 1);
            switch (xml.name()) {
                case "name" -> name = xml.depth() == 2 ? xml.text() : name;
                case "allocation" -> bytes = xml.depth() == 2 ? number(xml.text()) : bytes;
                case "path" -> {
                    path = parent.equals("target") ? xml.text() : path;
                    backing = parent.equals("backingStore") ? xml.text() : backing;
                }
                case "permissions", "features" -> xml.skip();
                case "mtime" ->
                    modified = parent.equals("timestamps") && xml.inside("target") ? instant(xml.text()) : modified;
                default -> {}
            }
        }
        return new Volume(
                where, pool, name, path, bytes, Optional.of(backing).filter(file -> !file.isEmpty()), modified);
    }

    /**
     * Reads {@code virsh pool-dumpxml}.
     *
     * @throws IOException if it is cut off or no XML
     */
    public static Pool pool(String text) throws IOException {
        XmlTags xml = new XmlTags(text);
        String uuid = "";
        String name = "";
        String target = "";
        while (xml.next()) {
            if (!xml.start()) {
                continue;
            }
            switch (xml.name()) {
                case "uuid" -> uuid = xml.depth() == 2 ? xml.text().strip() : uuid;
                case "name" -> name = xml.depth() == 2 ? xml.text() : name;
                case "path" -> target = xml.depth() == 3 && xml.open(2).equals("target") ? xml.text() : target;
                default -> {}
            }
        }
        return new Pool(uuid, name, target);
    }

    /**
     * Reads {@code virsh net-dumpxml}.
     *
     * @throws IOException if it is cut off or no XML
     */
    static Net network(String text) throws IOException {
        XmlTags xml = new XmlTags(text);
        String uuid = "";
        String name = "";
        String bridge = "";
        while (xml.next()) {
            if (xml.start() && xml.depth() == 2) {
                switch (xml.name()) {
                    case "uuid" -> uuid = xml.text().strip();
                    case "name" -> name = xml.text();
                    case "bridge" -> bridge = xml.attribute("name");
                    default -> {}
                }
            }
        }
        return new Net(uuid, name, bridge);
    }

    private static void addIfNamed(List<String> names, String name) {
        if (!name.isEmpty() && !names.contains(name)) {
            names.add(name);
        }
    }

    // libvirt writes bytes unless it names another unit, which it does on no output.
    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Instant instant(String seconds) {
        try {
            int dot = seconds.indexOf('.');
            String whole = dot < 0 ? seconds : seconds.substring(0, dot);
            String rest = dot < 0 ? "0" : (seconds.substring(dot + 1).strip() + "000000000").substring(0, 9);
            return Instant.ofEpochSecond(Long.parseLong(whole.strip()), Long.parseLong(rest));
        } catch (RuntimeException e) {
            return Instant.EPOCH;
        }
    }
}
