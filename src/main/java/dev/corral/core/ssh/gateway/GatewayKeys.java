package dev.corral.core.ssh.gateway;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.base.SafeFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.Iterator;
import java.util.Objects;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Keys of the gateway: its own, which stays the same so that a person's ssh knows it again, and those that only try the way. */
public final class GatewayKeys {
    private static final long LARGEST = 64 << 10;

    private GatewayKeys() {}

    /** A key for this process alone. */
    public static KeyPair fresh() {
        try {
            return KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no ed25519 key can be made", e);
        }
    }

    /**
     * The host key in a file; made, for its user's eyes only, where there is none.
     *
     * @throws ExpectedFailure if it is there and can't be used, or can't be made
     */
    public static KeyPair host(Path file) {
        try {
            return read(file);
        } catch (NoSuchFileException e) {
            return made(file);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw unusable(file, e);
        }
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        byte[] content = OrdinaryFile.read(file, LARGEST);
        Iterable<KeyPair> keys = SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName(file.toString()), new ByteArrayInputStream(content), null);
        Iterator<KeyPair> found = keys == null ? null : keys.iterator();
        if (found == null || !found.hasNext()) {
            throw new IOException("it holds no private key");
        }
        return found.next();
    }

    private static KeyPair made(Path file) {
        try {
            Path folder = Objects.requireNonNull(file.getParent());
            Files.createDirectories(folder, SafeFiles.privateDirectory());
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(fresh(), "corral", null, text);
            SafeFiles.create(file, text.toByteArray());
            // Of two who made one at a time, the first one's counts.
            return read(file);
        } catch (IOException | GeneralSecurityException e) {
            throw unusable(file, e);
        }
    }

    private static ExpectedFailure unusable(Path file, Exception cause) {
        return ExpectedFailure.failed(
                "The gateway's own key " + file + " can't be used: "
                        + PlainText.line(String.valueOf(cause.getMessage()), 200) + ".",
                "See that its folder can be written to. If the file is broken, remove it: a new one is made, and people who "
                        + "know the old one are warned by their ssh.",
                cause);
    }

    /** The line that stands for a public key in files of OpenSSH. */
    public static String line(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /** {@code SHA256:…}, as ssh shows it. */
    public static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(key);
    }

    /** Whether two are the same key. */
    public static boolean same(PublicKey one, PublicKey other) {
        return KeyUtils.compareKeys(one, other);
    }
}
