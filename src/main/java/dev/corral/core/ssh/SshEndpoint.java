package dev.corral.core.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where one machine's SSH server listens and how to log in, as {@code vagrant ssh-config} says it. Valid for one boot:
 * a halt, reload or port change needs a new one.
 *
 * @param host          host name or address
 * @param port          TCP port
 * @param user          login user
 * @param identityFiles private keys to offer, in this order; no other key is ever offered
 * @param proxyCommand  the command that ssh would speak through, if any
 * @param label         the machine's name in sentences for people
 */
public record SshEndpoint(
        String host, int port, String user, List<Path> identityFiles, Optional<String> proxyCommand, String label) {
    public SshEndpoint {
        Objects.requireNonNull(host);
        Objects.requireNonNull(user);
        Objects.requireNonNull(proxyCommand);
        Objects.requireNonNull(label);
        identityFiles = List.copyOf(identityFiles);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /** An endpoint that is reached directly. */
    public SshEndpoint(String host, int port, String user, List<Path> identityFiles, String label) {
        this(host, port, user, identityFiles, Optional.empty(), label);
    }

    /** The same endpoint under another name. */
    public SshEndpoint withLabel(String name) {
        return new SshEndpoint(host, port, user, identityFiles, proxyCommand, name);
    }

    /** {@code host:port}, for messages. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
