package dev.corral.core.vagrantfile.copy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 that grows with what is read. */
final class Hash {
    private final MessageDigest digest;

    Hash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(byte[] part, int length) {
        digest.update(part, 0, length);
    }

    /** The hash in hexadecimal digits; ends it. */
    String digits() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
