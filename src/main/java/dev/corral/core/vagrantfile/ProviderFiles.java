package dev.corral.core.vagrantfile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The files that settings of providers name. */
final class ProviderFiles {
    private final NamedFiles files;
    private final boolean used;

    /** @param used whether it is the provider that Vagrant would take: nothing fails without the files of another one */
    ProviderFiles(NamedFiles files, boolean used) {
        this.files = files;
        this.used = used;
    }

    void of(String provider, JsonNode settings) {
        switch (provider) {
            case "libvirt" -> {
                for (String key : List.of("kernel", "initrd", "dtb", "loader", "nvram")) {
                    files.add(settings.path(key), used, false);
                }
                for (String key : List.of("cdroms", "floppies")) {
                    settings.path(key).forEach(disk -> files.add(disk.path("path"), used, false));
                }
                files.existing(settings.path("qemu_args"));
            }
            case "docker" -> {
                JsonNode folder = settings.path("build_dir");
                files.add(folder, used, false);
                if (settings.path("dockerfile").isTextual() && folder.isTextual()) {
                    files.add(
                            folder.textValue() + "/"
                                    + settings.path("dockerfile").textValue(),
                            used,
                            false);
                }
                files.add(settings.path("vagrant_vagrantfile"), used, true);
                for (String volume : NamedFiles.texts(settings.path("volumes"))) {
                    String host = volume.split(":", 2)[0];
                    if (volume.contains(":") && (host.startsWith("/") || host.startsWith("."))) {
                        files.add(host, false, false);
                    }
                }
            }
            default -> files.existing(settings);
        }
    }
}
