package dev.corral.core.sandbox;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises names of sandboxes, and what Vagrant's providers make of them. A provider names a VM, its disks and networks
 * after the directory, so the name leads back to the sandbox when nothing else does.
 */
public final class SandboxNames {
    private static final String ID = "(?:[^/]{1,8}-)?[0-9a-f]{8}";
    private static final Pattern SANDBOX = Pattern.compile(ID);
    // A domain or disk is DIRECTORY_MACHINE...; a private network of vagrant-libvirt is DIRECTORY and a number.
    private static final Pattern NAMED_AFTER = Pattern.compile("(" + ID + ")_.+");
    private static final Pattern NETWORK = Pattern.compile("(" + ID + ")\\d{1,3}");

    private SandboxNames() {}

    /** Whether a directory of this name could be a sandbox: up to 8 characters of the sample's id, then 8 hex digits. */
    public static boolean isSandbox(String name) {
        return SANDBOX.matcher(name).matches();
    }

    /**
     * The sandbox after which a VM or disk is named.
     *
     * @param known ids of sandboxes that exist or once did; one of them is believed before the mere look of the name
     */
    public static Optional<String> ofMachine(String name, Set<String> known) {
        for (int end = name.indexOf('_'); end > 0; end = name.indexOf('_', end + 1)) {
            if (known.contains(name.substring(0, end))) {
                return Optional.of(name.substring(0, end));
            }
        }
        Matcher matcher = NAMED_AFTER.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The sandbox after which a network is named; see {@link #ofMachine}. */
    public static Optional<String> ofNetwork(String name, Set<String> known) {
        for (int end = name.length() - 1;
                end > 0 && end >= name.length() - 3 && Character.isDigit(name.charAt(end));
                end--) {
            if (known.contains(name.substring(0, end))) {
                return Optional.of(name.substring(0, end));
            }
        }
        Matcher matcher = NETWORK.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    // Vagrant makes machine, domain and network names of it, so only what all of them allow stays.
    static String prefix(String sample) {
        String plain = sample.codePoints()
                .limit(8)
                .collect(
                        StringBuilder::new,
                        (text, c) -> text.appendCodePoint(c < 128 && Character.isLetterOrDigit(c) ? c : '-'),
                        StringBuilder::append)
                .toString();
        String trimmed = plain.replaceAll("-{2,}", "-").replaceAll("^-+|-+$", "");
        return trimmed.isEmpty() ? "" : trimmed + "-";
    }
}
