package dev.corral.core.solve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.inspect.control.ControlChannel;
import dev.corral.core.inspect.log.LogFiles;
import dev.corral.core.inventory.Inventory;
import dev.corral.core.inventory.InventoryMonitor;
import dev.corral.core.operation.Operations;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.ssh.GuestConnection;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What sessions need of the world around them. Thread-safe; its methods block. */
interface SolveWorld {

    /** The variables and folders in use. */
    Environment environment();

    /** What exists. */
    Inventory inventory();

    /** A shell in a machine; an empty name means the primary one. */
    GuestShell guest(String sandbox, String machine);

    /** Says that a sandbox stays, or need not. */
    void pin(String sandbox, boolean stays);

    /** Whether a process lives. */
    Life life(ProcessIdentity process);

    /** The control channel of a process; empty if it has none. */
    Optional<ControlChannel> control(ProcessIdentity process);

    /** What a log says of a sample, see {@link LogFiles#read}. */
    JsonNode log(String log, String sample, int epoch);

    /** What a log has of recordings that were made in the guest, see {@link LogFiles#recordings}. */
    JsonNode recordings(String log, String sample, int epoch);

    /** Writes into a log, see {@link LogFiles#edit}. */
    void edit(String log, Map<String, Object> fields, String author, String reason);

    /** The real one. */
    static SolveWorld real(
            Environment environment,
            InventoryMonitor inventory,
            Operations operations,
            BiFunction<String, String, GuestConnection> connect) {
        LogFiles logs = new LogFiles(environment);
        return new SolveWorld() {
            // The run shares one loop with its channel, but a window can't wait for long.
            private static final Duration PATIENCE = Duration.ofSeconds(5);

            @Override
            public Environment environment() {
                return environment;
            }

            @Override
            public Inventory inventory() {
                return inventory.current();
            }

            @Override
            public GuestShell guest(String sandbox, String machine) {
                return request -> connect.apply(sandbox, machine).exec(request);
            }

            @Override
            public void pin(String sandbox, boolean stays) {
                operations.pin(sandbox, stays);
            }

            @Override
            public Life life(ProcessIdentity process) {
                return process.life();
            }

            @Override
            public Optional<ControlChannel> control(ProcessIdentity process) {
                return ControlChannel.of(environment, process, PATIENCE);
            }

            @Override
            public JsonNode log(String log, String sample, int epoch) {
                return logs.read(log, sample, epoch);
            }

            @Override
            public JsonNode recordings(String log, String sample, int epoch) {
                return logs.recordings(log, sample, epoch);
            }

            @Override
            public void edit(String log, Map<String, Object> fields, String author, String reason) {
                logs.edit(log, fields, author, reason);
            }
        };
    }
}
