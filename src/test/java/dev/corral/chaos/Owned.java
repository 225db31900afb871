package dev.corral.chaos;

import dev.corral.core.operation.Operation;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A sandbox that belongs to a process that does nothing but live.
 *
 * @param directory the sandbox's directory
 * @param owner     the process
 */
record Owned(Path directory, Process owner) {

    /** Starts one and waits until it is up. */
    static Owned start(Ground ground, Map<String, String> context, boolean pinned) throws Exception {
        Process owner = process();
        StartRequest plain = request(ground, context);
        Operation workflow = ground.corral()
                .operations()
                .start(new StartRequest(
                        plain.vagrantfile(),
                        plain.primary(),
                        plain.environment(),
                        plain.provider(),
                        false,
                        plain.origin(),
                        Optional.of(Owners.process(owner.pid(), Owner.Kind.INSPECT)),
                        pinned));
        StubWorld.await(workflow);
        return new Owned(ground.cache().resolve(workflow.sandbox()), owner);
    }

    /** What to ask for. */
    static StartRequest request(Ground ground, Map<String, String> context) {
        return StubWorld.withEnvironment(StartRequest.of(ground.vagrantfile()), context);
    }

    private static Process process() throws IOException {
        return new ProcessBuilder("sleep", "100000").start();
    }

    /** The sandbox's id. */
    String id() {
        return directory.getFileName().toString();
    }

    /** Ends the process. */
    void abandon() throws InterruptedException {
        owner.destroyForcibly().waitFor();
    }
}
