package dev.corral.core.vagrantfile.keys;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A small table of settings for tests. */
public final class SomeKeys {
    private SomeKeys() {}

    /** The table: parts vm, ssh and trigger, providers libvirt and virtualbox, provisioners shell, file and ansible. */
    public static ConfigKeys table() {
        return new ConfigKeys(
                "2.3.4",
                Map.of("vagrant-libvirt", "0.11.2"),
                List.of(),
                List.of("ansible", "file", "shell"),
                List.of("libvirt", "virtualbox"),
                List.of("nfs", "rsync"),
                List.of("ssh", "winrm"),
                List.of("debian", "windows"),
                List.of(),
                List.of("class", "send", "tap", "to_s"),
                Map.of(
                        "vm",
                        keys(
                                "box",
                                "hostname",
                                "boot_timeout=300",
                                "guest",
                                "communicator",
                                "define&",
                                "provider&",
                                "provision&",
                                "network()",
                                "synced_folder()",
                                "networks?"),
                        "ssh",
                        keys("username", "insert_key=true"),
                        "trigger",
                        keys("before&", "after&"),
                        "trigger.before",
                        keys("info", "only_on"),
                        "provider.libvirt",
                        keys("memory=512", "cpus=1", "title"),
                        "provider.virtualbox",
                        keys("memory", "customize()"),
                        "provisioner.shell",
                        keys("inline", "path", "privileged=true")));
    }

    private static List<ConfigKey> keys(String... names) {
        return Stream.of(names)
                .map(name -> {
                    int preset = name.indexOf('=');
                    return preset > 0
                            ? new ConfigKey(
                                    name.substring(0, preset),
                                    ConfigKey.Kind.SETTING,
                                    Optional.of(name.substring(preset + 1)))
                            : new ConfigKey(name.replaceAll("[&()?]", ""), kind(name), Optional.empty());
                })
                .toList();
    }

    private static ConfigKey.Kind kind(String name) {
        return name.endsWith("&")
                ? ConfigKey.Kind.BLOCK
                : name.endsWith(")")
                        ? ConfigKey.Kind.METHOD
                        : name.endsWith("?") ? ConfigKey.Kind.READER : ConfigKey.Kind.SETTING;
    }
}
