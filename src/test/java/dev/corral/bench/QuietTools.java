package dev.corral.bench;

import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;

/** Recorded answers, and streams of events that are open and tell nothing. */
final class QuietTools implements HypervisorTools {
    private final RecordedTools recorded;

    QuietTools(RecordedTools recorded) {
        this.recorded = recorded;
    }

    @Override
    public boolean has(String program) {
        return recorded.has(program);
    }

    @Override
    public ProcessResult run(List<String> command, Duration limit) throws IOException {
        return recorded.run(command, limit);
    }

    @Override
    public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
        return Processes.startTied(List.of("sh", "-c", "echo qemu:///system; exec sleep 100000"), System.getenv(), out);
    }
}
