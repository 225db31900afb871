package dev.corral.cli.terminal;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * While it is open, HUP, INT and TERM do not end this process but what it has under way: a terminal that closes, Ctrl-C and a
 * service manager want the same. A signal that this process was started to ignore stays ignored.
 */
public final class EndingSignals implements AutoCloseable {
    private static final Map<String, Integer> NUMBERS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final Map<String, Object> previous = new HashMap<>();
    private final AtomicInteger first = new AtomicInteger();

    /** @param each called for each of them, by a thread of the system's */
    public EndingSignals(Runnable each) {
        NUMBERS.forEach((name, number) -> {
            Object handler = Signals.register(name, () -> {
                first.compareAndSet(0, number);
                each.run();
            });
            if (isIgnoring(handler)) {
                Signals.unregister(name, handler);
            } else {
                previous.put(name, handler);
            }
        });
    }

    /**
     * The first one interrupts the calling thread, which then ends what it does in a guest; later ones change nothing, since a terminal
     * that closes sends more than one.
     */
    public static EndingSignals interrupting() {
        Thread waiting = Thread.currentThread();
        AtomicBoolean came = new AtomicBoolean();
        return new EndingSignals(() -> {
            if (came.compareAndSet(false, true)) {
                waiting.interrupt();
            }
        });
    }

    /** What to end with, as shells count: 128 and the number of the signal that came; empty if none did. */
    public OptionalInt exitCode() {
        return first.get() == 0 ? OptionalInt.empty() : OptionalInt.of(128 + first.get());
    }

    @Override
    public void close() {
        previous.forEach(Signals::unregister);
        if (first.get() != 0) {
            // The signal has been obeyed: what is left to do, such as closing the connection, is not to be cut short.
            Thread.interrupted();
        }
    }

    // By name: the compiler warns of the class that holds it.
    private static boolean isIgnoring(Object handler) {
        try {
            return handler != null
                    && handler
                            == Class.forName("sun.misc.SignalHandler")
                                    .getField("SIG_IGN")
                                    .get(null);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
