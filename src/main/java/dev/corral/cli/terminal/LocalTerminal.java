package dev.corral.cli.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The terminal on standard input, whose settings are taken as they are and given back bit by bit. JLine's raw mode leaves signals and
 * output processing on, and what it gives back lacks the settings that it does not know. Thread-safe.
 */
public final class LocalTerminal {
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int NOW = 0;
    /** More than a struct termios takes on any system; what is in it is the C library's business. */
    private static final int SETTINGS_SIZE = 256;

    private static final long WINDOW_SIZE =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? 0x40087468L : 0x5413L;
    private static final FunctionDescriptor INT_OF_INT_POINTER =
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);

    private final MethodHandle get = function("tcgetattr", INT_OF_INT_POINTER);
    private final MethodHandle set = function(
            "tcsetattr",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    private final MethodHandle makeRaw = function("cfmakeraw", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    private final MethodHandle control = function(
            "ioctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));
    private final MemorySegment before = Arena.global().allocate(SETTINGS_SIZE);
    private final MemorySegment raw = Arena.global().allocate(SETTINGS_SIZE);
    private boolean changed;
    private boolean restored;

    /** In character cells. */
    public record Size(int columns, int rows) {}

    private LocalTerminal() {}

    /** The terminal on standard input; empty if that is something else. */
    public static Optional<LocalTerminal> find() {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return Optional.empty();
        }
        LocalTerminal terminal = new LocalTerminal();
        if (call(terminal.get, STDIN, terminal.before) != 0) {
            return Optional.empty();
        }
        terminal.raw.copyFrom(terminal.before);
        call(terminal.makeRaw, terminal.raw);
        return Optional.of(terminal);
    }

    /**
     * Each byte is passed on as it is, both ways, from now until {@link #restore}. As the system has it, this process is stopped for
     * as long as the terminal belongs to another one.
     */
    public synchronized void raw() {
        if (!restored) {
            changed = true;
            call(set, STDIN, NOW, raw);
        }
    }

    /** A program that this process starts sets it from now on; {@link #restore} takes back whatever that did. */
    public synchronized void lend() {
        changed = !restored;
    }

    /** The settings are as they were found, for good. */
    public synchronized void restore() {
        restored = true;
        if (changed) {
            changed = false;
            call(set, STDIN, NOW, before);
        }
    }

    /** Its size in character cells now; that of the usual terminal where it has none. */
    public Size size() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size =
                    arena.allocate(4 * ValueLayout.JAVA_SHORT.byteSize(), ValueLayout.JAVA_SHORT.byteAlignment());
            for (int descriptor : new int[] {STDIN, STDOUT}) {
                if (call(control, descriptor, WINDOW_SIZE, size) == 0) {
                    int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
                    int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
                    if (rows > 0 && columns > 0) {
                        return new Size(columns, rows);
                    }
                }
            }
        }
        return new Size(80, 24);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        return linker.downcallHandle(library.findOrThrow(name), descriptor, options);
    }

    private static int call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments) instanceof Integer result ? result : 0;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
