package dev.corral.core.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hash of what the machines of a sandbox are made of on our side: the Vagrantfile, the files that came along and the variables. Two
 * sandboxes of the same hash are of the same files and variables, wherever they lie. What the files themselves read elsewhere (boxes,
 * packages, the clock) is not part of it.
 */
public final class Inputs {
    // They differ from sandbox to sandbox and say nothing about what it is made of.
    private static final Set<String> OF_THE_SANDBOX = Set.of("INSPECT_VM_SUFFIX", "VAGRANT_DOTFILE_PATH");

    private Inputs() {}

    /**
     * The hash, for instance {@code sha256:0a1b...}. Reads every file once.
     *
     * @param files     the sandbox, its files copied already
     * @param copied    what was copied, the Vagrantfile included, relative to Vagrant's root
     * @param variables those that Vagrant is started with
     * @throws IOException if a file can not be read
     */
    public static String hash(SandboxFiles files, Collection<String> copied, Map<String, String> variables)
            throws IOException {
        try (DigestOutputStream digest =
                new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            for (String name : new TreeSet<>(copied)) {
                file(digest, "file " + name, files.directory().resolve(name));
            }
            for (Map.Entry<String, String> variable : new TreeMap<>(variables).entrySet()) {
                if (!OF_THE_SANDBOX.contains(variable.getKey())) {
                    text(digest, "variable " + variable.getKey());
                    text(digest, variable.getValue());
                }
            }
            return "sha256:"
                    + HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // Whether a script may be executed is part of what it is.
    private static void file(OutputStream digest, String name, Path file) throws IOException {
        text(digest, name + (Files.isExecutable(file) ? " x" : ""));
        if (Files.isRegularFile(file)) {
            digest.write(
                    ByteBuffer.allocate(Long.BYTES).putLong(Files.size(file)).array());
            try (InputStream in = Files.newInputStream(file)) {
                in.transferTo(digest);
            }
        }
    }

    // Its length first, so that no two lists of texts look alike.
    private static void text(OutputStream digest, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.write(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.write(bytes);
    }
}
