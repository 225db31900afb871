package dev.corral.core.ssh;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.security.auth.login.FailedLoginException;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;

/**
 * The private keys of an endpoint that can be used. As with ssh, one that can't be is passed over: often another of them lets in.
 *
 * @param keys    to offer, in the order of their files; not empty
 * @param leftOut a line for each file that gave no key: its name and why
 */
record LoginKeys(List<KeyPair> keys, List<String> leftOut) {
    private static final long LARGEST = 1 << 20;

    LoginKeys {
        keys = List.copyOf(keys);
        leftOut = List.copyOf(leftOut);
    }

    /** @throws ExpectedFailure no file gives a key; each is named with its reason */
    static LoginKeys load(SshEndpoint endpoint) {
        List<KeyPair> keys = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Path file : endpoint.identityFiles()) {
            try {
                List<KeyPair> found = read(file);
                if (found.isEmpty()) {
                    leftOut.add(file + ": it holds no private key in a format that Corral knows.");
                }
                keys.addAll(found);
            } catch (NoSuchFileException e) {
                leftOut.add(file + ": it does not exist.");
            } catch (AccessDeniedException e) {
                leftOut.add(file + ": it may not be read.");
            } catch (FailedLoginException e) {
                leftOut.add(file + ": it has a passphrase.");
            } catch (FileSystemException e) {
                leftOut.add(file + ": " + (e.getReason() == null ? "it can't be read" : e.getReason()) + ".");
            } catch (IOException | GeneralSecurityException | RuntimeException e) {
                // The library's parsers throw whatever they stumble over, and a key file may hold anything.
                leftOut.add(file + ": it can't be read as a private key (" + SshFailures.message(e) + ").");
            }
        }
        if (keys.isEmpty()) {
            throw none(endpoint, leftOut);
        }
        return new LoginKeys(keys, leftOut);
    }

    /** The lines about what was left out, for the details of a failure; empty if nothing was. */
    String remarks() {
        return leftOut.isEmpty() ? "" : "Not offered: " + String.join("\nNot offered: ", leftOut);
    }

    private static List<KeyPair> read(Path file) throws IOException, GeneralSecurityException {
        List<KeyPair> keys = new ArrayList<>();
        byte[] content = OrdinaryFile.read(file, LARGEST);
        // The library tells a passphrase in its own words for each of the older formats, which all write this.
        if (new String(content, StandardCharsets.ISO_8859_1).contains("ENCRYPTED")) {
            throw new FailedLoginException("encrypted");
        }
        Iterable<KeyPair> found = SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName(file.toString()), new ByteArrayInputStream(content), null);
        if (found != null) {
            found.forEach(keys::add);
        }
        return keys;
    }

    private static ExpectedFailure none(SshEndpoint endpoint, List<String> leftOut) {
        if (leftOut.isEmpty()) {
            return ExpectedFailure.failed(
                    "Vagrant names no private key for " + endpoint.label() + ".",
                    "Corral logs in with keys only: set config.ssh.private_key_path or leave config.ssh.insert_key on.");
        }
        if (leftOut.size() == 1) {
            return ExpectedFailure.failed(
                    "The private key that Vagrant names for " + endpoint.label() + " can't be used: "
                            + leftOut.getFirst(),
                    "See that it is there, readable, whole and without a passphrase; if it is lost, destroy the VM"
                            + " and start it again.");
        }
        return ExpectedFailure.failed(
                        "None of the " + leftOut.size() + " private keys that Vagrant names for " + endpoint.label()
                                + " can be used.",
                        "See that one of them is there, readable, whole and without a passphrase.")
                .withDetails(leftOut.stream().collect(Collectors.joining("\n")));
    }
}
