package dev.corral.core.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the plain text that {@code vagrant ssh-config} prints. Lines it does not know are skipped. */
public final class SshConfigParser {
    private static final int DEFAULT_PORT = 22;

    private SshConfigParser() {}

    /**
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
            if (key.equals("host")) {
                if (block != null) {
                    block.addTo(endpoints);
                }
                block = new Block(value);
            } else if (block != null) {
                block.set(key, value);
            }
        }
        if (block != null) {
            block.addTo(endpoints);
        }
        return Collections.unmodifiableMap(endpoints);
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
        private String host;
        private String user = "vagrant";
        private int port = DEFAULT_PORT;
        private String proxyCommand;

        Block(String machine) {
            this.machine = machine;
        }

        void set(String key, String value) {
            switch (key) {
                case "hostname" -> host = value;
                case "user" -> user = value;
                case "port" -> port = port(value);
                case "identityfile" -> identityFiles.add(Path.of(value));
                case "proxycommand" -> proxyCommand = value.equalsIgnoreCase("none") ? null : value;
                default -> { // the other settings are fixed by the way we connect
                }
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
            if (host != null && !host.isEmpty()) {
                endpoints.put(
                        machine,
                        new SshEndpoint(host, port, user, identityFiles, Optional.ofNullable(proxyCommand), machine));
            }
        }
    }
}
