package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.solve.handover.Grant;
import dev.corral.core.solve.handover.Handover;
import dev.corral.core.solve.handover.Until;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done about what was handed over. */
final class HandOverVerbs {
    private HandOverVerbs() {}

    private static void print(Handover handover, Grant grant, boolean json, String words) {
        if (json) {
            new Output().json(HandOverDocument.of(grant, handover.ticketIfKnown(grant)));
        } else {
            new Output().message(words);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists what was handed over in the last thirty days, newest first.")
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() {
            Output output = new Output();
            try (Corral corral = Core.open()) {
                Handover handover = HandOverCommand.open(corral);
                List<HandOverDocument> all = handover.list().stream()
                        .map(grant -> HandOverDocument.of(grant, handover.ticketIfKnown(grant)))
                        .toList();
                if (json) {
                    output.json(all);
                } else if (all.isEmpty()) {
                    output.message("Nothing is handed over. corral solve hand-over SESSION --key KEY does so.");
                } else {
                    output.table(
                            HandOverDocument.HEADER,
                            all.stream().map(HandOverDocument::cells).toList());
                    all.stream()
                            .filter(one -> one.state().equals("not_served"))
                            .forEach(one -> output.message("Nobody serves " + one.id()
                                    + ": corral solve hand-over --serve " + one.id() + " does, revoke takes it back."));
                }
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "extend",
            mixinStandardHelpOptions = true,
            description = "Moves the end of what was handed over; nearer as well. Works while it is served.")
    static final class Extend implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "As list shows it; an unambiguous part of it will do.")
        private String id;

        @Option(
                names = "--until",
                required = true,
                paramLabel = "TIME",
                description = "When it ends, from now: 90m, 4h, 2d, 18:30, 2026-11-30, 2026-11-30T18:30.")
        private String until = "";

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Instant end = Until.of(until, ZonedDateTime.now(ZoneId.systemDefault()));
            try (Corral corral = Core.open()) {
                Handover handover = HandOverCommand.open(corral);
                Grant grant = handover.extend(id, end, SolveHere.person(corral));
                print(
                        handover,
                        grant,
                        json,
                        grant.id() + " of " + grant.who() + " ends at " + HandOverDocument.time(grant.until()) + ".");
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes back what was handed over: the person's terminals are cut at once.")
    static final class Revoke implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "As list shows it; an unambiguous part of it will do.")
        private String id;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() throws InterruptedException {
            try (Corral corral = Core.open()) {
                Handover handover = HandOverCommand.open(corral);
                Grant grant = handover.revoke(id, SolveHere.person(corral));
                if (grant.served()) {
                    throw HandOverCommand.disobeyed(grant);
                }
                print(
                        handover,
                        grant,
                        json,
                        grant.id() + " of " + grant.who() + " is over: " + grant.state(Instant.now())
                                + ". Nobody is in by it any more.");
            }
            return ExitCode.DONE;
        }
    }
}
