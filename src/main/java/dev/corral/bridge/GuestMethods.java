package dev.corral.bridge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestConnection;
import dev.corral.core.ssh.GuestFiles;
import dev.corral.core.ssh.exec.ExecRequest;
import dev.corral.core.ssh.exec.ExecResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that go into a guest. */
final class GuestMethods {
    private final Corral corral;

    GuestMethods(Corral corral) {
        this.corral = corral;
    }

    record ExecParams(
            String sandbox,
            String machine,
            List<String> argv,
            Optional<String> user,
            Optional<String> cwd,
            Map<String, String> env,
            Optional<Double> timeout) {}

    record ExecAnswer(int exitCode, boolean timedOut, int stdout, int stderr) {}

    record FileParams(
            String sandbox,
            String machine,
            String path,
            Optional<String> user,
            Optional<Long> size,
            Optional<Long> limit) {}

    record ReadAnswer(int stdout) {}

    record Nothing() {}

    Reply exec(Call call) throws Exception {
        ExecParams params = call.params(ExecParams.class);
        if (params.argv == null) {
            throw ExpectedFailure.usage("There is no command to run.", "Name a program and its arguments.");
        }
        SplitOutput output = output(call);
        ExecRequest request =
                ExecRequest.of(params.argv).withStdout(output.stdout()).withStderr(output.stderr());
        if (params.user.isPresent()) {
            request = request.withUser(params.user.get());
        }
        if (params.cwd.isPresent()) {
            request = request.withCwd(params.cwd.get());
        }
        if (params.env != null) {
            request = request.withEnv(params.env);
        }
        if (params.timeout.isPresent()) {
            request = request.withTimeout(Duration.ofMillis(Math.max(1, Math.round(params.timeout.get() * 1000))));
        }
        if (call.hasInput()) {
            request = request.withStdin(call.input());
        }
        ExecResult result = connect(params.sandbox, params.machine).exec(request);
        return new Reply(
                new ExecAnswer(result.exitCode(), result.timedOut(), output.stdoutLeft(), output.stderrLeft()),
                output.left());
    }

    Reply writeFile(Call call) throws Exception {
        FileParams params = call.params(FileParams.class);
        long size = params.size
                .or(call::inlineLength)
                .orElseThrow(() -> ExpectedFailure.usage(
                        "A file that comes in pieces needs its size beforehand.", "Add the parameter size, in bytes."));
        files(params).write(params.path, call.input(), size);
        return Reply.of(new Nothing());
    }

    Reply readFile(Call call) throws Exception {
        FileParams params = call.params(FileParams.class);
        SplitOutput output = output(call);
        files(params).read(params.path, params.limit.orElse(Long.MAX_VALUE), output.stdout());
        return new Reply(new ReadAnswer(output.stdoutLeft()), output.left());
    }

    private GuestFiles files(FileParams params) {
        return new GuestFiles(connect(params.sandbox, params.machine), params.user);
    }

    private GuestConnection connect(String sandbox, String machine) {
        try {
            return corral.connect(sandbox, machine == null ? "" : machine);
        } catch (ExpectedFailure e) {
            // Whatever it is that is missing: commands can not be run there now.
            throw e.kind() == ExpectedFailure.Kind.USAGE ? e : e.withKind(ExpectedFailure.Kind.UNAVAILABLE);
        }
    }

    private static SplitOutput output(Call call) {
        return new SplitOutput((stream, piece) ->
                call.tell("output", JsonNodeFactory.instance.objectNode().put("stream", stream), piece));
    }
}
