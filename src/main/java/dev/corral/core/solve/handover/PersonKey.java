package dev.corral.core.solve.handover;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.ssh.gateway.GatewayKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * The public key of a person, as they sent it.
 *
 * @param key     the key
 * @param comment what stands behind it, mostly a name; untrusted
 */
public record PersonKey(PublicKey key, String comment) {
    private static final long LARGEST = 64 << 10;
    private static final int SHORTEST_RSA = 2048;
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /**
     * Reads it.
     *
     * @param given a line such as {@code ssh-ed25519 AAAA… ann}, or a file with one
     * @throws ExpectedFailure if it is no such key, a private one, or more than one
     */
    public static PersonKey of(String given) {
        String text = given.strip();
        if (TYPES.stream().noneMatch(type -> text.startsWith(type + " ")) && !text.startsWith("-----")) {
            return parse(content(text), "The file " + PlainText.line(text, 200));
        }
        return parse(text, "The key");
    }

    private static String content(String name) {
        try {
            Path file = Path.of(name);
            if (Files.exists(file)) {
                return new String(OrdinaryFile.read(file, LARGEST), StandardCharsets.UTF_8);
            }
        } catch (InvalidPathException e) {
            throw none(name);
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The key's file can't be read: " + PlainText.line(String.valueOf(e.getMessage()), 200) + ".",
                    "Name the person's .pub file.",
                    e);
        }
        throw none(name);
    }

    private static ExpectedFailure none(String name) {
        return ExpectedFailure.usage(
                "\"" + PlainText.line(name, 60) + "\" is neither a public key nor a file.",
                "Give what stands in the person's .pub file, as in --key \"ssh-ed25519 AAAA… ann\", or the file.");
    }

    private static PersonKey parse(String text, String named) {
        if (text.contains("PRIVATE KEY") || text.startsWith("PuTTY-User-Key-File")) {
            throw ExpectedFailure.usage(
                    named + " is a private key, which nobody but the person should have.",
                    "Take the .pub file that lies beside it.");
        }
        if (text.contains("BEGIN SSH2 PUBLIC KEY") || text.contains("BEGIN PUBLIC KEY")) {
            throw ExpectedFailure.usage(
                    named + " is in another form than OpenSSH's.", "ssh-keygen -i -f FILE turns it into one line.");
        }
        List<String> lines = text.lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (lines.size() != 1) {
            throw ExpectedFailure.usage(
                    named + (lines.isEmpty() ? " holds no key." : " holds " + lines.size() + " lines, not one key."),
                    "Give one key: exactly one lets in.");
        }
        String[] words = lines.getFirst().split("\\s+", 3);
        if (words[0].contains("-cert-")) {
            throw ExpectedFailure.usage(named + " is a certificate.", "Give the public key itself.");
        }
        if (!TYPES.contains(words[0]) || words.length < 2) {
            throw ExpectedFailure.usage(
                    named + " does not begin with a kind of key that is taken: " + PlainText.line(words[0], 60) + ".",
                    "ssh-keygen -t ed25519 makes one that is; its .pub file has one line, without options in front.");
        }
        return new PersonKey(
                key(words[0] + " " + words[1], named), words.length < 3 ? "" : PlainText.line(words[2], 80));
    }

    private static PublicKey key(String line, String named) {
        PublicKey key;
        try {
            key = PublicKeyEntry.parsePublicKeyEntry(line).resolvePublicKey(null, null, PublicKeyEntryResolver.FAILING);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // The library's parsers throw whatever they stumble over.
            throw new ExpectedFailure(
                    ExpectedFailure.Kind.USAGE,
                    named + " is broken: it can't be read as a public key.",
                    "Copy the whole line of the .pub file, from its first word to the end.",
                    "",
                    e);
        }
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
            throw ExpectedFailure.usage(
                    named + " is an RSA key of " + rsa.getModulus().bitLength() + " bits, which is too short.",
                    "ssh-keygen -t ed25519 makes a good one.");
        }
        return key;
    }

    /** The line that is kept. */
    public String line() {
        return GatewayKeys.line(key);
    }

    /** {@code SHA256:…} */
    public String fingerprint() {
        return GatewayKeys.fingerprint(key);
    }
}
