package dev.corral.core.machine.network;

import java.util.regex.Pattern;

/** IPv4 addresses as texts; nothing is looked up. Pure. */
public final class Ipv4 {
    private static final Pattern SHAPE = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private Ipv4() {}

    /** Whether it is one. */
    public static boolean is(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return false;
        }
        for (String part : text.split("\\.")) {
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    static int number(String ip) {
        int number = 0;
        for (String part : ip.split("\\.")) {
            number = number << 8 | Integer.parseInt(part);
        }
        return number;
    }

    /** The network of an address, for instance {@code 10.0.2.0/24}. */
    static String network(String ip, int prefix) {
        int masked = prefix == 0 ? 0 : number(ip) & -1 << 32 - prefix;
        return (masked >>> 24) + "." + (masked >>> 16 & 255) + "." + (masked >>> 8 & 255) + "." + (masked & 255) + "/"
                + prefix;
    }

    /** The length of a mask's prefix; 24 for what is none. */
    static int prefix(String mask) {
        return is(mask) ? Integer.bitCount(number(mask)) : 24;
    }
}
