package dev.corral.core.machine.network;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 address that a guest says it has. It is a well-formed address, and more is not known: guests may lie.
 *
 * @param ip     the address
 * @param prefix the length of its network's prefix, 32 where none was told
 * @param device the device, empty where none was told
 */
public record GuestAddress(String ip, int prefix, String device) {
    /** The most that are believed of one guest. */
    static final int MOST = 16;

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern LEAF = Pattern.compile("\\|-- (\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})");
    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9@._:-]{1,32}");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{8}");

    /** The network that it is in, for instance {@code 192.168.121.0/24}. */
    public String network() {
        return Ipv4.network(ip, prefix);
    }

    /**
     * Asks a guest, by what its kernel shows in {@code /proc}, so that it needs no tool. Blocks.
     *
     * @throws ExpectedFailure if it can't be asked
     */
    public static List<GuestAddress> of(GuestConnection guest) throws InterruptedException {
        ExecResult result = guest.exec(ExecRequest.of("/bin/cat", "/proc/net/route", "/proc/net/fib_trie")
                .withCaptureLimit(MOST_BYTES)
                .withTimeout(LIMIT));
        if (!result.succeeded()) {
            throw ExpectedFailure.failed(
                    guest.endpoint().label() + " does not tell its addresses.",
                    "It may be no Linux; look in its terminal.");
        }
        return parse(result.stdoutText());
    }

    private record Route(int network, int mask, String device) {}

    /** Reads both files, one after the other; what makes no sense is left out. */
    static List<GuestAddress> parse(String text) {
        List<Route> routes = new ArrayList<>();
        Set<String> local = new LinkedHashSet<>();
        String leaf = "";
        for (String line : text.lines().toList()) {
            Matcher matcher = LEAF.matcher(line);
            if (matcher.find()) {
                leaf = matcher.group(1);
            } else if (line.contains("/32 host LOCAL")) {
                if (Ipv4.is(leaf) && !leaf.startsWith("127.") && local.size() < MOST) {
                    local.add(leaf);
                }
            } else {
                route(line.strip().split("\\s+"), routes);
            }
        }
        return local.stream().map(ip -> address(ip, routes)).toList();
    }

    // Iface Destination Gateway Flags RefCnt Use Metric Mask: numbers as the kernel holds them, the last byte first.
    private static void route(String[] words, List<Route> routes) {
        if (words.length >= 8
                && DEVICE.matcher(words[0]).matches()
                && HEX.matcher(words[1]).matches()
                && words[2].equals("00000000")
                && HEX.matcher(words[7]).matches()
                && !words[7].equals("00000000")) {
            routes.add(new Route(kernel(words[1]), kernel(words[7]), words[0]));
        }
    }

    private static int kernel(String hex) {
        return Integer.reverseBytes(Integer.parseUnsignedInt(hex, 16));
    }

    private static GuestAddress address(String ip, List<Route> routes) {
        int number = Ipv4.number(ip);
        GuestAddress found = new GuestAddress(ip, 32, "");
        int best = 0;
        for (Route route : routes) {
            int length = Integer.bitCount(route.mask());
            if ((number & route.mask()) == route.network() && length > best && length < 32) {
                best = length;
                found = new GuestAddress(ip, length, route.device());
            }
        }
        return found;
    }
}
