package dev.corral.core.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/**
 * Which cipher a session prefers. The JDK's AES is several times as fast as the library's ChaCha20, which servers otherwise choose.
 * An emulated guest though has no instructions for AES, and its own end takes most of the time: half as much with ChaCha20.
 * Where this machine lends guests a processor none is emulated; elsewhere how long the server takes for its first word tells:
 * it has to start a program for it.
 */
final class CipherChoice implements SessionListener {
    private static final Logger LOG = Logger.getLogger(CipherChoice.class.getName());
    /** A container's or this machine's own server needs 5 to 20 ms for its first word, one in an emulated guest 100 ms and more. */
    private static final Duration PROMPT = Duration.ofMillis(50);

    private static final AttributeKey<Long> CONNECTED = new AttributeKey<>();
    private static final AttributeKey<List<String>> CHOSEN = new AttributeKey<>();
    private static final List<String> FAST_HERE =
            List.of(BuiltinCiphers.aes128gcm.getName(), BuiltinCiphers.aes256gcm.getName());
    private static final List<String> FAST_THERE = List.of(BuiltinCiphers.cc20p1305_openssh.getName());

    private final boolean maybeEmulated;

    /** @param maybeEmulated whether guests may be emulated */
    CipherChoice(boolean maybeEmulated) {
        this.maybeEmulated = maybeEmulated;
    }

    /** For guests of this machine. */
    static CipherChoice here() {
        return new CipherChoice(!lendsProcessors());
    }

    /** Whether this machine lends guests its processors. Where it can't be told, it does. */
    private static boolean lendsProcessors() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .filter(flags -> !flags.contains(" vmx") && !flags.contains(" svm"))
                    .isEmpty();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.FINE, "it can't be told whether guests are emulated", e);
            return true;
        }
    }

    @Override
    public void sessionCreated(Session session) {
        session.setAttribute(CONNECTED, System.nanoTime());
    }

    @Override
    public void sessionNegotiationOptionsCreated(Session session, Map<KexProposalOption, String> proposal) {
        // Keys are changed now and then; only the first time the server had to be waited for.
        List<String> first = session.computeAttributeIfAbsent(CHOSEN, key -> {
            Long connected = session.getAttribute(CONNECTED);
            Duration waited = Duration.ofNanos(connected == null ? 0 : System.nanoTime() - connected);
            LOG.log(Level.FINE, () -> "the server's first word took " + waited.toMillis() + " ms");
            return preferred(waited);
        });
        for (KexProposalOption direction : List.of(KexProposalOption.C2SENC, KexProposalOption.S2CENC)) {
            proposal.computeIfPresent(direction, (option, names) -> sorted(names, first));
        }
    }

    /** The ciphers to ask for first, of a server whose first word took so long. */
    List<String> preferred(Duration waited) {
        return maybeEmulated && waited.compareTo(PROMPT) > 0 ? FAST_THERE : FAST_HERE;
    }

    private static String sorted(String names, List<String> first) {
        List<String> ciphers = new ArrayList<>(Arrays.asList(names.split(",")));
        ciphers.sort(Comparator.comparingInt(cipher -> {
            int place = first.indexOf(cipher);
            return place < 0 ? first.size() : place;
        }));
        return String.join(",", ciphers);
    }
}
