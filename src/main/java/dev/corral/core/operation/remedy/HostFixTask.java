package dev.corral.core.operation.remedy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.PlainText;
import dev.corral.core.hypervisor.HypervisorTools;
import dev.corral.core.operation.CommandLogs;
import dev.corral.core.operation.InterruptibleTask;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.sandbox.CacheDirectory;
import dev.corral.core.sandbox.JournalEntry;
import dev.corral.core.sandbox.OperationTarget;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrant.LogText;
import dev.corral.core.vagrant.Phase;
import dev.corral.core.vagrant.Vagrant;
import dev.corral.core.vagrant.VagrantRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Mends something of this computer with one command, whose output is kept beside the operation's journal. */
public final class HostFixTask extends InterruptibleTask {
    private static final int LAST_LINES = 12;
    private static final int LONGEST = 400;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    // A Vagrantfile in the working directory would be read.
    private static final Path NEUTRAL = Path.of("/");

    private final HostFix fix;
    private final Environment environment;
    private final Map<String, String> context;
    private final SandboxFiles files;
    private final Deque<String> last = new ArrayDeque<>();

    private HostFixTask(HostFix fix, Environment environment, Map<String, String> context, OperationStore.Begun begun) {
        super(fix.kind(), new OperationTarget.Thing(fix.thing()), begun.journal());
        this.fix = fix;
        this.environment = environment;
        this.context = context;
        this.files = begun.files();
    }

    /**
     * One that has not begun.
     *
     * @param environment this process's variables
     * @param context     variables of the sandbox that lacked it, such as where its Vagrant keeps plugins and boxes
     * @throws ExpectedFailure if the cache directory makes no sense
     */
    public static HostFixTask of(HostFix fix, Environment environment, Map<String, String> context) {
        return new HostFixTask(fix, environment, context, new OperationStore(CacheDirectory.of(environment)).begin());
    }

    @Override
    protected void run() throws IOException, InterruptedException {
        begin(Phase.called(String.join(" ", fix.command()), ""));
        Path log = CommandLogs.next(files, fix.kind().word());
        if (fix.command().getFirst().equals("vagrant")) {
            vagrant(log);
        } else {
            virsh(log);
        }
    }

    private void vagrant(Path log) throws IOException, InterruptedException {
        List<String> arguments = fix.command().subList(1, fix.command().size());
        VagrantRun run = new Vagrant(environment).start(NEUTRAL, arguments, context, log);
        journal().append(JournalEntry.command(id(), String.join(" ", arguments), files.nameOf(log), run.identity()));
        int exitCode;
        try {
            exitCode = run.follow(this::heard);
        } catch (InterruptedException e) {
            run.interrupt();
            if (!ends(run)) {
                run.kill();
            }
            throw e;
        }
        journal().append(JournalEntry.commandEnded(id(), exitCode));
        end(exitCode);
    }

    // The thread was interrupted already, and what it began has to end all the same.
    private static boolean ends(VagrantRun run) throws InterruptedException {
        return run.waitFor(PATIENCE);
    }

    private void virsh(Path log) throws IOException {
        ProcessResult result = HypervisorTools.of(environment).run(fix.command(), LIMIT);
        String said = result.out() + result.err();
        Files.write(log, said.getBytes(StandardCharsets.UTF_8));
        journal()
                .append(JournalEntry.noted(id(), String.join(" ", fix.command()))
                        .withLog(files.nameOf(log)));
        said.lines().forEach(this::heard);
        end(result.exitCode());
    }

    private void heard(String raw) {
        for (LogLine line : LogText.of(raw)) {
            if (!line.text().isBlank()) {
                last.addLast(PlainText.line(line.text(), LONGEST));
                if (last.size() > LAST_LINES) {
                    last.removeFirst();
                }
            }
        }
    }

    private void end(int exitCode) {
        if (exitCode != 0) {
            throw ExpectedFailure.failed(
                            String.join(" ", fix.command()) + " ended with exit code " + exitCode
                                    + (last.isEmpty() ? "." : ": " + last.getLast()),
                            "Read its lines, and say the same in a terminal when that is mended.")
                    .withDetails(String.join("\n", last));
        }
    }
}
