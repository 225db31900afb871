package dev.corral.core.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of {@code vagrant ssh-config}. Lines it does not know are skipped, and of a setting that comes twice the first counts, as
 * with OpenSSH. A block with a value that no host or user can have is left out. MINA's reader is not used: it tears quoted values at
 * their spaces, and one line that it does not like costs the whole text.
 */
public final class SshConfigParser {
    private static final int DEFAULT_PORT = 22;
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._:%-]+");
    // A user may have a domain and spaces, but nothing that begins an option or ends a quoted word.
    private static final Pattern USER = Pattern.compile("[^\\p{Cntrl}\"-][^\\p{Cntrl}\"]*");

    private SshConfigParser() {}

    /**
     * What {@code vagrant ssh-config} says.
     *
     * @param text the output, with one or more {@code Host} blocks
     * @return the endpoints by machine name, in the order of the text; a block without a host name is left out
     */
    public static Map<String, SshEndpoint> parse(String text) {
        Map<String, SshEndpoint> endpoints = new LinkedHashMap<>();
        Block block = null;
        for (String line : text.split("\\R")) {
            String trimmed = line.strip();
            if (trimmed.isEmpty() || trimmed.startsWith("#")) {
                continue;
            }
            int gap = gap(trimmed);
            String key = trimmed.substring(0, gap).toLowerCase(Locale.ROOT);
            String value = value(trimmed.substring(gap));
            if (key.equals("host") || key.equals("match")) {
                if (block != null) {
                    block.addTo(endpoints);
                }
                block = key.equals("host") ? new Block(value) : null;
            } else if (block != null) {
                block.set(key, value);
            }
        }
        if (block != null) {
            block.addTo(endpoints);
        }
        return Collections.unmodifiableMap(endpoints);
    }

    /**
     * The endpoint of values that {@code vagrant ssh-config} would write into a block, by the rules for reading one; empty if that block
     * were left out.
     *
     * @param machine       the machine's name
     * @param identityFiles private keys, in this order
     */
    public static Optional<SshEndpoint> endpoint(
            String machine,
            @Nullable String host,
            @Nullable String port,
            @Nullable String user,
            List<String> identityFiles,
            @Nullable String proxyCommand) {
        Block block = new Block(machine);
        block.setUnlessAbsent("hostname", host);
        block.setUnlessAbsent("port", port);
        block.setUnlessAbsent("user", user);
        identityFiles.forEach(file -> block.addIdentity(file.strip()));
        block.setUnlessAbsent("proxycommand", proxyCommand);
        Map<String, SshEndpoint> endpoints = new LinkedHashMap<>();
        block.addTo(endpoints);
        return endpoints.values().stream().findFirst();
    }

    private static int gap(String line) {
        int index = 0;
        while (index < line.length() && line.charAt(index) != '=' && !Character.isWhitespace(line.charAt(index))) {
            index++;
        }
        return index;
    }

    private static String value(String rest) {
        String value = rest.strip();
        if (value.startsWith("=")) {
            value = value.substring(1).strip();
        }
        if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
            return value.substring(1, value.length() - 1);
        }
        return value;
    }

    private static final class Block {
        private final String machine;
        private final List<Path> identityFiles = new ArrayList<>();
        private @Nullable String host;
        private @Nullable String user;
        private int port;
        private @Nullable String proxyCommand;

        Block(String machine) {
            this.machine = machine;
        }

        void set(String key, String value) {
            switch (key) {
                case "hostname" -> host = host == null ? value : host;
                case "user" -> user = user == null ? value : user;
                case "port" -> port = port == 0 ? port(value) : port;
                // As OpenSSH reads it, which expands what follows a single per cent sign.
                case "identityfile" -> addIdentity(value.replace("%%", "%"));
                case "proxycommand" -> proxyCommand = proxyCommand == null ? value : proxyCommand;
                default -> { // the other settings are fixed by the way we connect
                }
            }
        }

        void setUnlessAbsent(String key, @Nullable String value) {
            if (value != null && !value.isBlank()) {
                set(key, value(value));
            }
        }

        private void addIdentity(String value) {
            if (!value.isEmpty() && value.chars().noneMatch(Character::isISOControl)) {
                identityFiles.add(Path.of(value));
            }
        }

        private int port(String value) {
            try {
                int number = Integer.parseInt(value);
                return number >= 1 && number <= 65535 ? number : DEFAULT_PORT;
            } catch (NumberFormatException e) {
                return DEFAULT_PORT;
            }
        }

        void addTo(Map<String, SshEndpoint> endpoints) {
            String login = user == null ? "vagrant" : user;
            String address = host == null ? "" : host.replace("%%", "%");
            if (HOST.matcher(address).matches() && USER.matcher(login).matches()) {
                endpoints.putIfAbsent(
                        machine,
                        new SshEndpoint(
                                address,
                                port == 0 ? DEFAULT_PORT : port,
                                login,
                                identityFiles,
                                Optional.ofNullable(proxyCommand)
                                        .filter(command -> !command.equalsIgnoreCase("none")
                                                && command.chars()
                                                        .noneMatch(c -> Character.isISOControl(c) && c != '\t')),
                                machine));
            }
        }
    }
}
