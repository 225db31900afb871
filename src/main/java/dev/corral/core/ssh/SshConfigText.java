package dev.corral.core.ssh;

import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an endpoint as settings for OpenSSH, in words of our own: nothing that a Vagrantfile printed gets into them. */
public final class SshConfigText {
    private static final Logger LOG = LoggerFactory.getLogger(SshConfigText.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int NO_SUCH_PROGRAM = 127;
    private static final Pattern BARE = Pattern.compile("[\\p{L}\\p{N}._:@%+,/\\\\~-]+");

    private SshConfigText() {}

    /** The name that a machine has in these settings: {@code SANDBOX.MACHINE}, without what would make a pattern or two words of it. */
    public static String host(String sandbox, String machine) {
        return (sandbox + "." + machine).replaceAll("[^\\p{L}\\p{N}._-]", "_");
    }

    /** One {@code Host} block, each line ended. */
    public static String of(String host, SshEndpoint endpoint) {
        StringBuilder text = new StringBuilder("Host " + host + "\n");
        line(text, "HostName", endpoint.host().replace("%", "%%"));
        line(text, "User", quoted(endpoint.user()));
        line(text, "Port", Integer.toString(endpoint.port()));
        // A quote can't be written in OpenSSH's quotes; Vagrant itself can't use such a key either.
        endpoint.identityFiles().stream()
                .map(Path::toString)
                .filter(file -> !file.contains("\"") && plain(file))
                .forEach(file -> line(text, "IdentityFile", "\"" + file.replace("%", "%%") + "\""));
        endpoint.proxyCommand().filter(SshConfigText::plain).ifPresent(command -> line(text, "ProxyCommand", command));
        // VMs come and go on the same addresses with other host keys; Vagrant does not check them either.
        line(text, "UserKnownHostsFile", "/dev/null");
        line(text, "StrictHostKeyChecking", "no");
        line(text, "PasswordAuthentication", "no");
        line(text, "IdentitiesOnly", "yes");
        line(text, "LogLevel", "FATAL");
        return text.toString();
    }

    /**
     * Whether the {@code ssh} on this environment's PATH reads the settings as they are meant; also true where there is none to ask.
     * Connects to nothing.
     *
     * @param text        the settings
     * @param host        the host's name in them
     * @param environment the variables to run it with
     */
    public static boolean accepted(String text, String host, SshEndpoint endpoint, Map<String, String> environment) {
        ProcessResult result;
        try {
            result = Processes.run(
                    List.of("ssh", "-G", "-F", "/dev/stdin", host),
                    null,
                    environment,
                    text.getBytes(StandardCharsets.UTF_8),
                    LONGEST);
        } catch (IOException | TimeoutException e) {
            LOG.debug("ssh can't be asked about its settings", e);
            return true;
        }
        if (result.exitCode() == NO_SUCH_PROGRAM) {
            return true;
        }
        Map<String, String> read = result.out()
                .lines()
                .filter(line -> line.contains(" "))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> line.substring(line.indexOf(' ') + 1),
                        (first, next) -> first));
        boolean same = result.ok()
                && endpoint.host().equalsIgnoreCase(read.get("hostname"))
                && endpoint.user().equals(read.get("user"))
                && Integer.toString(endpoint.port()).equals(read.get("port"));
        if (!same) {
            LOG.warn(
                    "ssh does not take the settings of {}: {}",
                    host,
                    result.err().strip());
        }
        return same;
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(' ').append(value).append('\n');
    }

    private static String quoted(String value) {
        return BARE.matcher(value).matches() ? value : "\"" + value + "\"";
    }

    private static boolean plain(String value) {
        return value.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t');
    }
}
