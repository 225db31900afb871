package dev.corral.cli.reach;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.target.MachineName;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes ports of a VM reachable at this machine for as long as it runs. */
@Command(
        name = "forward",
        mixinStandardHelpOptions = true,
        description =
                "Makes ports of a VM reachable at 127.0.0.1 of this machine, over its SSH connection, until Ctrl-C.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral forward 9f3c2a1b/web 80          a free port here, which it prints",
            "  corral forward 9f3c2a1b/web 8080:80 5432:5432"
        })
public final class ForwardCommand implements Callable<Integer> {
    private static final Pattern PORTS = Pattern.compile("(?:(\\d{1,9}):)?(\\d{1,9})");
    private static final int HIGHEST = 65535;

    @Parameters(
            index = "0",
            paramLabel = "SANDBOX[/MACHINE]",
            description = "The VM; without a machine the primary one.")
    private String machine;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "[LOCAL:]PORT",
            description = "The guest's port, and the one here; without one, or with 0, any that is free.")
    private List<String> ports;

    /** A port here and the guest's; the first may be 0. */
    record Wanted(int local, int port) {
        static Wanted of(String text) {
            Matcher matcher = PORTS.matcher(text);
            if (matcher.matches()) {
                int local = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
                int port = Integer.parseInt(matcher.group(2));
                if (local <= HIGHEST && port >= 1 && port <= HIGHEST) {
                    return new Wanted(local, port);
                }
            }
            throw ExpectedFailure.usage(
                    "\"" + text + "\" names no port.", "Say PORT or LOCAL:PORT, numbers from 1 to " + HIGHEST + ".");
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Output output = new Output();
        List<Wanted> wanted = ports.stream().map(Wanted::of).toList();
        MachineName name = MachineName.parse(machine);
        CountDownLatch end = new CountDownLatch(1);
        List<Tunnel> tunnels = new ArrayList<>();
        try (Corral corral = Core.open();
                EndingSignals signals = new EndingSignals(end::countDown)) {
            GuestConnection guest = corral.connect(name.sandbox(), name.machine());
            try {
                for (Wanted one : wanted) {
                    tunnels.add(open(guest, one, output));
                }
                for (Tunnel tunnel : tunnels) {
                    output.line("127.0.0.1:" + tunnel.local() + " -> "
                            + guest.endpoint().label() + ":" + tunnel.port());
                }
                output.message("Ctrl-C closes " + (tunnels.size() == 1 ? "it." : "them."));
                end.await();
            } finally {
                tunnels.forEach(Tunnel::close);
            }
        }
        return ExitCode.DONE;
    }

    // A port that nobody listens at yet may be opened later; a VM that can't be reached is no use.
    private static Tunnel open(GuestConnection guest, Wanted wanted, Output output) throws InterruptedException {
        AtomicReference<String> last = new AtomicReference<>("");
        Tunnel tunnel = guest.tunnel(wanted.local(), wanted.port(), refused -> {
            // A browser tries again and again.
            if (!refused.getMessage().equals(last.getAndSet(refused.getMessage()))) {
                output.message(refused.getMessage());
            }
        });
        boolean ready = false;
        try {
            if (!guest.answersAt(wanted.port())) {
                output.message("Nothing answers at port " + wanted.port() + " of "
                        + guest.endpoint().label() + " yet. The tunnel is open all the same.");
            }
            ready = true;
        } finally {
            if (!ready) {
                tunnel.close();
            }
        }
        return tunnel;
    }
}
