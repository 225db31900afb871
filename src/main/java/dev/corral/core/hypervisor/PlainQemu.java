package dev.corral.core.hypervisor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Machines of the vagrant-qemu plugin. They are registered nowhere: a running one is a QEMU process whose command line
 * names its disk below {@code .vagrant}, and one that is off is that disk alone, which this can not see.
 */
final class PlainQemu implements Hypervisor {
    private static final Path PROC = Path.of("/proc");
    private static final Pattern DISK = Pattern.compile("file=([^,]*/\\.vagrant/machines/([^/]+)/qemu/([^/,]+))/");

    @Override
    public String provider() {
        return "qemu";
    }

    @Override
    public boolean present() {
        return Files.isDirectory(PROC.resolve("self"));
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public List<HypervisorObject> list() throws IOException {
        List<HypervisorObject> objects = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                Matcher matcher = DISK.matcher(commandLine(process));
                if (matcher.find()) {
                    objects.add(new HypervisorObject("qemu", matcher.group(3), matcher.group(2), MachineState.RUNNING, -1, matcher.group(1)));
                }
            }
        }
        return objects;
    }

    private static String commandLine(Path process) {
        try {
            if (!Files.readString(process.resolve("comm")).startsWith("qemu-system")) {
                return "";
            }
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            // It has ended, or is another user's: then it is no machine of ours.
            return "";
        }
    }
}
