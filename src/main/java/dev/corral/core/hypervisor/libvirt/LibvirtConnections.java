package dev.corral.core.hypervisor.libvirt;

import dev.corral.core.base.Environment;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which worlds of libvirt there are for this user; a domain is in one only. */
public final class LibvirtConnections {
    static final String SYSTEM = "qemu:///system";
    static final String SESSION = "qemu:///session";

    private final Environment environment;

    /** Those that these variables lead to. */
    public LibvirtConnections(Environment environment) {
        this.environment = environment;
    }

    /** The connections to ask. */
    public Set<String> uris() {
        Set<String> uris = new LinkedHashSet<>(List.of(SYSTEM));
        uris.addAll(named());
        if (root()) {
            // libvirt answers root for the session with the system: the same world once more.
            uris.remove(SESSION);
            return uris;
        }
        // Asking starts a daemon for this user, so only one that runs or that has domains to tell of is asked: a daemon
        // without
        // running domains ends by itself after two minutes, and what it has defined is there all the same.
        if (sessionRuns() || sessionHasDomains()) {
            uris.add(SESSION);
        }
        return uris;
    }

    /** Those of them that variables name. */
    public Set<String> named() {
        Set<String> uris = new LinkedHashSet<>();
        environment.get("LIBVIRT_DEFAULT_URI").ifPresent(uris::add);
        environment.get("VAGRANT_LIBVIRT_URI").ifPresent(uris::add);
        return uris;
    }

    /** The file that a domain's memory is saved in; empty where it is not known. */
    Optional<Path> savedMemory(String uri, String name) {
        if (name.contains("/") || name.contains("\0")) {
            return Optional.empty();
        }
        return switch (uri) {
            case SYSTEM -> Optional.of(Path.of("/var/lib/libvirt/qemu/save", name + ".save"));
            case SESSION ->
                Optional.of(
                        environment.userConfig().resolve("libvirt/qemu/save").resolve(name + ".save"));
            default -> Optional.empty();
        };
    }

    /** Whether files that this connection names are files of this machine. */
    static boolean local(String uri) {
        return uri.contains(":///") && !uri.contains("+ssh") && !uri.contains("+tcp") && !uri.contains("+tls");
    }

    private static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return System.getProperty("user.name").equals("root");
        }
    }

    private boolean sessionRuns() {
        // Without a runtime directory libvirt takes the cache directory.
        Path runtime = environment
                .get("XDG_RUNTIME_DIR")
                .map(Path::of)
                .orElseGet(environment::userCache)
                .resolve("libvirt");
        return Files.exists(runtime.resolve("libvirt-sock")) || Files.exists(runtime.resolve("virtqemud-sock"));
    }

    private boolean sessionHasDomains() {
        try (DirectoryStream<Path> definitions =
                Files.newDirectoryStream(environment.userConfig().resolve("libvirt/qemu"), "*.xml")) {
            return definitions.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }
}
