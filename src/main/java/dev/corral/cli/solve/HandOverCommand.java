package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.cli.terminal.EndingSignals;
import dev.corral.core.app.Corral;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.solve.SolveWatch;
import dev.corral.core.solve.Solving;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Handover;
import dev.corral.core.solve.handover.PersonKey;
import dev.corral.core.solve.handover.Serving;
import dev.corral.core.solve.handover.Ticket;
import dev.corral.core.solve.handover.Until;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands a machine over to somebody outside, and serves that. */
@Command(
        name = "hand-over",
        mixinStandardHelpOptions = true,
        description =
                "Lets a person with one SSH key into one machine: a terminal, recorded, until a moment, and nothing else. "
                        + "It is served until Ctrl-C.",
        subcommands = {HandOverVerbs.ListAll.class, HandOverVerbs.Extend.class, HandOverVerbs.Revoke.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral solve hand-over which-debian-3fa9c1d2 --key ann.pub --until 4h",
            "  corral solve hand-over 9f3c2a1b web --key \"ssh-ed25519 AAAA… ann\" --who Ann --until 18:30",
            "  corral solve hand-over --serve h-3fa9c1d2",
            "  corral solve hand-over list",
            "  corral solve hand-over extend h-3fa9c1d2 --until 2h",
            "  corral solve hand-over revoke h-3fa9c1d2"
        })
final class HandOverCommand implements Callable<Integer> {
    /** What belongs to what is handed over anew only. */
    private static final List<String> OF_NEW = List.of("--key", "--who", "--user", "--until", "--listen", "--port");

    private static final int MOST_OTHERS = 8;

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "SESSION",
            description = "The session, or any sandbox; an unambiguous part of its name will do.")
    private @Nullable String named;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "MACHINE",
            description = "One of its machines; default: the primary one.")
    private @Nullable String machine;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "The person's public key: the line itself, or a .pub file.")
    private @Nullable String key;

    @Option(names = "--who", paramLabel = "NAME", description = "The person; default: what stands behind the key.")
    private @Nullable String who;

    @Option(names = "--user", paramLabel = "NAME", description = "The login in the machine; default: the session's.")
    private @Nullable String user;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "When it ends: 90m, 4h, 2d, 18:30, 2026-11-30, 2026-11-30T18:30. Default: 4h.")
    private @Nullable String until;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Where it listens; default: 127.0.0.1, which only this computer reaches.")
    private @Nullable String listen;

    @Option(names = "--port", paramLabel = "N", description = "The port; default: one that is free.")
    private int port;

    @Option(
            names = "--serve",
            paramLabel = "ID",
            description = "Serve what was handed over before and is served no longer.")
    private @Nullable String again;

    @Option(names = "--json", description = "Print one JSON object, once the way in was tried.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        if (again == null && (named == null || key == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Name a session and a --key, what to --serve, or one of the commands.");
        }
        if (again != null && (named != null || OF_NEW.stream().anyMatch(this::given))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--serve takes up what was handed over, as it is; leave the session and "
                            + String.join(", ", OF_NEW) + " out.");
        }
        Output output = new Output();
        try (Corral corral = Core.open()) {
            Handover handover = open(corral);
            CompletableFuture<Boolean> over = new CompletableFuture<>();
            // From here on: what is being tried is given up cleanly, too.
            try (EndingSignals trying = EndingSignals.interrupting();
                    Serving serving = begin(corral, handover, output)) {
                try (EndingSignals signals = new EndingSignals(() -> over.complete(true))) {
                    print(serving, handover.ticket(serving.grant()), output);
                    var _ = serving.end().thenRun(() -> over.complete(true));
                    var _ = over.join();
                }
                serving.close();
                last(serving, output);
            }
        }
        return ExitCode.DONE;
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** What is handed over here, and by whom. */
    static Handover open(Corral corral) {
        Solving solving = SolveHere.open(corral);
        return new Handover(
                corral.environment(),
                solving.store(),
                corral::connect,
                id -> new SolveWatch(solving, id, seen -> {}, trouble -> {}));
    }

    private Serving begin(Corral corral, Handover handover, Output output) throws InterruptedException {
        String by = SolveHere.person(corral);
        if (again != null) {
            output.progress("Trying the way in");
            Serving serving = handover.serve(again, by);
            output.progress("");
            return serving;
        }
        PersonKey person = PersonKey.of(key == null ? "" : key);
        Instant end = until == null
                ? Instant.now().plus(Until.USUAL)
                : Until.of(until, ZonedDateTime.now(ZoneId.systemDefault()));
        if (listen != null && !Ticket.local(listen)) {
            output.message("Whoever reaches " + listen + " can knock at this port; the key " + person.fingerprint()
                    + " alone gets in.");
        }
        output.progress("Trying the way in");
        Serving serving = handover.handOver(new Handover.Wish(
                named == null ? "" : named,
                machine == null ? "" : machine,
                Optional.ofNullable(user),
                person,
                who == null ? "" : who,
                end,
                listen == null ? "" : listen,
                port,
                by));
        output.progress("");
        return serving;
    }

    private void print(Serving serving, Ticket ticket, Output output) {
        Grant grant = serving.grant();
        if (json) {
            output.json(HandOverDocument.of(grant, Optional.of(ticket)));
            return;
        }
        output.message(grant.place() + " is handed over to " + grant.who() + " until "
                + HandOverDocument.time(grant.until()) + " as " + grant.id()
                + ". The way in was tried: the gateway answers at "
                + ticket.host() + ":" + ticket.port() + " with its key, and a shell opens in the machine.");
        output.message("The person types this, with -i and their key's file if ssh does not find that by itself:");
        output.line(ticket.command());
        output.message("Their ssh shows the host key " + ticket.fingerprint()
                + ". With this line in ~/.ssh/known_hosts it need not ask:");
        output.line(ticket.knownHosts());
        if (Ticket.local(grant.listen())) {
            output.message("Only this computer reaches it. --listen ADDRESS opens it to others.");
        }
        List<String> others = Ticket.others(grant.listen());
        if (!others.isEmpty()) {
            output.message("It listens at all addresses of this computer; if they do not reach that one, these may do: "
                    + String.join(", ", others.subList(0, Math.min(MOST_OTHERS, others.size()))));
        }
        output.message("What they type and see is recorded. Ctrl-C ends it here; corral solve hand-over revoke "
                + grant.id() + " takes it back from anywhere.");
    }

    private static void last(Serving serving, Output output) {
        Grant grant = serving.grant();
        Optional<Grant.End> end = serving.end().join();
        if (end.isPresent()) {
            output.message(grant.id() + " is over: " + end.get().why().words() + ".");
        } else {
            output.message(grant.id() + " is not served any more, and all terminals of " + grant.who()
                    + " are closed. corral solve hand-over --serve " + grant.id() + " takes it up again until "
                    + HandOverDocument.time(grant.until()) + "; revoke takes it back.");
        }
    }

    /** The failure of a process that did not obey. */
    static ExpectedFailure disobeyed(Grant grant) {
        long pid = grant.serving().map(process -> process.pid()).orElse(0L);
        return ExpectedFailure.failed(
                grant.id() + " is taken back, but process " + pid
                        + ", which serves it, has not confirmed that it is cut.",
                "End it: kill " + pid);
    }
}
