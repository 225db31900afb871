package dev.corral.core.hypervisor;

import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.hypervisor.libvirt.LibvirtMachines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code VBoxManage showvminfo --machinereadable} tells of one machine.
 *
 * @param object    the machine
 * @param folder    the folder that all of it lies in, empty while unknown
 * @param media     images in its drives
 * @param snapshots how many snapshots it has
 * @param networks  networks that it is on beside NAT
 */
record VirtualBoxInfo(
        HypervisorObject object, String folder, List<String> media, int snapshots, List<String> networks) {
    private static final Pattern LINE = Pattern.compile("^(?:\"([^\"]+)\"|([^=\"]+))=\"(.*)\"$");
    // "SATA Controller-0-0"="/path"; "SATA Controller-ImageUUID-0-0"="..." is the same drive's id.
    private static final Pattern DRIVE = Pattern.compile("(?!.*-ImageUUID-).+-\\d+-\\d+");
    private static final Pattern NETWORK =
            Pattern.compile("(?:hostonlyadapter|hostonly-network|bridgeadapter|intnet|nat-network)\\d+");

    static VirtualBoxInfo parse(HypervisorObject object, String output) {
        String folder = "";
        int snapshots = 0;
        List<String> media = new ArrayList<>();
        List<String> networks = new ArrayList<>();
        for (String line : output.split("\r?\n")) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            String key = Optional.ofNullable(matcher.group(1)).orElse(matcher.group(2));
            String value = matcher.group(3).replace("\\\"", "\"").replace("\\\\", "\\");
            if (key.equals("CfgFile")) {
                folder = LibvirtMachines.file(value)
                        .map(Path::getParent)
                        .map(Path::toString)
                        .orElse("");
            } else if (key.startsWith("SnapshotName")) {
                snapshots++;
            } else if (NETWORK.matcher(key).matches() && !networks.contains(value)) {
                networks.add(value);
            } else if (DRIVE.matcher(key).matches() && value.startsWith("/")) {
                media.add(value);
            }
        }
        return new VirtualBoxInfo(object, folder, List.copyOf(media), snapshots, List.copyOf(networks));
    }

    /** All files and folders to be measured. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        LibvirtMachines.file(folder).ifPresent(files::add);
        media.stream()
                .filter(file -> !inside(file))
                .map(LibvirtMachines::file)
                .flatMap(Optional::stream)
                .forEach(files::add);
        return files;
    }

    /** The machine: what lies in its folder is its own and goes with it, an ISO or a master's disk elsewhere is only read. */
    SurveyedMachine machine(Map<Path, Long> sizes) {
        Map<String, Disk> disks = new LinkedHashMap<>();
        if (!folder.isEmpty()) {
            disks.put(folder, new Disk(folder, sizes.getOrDefault(Path.of(folder), -1L), true, false));
        }
        media.stream()
                .filter(file -> !inside(file))
                .forEach(file -> disks.putIfAbsent(
                        file,
                        new Disk(
                                file,
                                LibvirtMachines.file(file)
                                        .map(path -> sizes.getOrDefault(path, -1L))
                                        .orElse(-1L),
                                false,
                                false)));
        long bytes = folder.isEmpty()
                ? -1
                : Objects.requireNonNull(disks.get(folder)).bytes();
        return new SurveyedMachine(
                new HypervisorObject(
                        object.provider(), object.id(), object.name(), object.state(), bytes, object.where()),
                "",
                List.copyOf(disks.values()),
                snapshots,
                0,
                networks,
                Optional.empty());
    }

    private boolean inside(String file) {
        return !folder.isEmpty() && file.startsWith(folder + "/");
    }
}
