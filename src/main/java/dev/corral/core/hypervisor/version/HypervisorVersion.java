package dev.corral.core.hypervisor.version;

import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.process.ProcessResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks hypervisors for their version. */
public final class HypervisorVersion {
    private static final Logger LOG = LoggerFactory.getLogger(HypervisorVersion.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int LONGEST = 120;
    private static final Pattern RUNNING = Pattern.compile("(?m)^Running hypervisor: (.+)$");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^Using library: (.+)$");

    private HypervisorVersion() {}

    /**
     * The version in a line, for instance {@code QEMU 7.2.0, libvirt 9.0.0}; empty where nobody tells. Blocks for some hundredths of a
     * second.
     *
     * @param provider   Vagrant's name of the provider
     * @param connection the connection to libvirt; empty for the usual one
     */
    public static Optional<String> of(HypervisorTools tools, String provider, String connection) {
        return switch (provider) {
            case "libvirt" -> libvirt(tools, connection);
            case "qemu" -> first(tools, List.of("qemu-img", "--version"));
            case "virtualbox" ->
                first(tools, List.of("VBoxManage", "--version")).map(said -> "VirtualBox " + said);
            case "docker" ->
                first(tools, List.of("docker", "version", "--format", "{{.Server.Version}}"))
                        .map(said -> "Docker " + said);
            default -> Optional.empty();
        };
    }

    private static Optional<String> libvirt(HypervisorTools tools, String connection) {
        return said(
                        tools,
                        connection.isEmpty()
                                ? List.of("virsh", "-q", "version")
                                : List.of("virsh", "-q", "-c", connection, "version"))
                .flatMap(text -> {
                    Matcher running = RUNNING.matcher(text);
                    Matcher library = LIBRARY.matcher(text);
                    return running.find()
                            ? Optional.of(PlainText.line(
                                    running.group(1) + (library.find() ? ", " + library.group(1) : ""), LONGEST))
                            : Optional.empty();
                });
    }

    private static Optional<String> first(HypervisorTools tools, List<String> command) {
        return said(tools, command)
                .flatMap(text -> text.lines().filter(line -> !line.isBlank()).findFirst())
                .map(line -> PlainText.line(line, LONGEST));
    }

    private static Optional<String> said(HypervisorTools tools, List<String> command) {
        if (!tools.has(command.getFirst())) {
            return Optional.empty();
        }
        try {
            ProcessResult result = tools.run(command, LIMIT);
            return Optional.of(result.out()).filter(said -> result.ok());
        } catch (IOException e) {
            LOG.debug("{} does not tell its version", command.getFirst(), e);
            return Optional.empty();
        }
    }
}
