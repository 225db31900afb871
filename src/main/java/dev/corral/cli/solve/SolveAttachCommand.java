package dev.corral.cli.solve;

import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.SolveWatch;
import dev.corral.core.solve.Solving;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Opens a shell in a session's machine, and follows the session meanwhile. */
@Command(
        name = "attach",
        aliases = "shell",
        mixinStandardHelpOptions = true,
        description = "Opens a shell in a machine of a session, in this terminal. The first login starts the clock.")
final class SolveAttachCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "SESSION",
            description = "The session; an unambiguous part of its name will do.")
    private String session;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MACHINE",
            description = "One of its machines; default: the primary one.")
    private @Nullable String machine;

    @Option(names = "--user", paramLabel = "NAME", description = "The login; default: the session's.")
    private @Nullable String user;

    @Override
    public Integer call() {
        try (Corral corral = Core.open()) {
            Solving solving = SolveHere.open(corral);
            SolveStatus status = solving.status(session);
            if (status.sandbox().isEmpty()) {
                throw ExpectedFailure.failed(
                        "The session " + status.session().id() + " has no machine yet.",
                        "corral solve status " + status.session().id() + " tells how far it is.");
            }
            List<String> words =
                    new ArrayList<>(List.of("shell", status.sandbox() + (machine == null ? "" : "/" + machine)));
            String login = user == null ? status.session().options().user().orElse("") : user;
            if (!login.isEmpty()) {
                words.add("--user=" + login);
            }
            LimitLines limit = new LimitLines(new Output()::across);
            try (SolveWatch watch = new SolveWatch(solving, status.session().id(), limit::look, limit::trouble)) {
                Objects.requireNonNull(watch);
                return spec.root().commandLine().execute(words.toArray(String[]::new));
            }
        }
    }
}
