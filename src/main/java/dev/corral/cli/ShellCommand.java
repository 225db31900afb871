package dev.corral.cli;

import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.ShellChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Opens a shell in a VM, in this terminal. */
@Command(
        name = "shell",
        mixinStandardHelpOptions = true,
        description = "Opens a shell in a VM, in this terminal.",
        footerHeading = "%nExamples:%n",
        footer = {"  corral shell 9f3c2a1b", "  corral shell --user root 9f3c2a1b/victim"})
final class ShellCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine the primary one.")
    private String machine;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The login shell of this user of the guest, through sudo.")
    private String user;

    @Override
    public Integer call() throws Exception {
        MachineName name = MachineName.parse(machine);
        try (Terminal terminal =
                        TerminalBuilder.builder().system(true).dumb(true).build();
                Corral corral = Core.open()) {
            if (Terminal.TYPE_DUMB.equals(terminal.getType()) || Terminal.TYPE_DUMB_COLOR.equals(terminal.getType())) {
                throw ExpectedFailure.failed(
                        "There is no terminal to open a shell in.", "Use corral exec for commands in scripts.");
            }
            Size size = terminal.getSize();
            Attributes before = terminal.enterRawMode();
            try (ShellChannel shell = corral.connect(name.sandbox(), name.machine())
                    .shell(size.getColumns(), size.getRows(), Optional.ofNullable(user))) {
                terminal.handle(Signal.WINCH, signal -> shell.resize(terminal.getWidth(), terminal.getHeight()));
                Thread.ofVirtual().name("shell-input").start(() -> pump(terminal.input(), shell.input(), shell));
                pump(shell.output(), terminal.output(), shell);
                return shell.exitStatus().join();
            } finally {
                terminal.setAttributes(before);
            }
        }
    }

    private static void pump(InputStream from, OutputStream to, ShellChannel shell) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                to.write(buffer, 0, count);
                to.flush();
            }
        } catch (IOException e) {
            if (shell.isOpen()) {
                shell.close();
            }
        }
    }
}
