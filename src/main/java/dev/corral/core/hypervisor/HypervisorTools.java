package dev.corral.core.hypervisor;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** How the hypervisors' own programs are asked; recorded answers can stand in for them. Thread-safe. */
public interface HypervisorTools {

    /** Whether there is such a program. */
    boolean has(String program);

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it can not be started, takes longer than the limit, or prints more than 64 MiB
     */
    ProcessResult run(List<String> command, Duration limit) throws IOException;

    /**
     * Starts a program that goes on telling, and ends when we do, however we end.
     *
     * @param out gets all that it prints; closed by nobody
     * @throws IOException if it can not be started
     */
    RunningProcess follow(List<String> command, OutputStream out) throws IOException;

    /** The same programs with other variables. */
    default HypervisorTools in(Environment environment) {
        return this;
    }

    /** The programs of this environment's PATH. */
    static HypervisorTools of(Environment environment) {
        return new HypervisorTools() {
            @Override
            public HypervisorTools in(Environment other) {
                return of(other);
            }

            @Override
            public boolean has(String program) {
                return Tools.onPath(environment, program);
            }

            @Override
            public ProcessResult run(List<String> command, Duration limit) throws IOException {
                try {
                    return Processes.run(command, null, environment.variables(), new byte[0], limit);
                } catch (TimeoutException e) {
                    throw new IOException(command.getFirst() + " gave no answer in " + limit.toSeconds() + " s", e);
                }
            }

            @Override
            public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
                return Processes.startTied(command, environment.variables(), out);
            }
        };
    }
}
