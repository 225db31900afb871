package dev.corral.cli.reach;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.target.NamedSandbox;
import dev.corral.cli.terminal.LocalTerminal;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.FileGuard;
import dev.corral.core.hypervisor.console.ConsoleTurn;
import dev.corral.core.hypervisor.console.SerialConsole;
import dev.corral.core.inventory.MachineView;
import dev.corral.core.inventory.SandboxView;
import dev.corral.core.process.TerminalProcess;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.sandbox.SandboxStore;
import dev.corral.core.vagrant.VagrantHome;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Opens the serial console of a VM in this terminal. */
@Command(
        name = "console",
        mixinStandardHelpOptions = true,
        description =
                "Opens the serial console of a VM in this terminal: what a boot prints that never comes to SSH. Ctrl-] leaves it.",
        footerHeading = "%nExample:%n",
        footer = "  corral console 9f3c2a1b/victim")
public final class ConsoleCommand implements Callable<Integer> {
    private static final int COPY_SIZE = 8 * 1024;
    /** Ctrl-], as virsh has it. */
    private static final byte LEAVE = 0x1d;

    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine the primary one.")
    private String machine;

    @Override
    public Integer call() throws IOException, InterruptedException {
        MachineName name = MachineName.parse(machine);
        LocalTerminal terminal = LocalTerminal.find()
                .orElseThrow(() -> ExpectedFailure.failed(
                        "There is no terminal to open a console in.", "Call it from a terminal."));
        try (Corral corral = Core.open()) {
            SandboxView view = NamedSandbox.find(corral.inventory().refresh(), name.sandbox());
            MachineView found = MachineOf.named(view, name.machine());
            if (found.id().isEmpty()) {
                throw ExpectedFailure.notFound(
                        "The VM of " + found.key() + " does not exist.", "corral list vms shows those that do.");
            }
            SerialConsole console = SerialConsole.of(
                    corral.environment(),
                    VagrantHome.of(corral.environment(), Manifest.environment(view.id(), view.manifest())),
                    Manifest.hosts(view.manifest()),
                    found.provider(),
                    found.id(),
                    found.key());
            SandboxFiles files = new SandboxStore(CacheDirectory.of(corral.environment())).find(view.id());
            try (FileGuard mine = ConsoleTurn.of(files.own(), found.name())
                    .forPerson()
                    .orElseThrow(() -> ExpectedFailure.failed(
                                    "Somebody else has the console of " + found.key() + " open.",
                                    "Leave it there with Ctrl-], then try again.")
                            .withKind(ExpectedFailure.Kind.BUSY))) {
                new Output().message("The console of " + found.key() + "; Ctrl-] leaves it, Enter may wake it up.");
                return show(console, terminal, corral);
            }
        }
    }

    private static int show(SerialConsole console, LocalTerminal terminal, Corral corral)
            throws IOException, InterruptedException {
        return switch (console) {
            case SerialConsole.Program program -> {
                // It sets the terminal itself, and gives it back when it is left; not when it is ended by a signal.
                terminal.lend();
                try (TerminalProcess shown = TerminalProcess.start(
                        program.command(), corral.environment().variables())) {
                    atExit(() -> {
                        shown.close();
                        terminal.restore();
                    });
                    yield shown.waitFor() == 0 ? ExitCode.DONE : ExitCode.FAILED;
                } finally {
                    terminal.restore();
                }
            }
            case SerialConsole.Socket socket -> {
                atExit(terminal::restore);
                terminal.raw();
                try {
                    carry(socket.path());
                } finally {
                    terminal.restore();
                }
                yield ExitCode.DONE;
            }
        };
    }

    // HUP, INT and TERM from outside end this process without coming back here.
    private static void atExit(Runnable last) {
        Runtime.getRuntime().addShutdownHook(new Thread(last, "console-leaving"));
    }

    private static void carry(Path path) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            Thread.ofVirtual().name("console-input").start(() -> type(channel));
            InputStream from = Channels.newInputStream(channel);
            OutputStream to = new FileOutputStream(FileDescriptor.out);
            byte[] buffer = new byte[COPY_SIZE];
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
            }
        } catch (AsynchronousCloseException e) {
            // Ctrl-] was typed.
            return;
        }
    }

    private static void type(SocketChannel channel) {
        byte[] buffer = new byte[COPY_SIZE];
        InputStream from = new FileInputStream(FileDescriptor.in);
        try (channel) {
            OutputStream to = Channels.newOutputStream(channel);
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                int end = 0;
                while (end < count && buffer[end] != LEAVE) {
                    end++;
                }
                to.write(buffer, 0, end);
                if (end < count) {
                    return;
                }
            }
        } catch (IOException e) {
            // The VM has ended; the reading side says so by its end.
            return;
        }
    }
}
