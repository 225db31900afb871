package dev.corral.core.hypervisor.console;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.MachineState;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** A picture of what a VM shows on its screen, as the hypervisor takes it. The guest decides what is on it, and how large it is. */
public final class ScreenPicture {
    private static final long MOST_BYTES = 48L << 20;
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LONGEST = 300;

    private ScreenPicture() {}

    /** Whether pictures can be had of a provider's machines here. */
    public static boolean possible(String provider) {
        return provider.equals("libvirt");
    }

    /**
     * Takes one. Blocks.
     *
     * @param environment this process's variables
     * @param context     which hypervisors the sandbox's Vagrant talks to
     * @param provider    Vagrant's name of the machine's provider
     * @param id          its id there
     * @param name        what people call the machine
     * @return a PNG
     * @throws ExpectedFailure if it has no screen, does not run, or its provider takes none
     */
    public static byte[] take(Environment environment, HostContext context, String provider, String id, String name) {
        if (!possible(provider)) {
            throw ExpectedFailure.failed(
                    "Corral takes no pictures of screens of the provider " + provider + ".",
                    "Open the hypervisor's own window.");
        }
        HypervisorObject domain = new Hypervisors(environment)
                .ask(context, Set.of(provider))
                .find(context, provider, id)
                .filter(found -> found.state() == MachineState.RUNNING || found.state() == MachineState.PAUSED)
                .orElseThrow(() -> ExpectedFailure.failed(
                                name + " does not run, so it has no screen now.", "Boot it: corral up " + name + ".")
                        .withKind(ExpectedFailure.Kind.UNAVAILABLE));
        Path file = null;
        try {
            file = Files.createTempFile("corral-screen-", ".image");
            ProcessResult said = Processes.run(
                    List.of("virsh", "-q", "-c", domain.where(), "screenshot", domain.id(), "--file", file.toString()),
                    null,
                    environment.variables(),
                    new byte[0],
                    LIMIT,
                    1 << 16);
            if (!said.ok()) {
                throw ExpectedFailure.failed(
                        "There is no picture of the screen of " + name + ": "
                                + PlainText.line(said.err().replace("error:", ""), LONGEST),
                        "A machine without graphics has no screen; its serial console may say more.");
            }
            return PixelImage.png(OrdinaryFile.read(file, MOST_BYTES));
        } catch (IOException | TimeoutException e) {
            throw ExpectedFailure.failed(
                    "The picture of the screen of " + name + " can't be taken.", "Try again in a moment.", e);
        } finally {
            delete(file);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // It lies among the temporary files, which others clear.
                return;
            }
        }
    }
}
