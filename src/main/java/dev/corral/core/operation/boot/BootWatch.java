package dev.corral.core.operation.boot;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.base.SafeFiles;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.console.ConsoleText;
import dev.corral.core.hypervisor.console.ConsoleTurn;
import dev.corral.core.hypervisor.console.ConsoleWatch;
import dev.corral.core.hypervisor.console.ScreenPicture;
import dev.corral.core.hypervisor.console.SerialConsole;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.PhaseKind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the serial consoles of machines while they boot. What a console shows is written beside the operation's logs as it comes, so that
 * any process can show it; it goes once the machine answers, and stays, with a picture of the screen, where it never did. A person who
 * opens the console goes before.
 */
public final class BootWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BootWatch.class);
    /** So many consoles are read by one process at a time: hundreds of samples may boot at once. */
    private static final Semaphore READERS = new Semaphore(16);

    private static final Set<PhaseKind> BOOTING = Set.of(PhaseKind.BOOT, PhaseKind.SSH);
    private static final Set<PhaseKind> BEFORE =
            Set.of(PhaseKind.RESOLVE, PhaseKind.COPY, PhaseKind.LOAD, PhaseKind.BOX, PhaseKind.CREATE);
    private static final Duration STEP = Duration.ofMillis(250);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private final Setting setting;
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();

    /**
     * Where it watches.
     *
     * @param files       the sandbox's files
     * @param workflow    the operation's id
     * @param environment this process's variables
     * @param home        Vagrant's home directory, as the sandbox has it
     * @param hosts       which hypervisors the sandbox's Vagrant talks to
     * @param consoles    finds a machine's console
     */
    public record Setting(
            SandboxFiles files,
            String workflow,
            Environment environment,
            Path home,
            HostContext hosts,
            Consoles consoles) {}

    /** Finds a machine's console. */
    @FunctionalInterface
    public interface Consoles {
        /**
         * The same.
         *
         * @throws ExpectedFailure if it has none; of the kind {@link ExpectedFailure.Kind#UNAVAILABLE} or not found while it may come
         */
        SerialConsole of(LocalMachine machine);
    }

    /** Watches nothing yet. */
    public BootWatch(Setting setting) {
        this.setting = setting;
    }

    /**
     * One that finds consoles at hypervisors.
     *
     * @param home  Vagrant's home directory, as the sandbox has it
     * @param hosts which hypervisors the sandbox's Vagrant talks to
     */
    public static BootWatch of(
            SandboxFiles files, String workflow, Environment environment, Path home, HostContext hosts) {
        return new BootWatch(new Setting(
                files,
                workflow,
                environment,
                home,
                hosts,
                machine ->
                        SerialConsole.of(environment, home, hosts, machine.provider(), machine.id(), machine.name())));
    }

    /** A phase begins on a machine. */
    public void phase(Phase phase) {
        if (phase.machine().isEmpty()) {
            return;
        }
        if (BOOTING.contains(phase.kind())) {
            machines.computeIfAbsent(phase.machine(), Machine::new).begin();
        } else if (!BEFORE.contains(phase.kind())) {
            answers(phase.machine());
        }
    }

    /** A machine answers: what it printed is of no interest any more. */
    public void answers(String machine) {
        Machine known = machines.get(machine);
        if (known != null) {
            known.end(false);
        }
    }

    /**
     * Vagrant has failed, or was stopped: what machines showed that never answered is kept.
     *
     * @param note told, machine by machine, the file that has it
     */
    public void failed(Consumer<Kept> note) {
        machines.values().forEach(machine -> machine.end(true).ifPresent(note));
    }

    /**
     * What is kept of a machine.
     *
     * @param machine its full name
     * @param file    what its console showed last
     */
    public record Kept(String machine, Path file) {}

    /** An entry for the operation's journal about what is kept of a machine. */
    public JournalEntry entry(Kept kept) {
        return JournalEntry.noted(setting.workflow, "What the console of " + kept.machine() + " showed last is kept.")
                .withLog(setting.files.nameOf(kept.file()));
    }

    /** Stops reading. What was not said to have failed is forgotten. */
    @Override
    public void close() {
        machines.values().forEach(machine -> machine.end(false));
    }

    /** One machine that boots. */
    private final class Machine {
        private final String name;
        private final BootFiles files;
        private final ConsoleText text = new ConsoleText();
        private final ConsoleTurn turn;
        private @Nullable Thread reader;
        private boolean ended;
        private long written;

        Machine(String name) {
            this.name = name;
            this.files = new BootFiles(setting.files.logs(), setting.workflow, name);
            this.turn = ConsoleTurn.of(setting.files.own(), name);
        }

        synchronized void begin() {
            if (reader == null && !ended) {
                reader = Thread.ofVirtual().name("boot-console-" + name).start(this::read);
            }
        }

        Optional<Kept> end(boolean keep) {
            Thread reading;
            synchronized (this) {
                if (ended) {
                    return Optional.empty();
                }
                ended = true;
                reading = reader;
            }
            try {
                if (reading != null) {
                    reading.interrupt();
                    reading.join();
                }
                turn.forget();
                if (!keep) {
                    Files.deleteIfExists(files.console());
                    return Optional.empty();
                }
                takePicture();
                write();
                return Files.exists(files.console()) ? Optional.of(new Kept(name, files.console())) : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.warn("what the console of {} showed is lost", name, e);
            }
            return Optional.empty();
        }

        private void read() {
            try {
                if (READERS.tryAcquire()) {
                    try {
                        readWhileItBoots();
                    } finally {
                        READERS.release();
                    }
                }
            } catch (InterruptedException e) {
                // It answers, or Vagrant has ended.
                Thread.currentThread().interrupt();
            } catch (ClosedByInterruptException e) {
                // The same, in the middle of a file.
                Thread.currentThread().interrupt();
            } catch (ExpectedFailure e) {
                LOG.debug("{} has no console that can be read", name, e);
            } catch (IOException e) {
                LOG.warn("the console of {} can't be read", name, e);
            }
        }

        private void readWhileItBoots() throws IOException, InterruptedException {
            while (true) {
                Optional<SerialConsole> console = console();
                Optional<FileGuard> mine = console.isPresent() ? turn.forWatcher() : Optional.empty();
                if (mine.isPresent()) {
                    try (FileGuard held = mine.get();
                            ConsoleWatch watch = ConsoleWatch.open(console.get(), setting.environment, text)) {
                        follow(watch);
                    }
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }

        private void follow(ConsoleWatch watch) throws IOException, InterruptedException {
            long last = 0;
            while (watch.open() && !turn.wanted()) {
                Thread.sleep(STEP);
                if (System.nanoTime() - last >= BETWEEN_WRITES.toNanos()) {
                    write();
                    last = System.nanoTime();
                }
            }
            write();
        }

        // Empty while the machine is not there yet, or not on.
        private Optional<SerialConsole> console() throws IOException {
            Optional<LocalMachine> made = made();
            try {
                return made.map(setting.consoles::of);
            } catch (ExpectedFailure e) {
                if (e.kind() == ExpectedFailure.Kind.UNAVAILABLE || e.kind() == ExpectedFailure.Kind.NOT_FOUND) {
                    return Optional.empty();
                }
                throw e;
            }
        }

        private Optional<LocalMachine> made() throws IOException {
            return LocalState.machines(setting.files.directory()).stream()
                    .filter(local -> local.name().equals(name) && !local.id().isEmpty())
                    .findFirst();
        }

        private void write() throws IOException {
            long now = text.seen();
            if (now == written) {
                return;
            }
            written = now;
            Files.createDirectories(setting.files.logs(), SafeFiles.privateDirectory());
            SafeFiles.replace(files.console(), text.text().getBytes(StandardCharsets.UTF_8));
        }

        private void takePicture() {
            try {
                Optional<LocalMachine> made = made().filter(local -> ScreenPicture.possible(local.provider()));
                if (made.isPresent()) {
                    byte[] png = ScreenPicture.take(
                            setting.environment,
                            setting.hosts,
                            made.get().provider(),
                            made.get().id(),
                            name);
                    Files.createDirectories(setting.files.logs(), SafeFiles.privateDirectory());
                    SafeFiles.replace(files.picture(), png);
                }
            } catch (ExpectedFailure | IOException e) {
                // It is off, or has no screen.
                LOG.debug("there is no picture of the screen of {}", name, e);
            }
        }
    }
}
