package dev.corral.console.guest.network;

import dev.corral.core.base.ExpectedFailure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tunnel as a person asks for it.
 *
 * @param local the port here; 0 takes a free one
 * @param guest the guest's port
 */
record WantedTunnel(int local, int guest) {
    private static final Pattern SHAPE = Pattern.compile("(?:(\\d{1,9})\\s*:)?\\s*(\\d{1,9})");
    private static final int HIGHEST = 65535;

    /**
     * Reads {@code 80} or {@code 8080:80}.
     *
     * @throws ExpectedFailure if it is neither
     */
    static WantedTunnel of(String text) {
        Matcher matcher = SHAPE.matcher(text.strip());
        if (matcher.matches()) {
            int local = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
            int guest = Integer.parseInt(matcher.group(2));
            if (local <= HIGHEST && guest >= 1 && guest <= HIGHEST) {
                return new WantedTunnel(local, guest);
            }
        }
        throw ExpectedFailure.usage(
                "This names no port.", "Say 80, or 8080:80 for port 8080 here; numbers from 1 to 65535.");
    }
}
