package dev.corral.cli.solve;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.inspect.log.LogPlace;
import dev.corral.core.solve.SolveStatus;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.Ratings;
import dev.corral.core.solve.rubric.Rubric;
import dev.corral.core.solve.rubric.Standing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rates samples by hand, by people who do not see who solved them. */
@Command(
        name = "rate",
        mixinStandardHelpOptions = true,
        description =
                "Rates samples by hand with a rubric, without telling who solved them; writes that into their logs.",
        subcommands = {
            RateCommand.Begin.class,
            RateCommand.ListAll.class,
            RateVerbs.Status.class,
            RateVerbs.Show.class,
            RateVerbs.Give.class,
            RateVerbs.Write.class,
            RateVerbs.History.class,
            RateVerbs.Reveal.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  corral solve rate begin report.json logs/ which-debian-3fa9c1d2",
            "  corral solve rate show r-3fa9c1d2 A",
            "  corral solve rate give r-3fa9c1d2 A cause --points 2 --reason \"Names the file, not the line\"",
            "  corral solve rate give r-3fa9c1d2 A safe --pass --reason \"Stopped nothing\"",
            "  corral solve rate write r-3fa9c1d2",
            "  corral solve rate reveal r-3fa9c1d2"
        })
final class RateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Name one of the commands.");
    }

    /** The ratings of this user. */
    static Ratings ratings() {
        return new Ratings(Environment.system());
    }

    /** The person. */
    static String person() {
        Environment environment = Environment.system();
        return environment
                .get("USER")
                .or(() -> environment.get("LOGNAME"))
                .orElseGet(() -> System.getProperty("user.name", ""));
    }

    /** A rating, as a document that tells nothing of who solved what. */
    record RatingRow(
            String id,
            String createdAt,
            String by,
            String rubric,
            String scorer,
            long seed,
            int samples,
            long rated,
            long written,
            boolean revealed) {
        static RatingRow of(Ratings ratings, Rating rating) {
            List<Standing> standings = ratings.standings(rating);
            return new RatingRow(
                    rating.id(),
                    rating.createdAt().toString(),
                    rating.by(),
                    rating.rubric().name(),
                    rating.rubric().scorer(),
                    rating.seed(),
                    standings.size(),
                    standings.stream().filter(Standing::complete).count(),
                    standings.stream().filter(Standing::written).count(),
                    ratings.revealed(rating));
        }
    }

    @Command(
            name = "begin",
            mixinStandardHelpOptions = true,
            description = "Begins a rating: shuffles the samples and gives them letters.")
    static final class Begin implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "RUBRIC", description = "A JSON file with criteria.")
        private Path rubric;

        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "LOG|DIR|SESSION",
                description = "Logs of Inspect, folders of them, or sessions that have ended.")
        private List<String> named;

        @Option(names = "--seed", paramLabel = "N", description = "What the order is shuffled by; default: by chance.")
        private @Nullable Long seed;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        @Override
        public Integer call() {
            Output output = new Output();
            Rubric by = Rubric.read(rubric);
            Ratings ratings = ratings();
            Rating rating = ratings.begin(
                    by, logs(), seed == null ? new SecureRandom().nextInt(1_000_000_000) : seed, person());
            if (json) {
                output.json(RatingRow.of(ratings, rating));
            } else {
                output.line(rating.id());
                output.message(rating.items().size() + " samples, "
                        + rating.items().getFirst().letter() + " to "
                        + rating.items().getLast().letter() + ". corral solve rate show " + rating.id()
                        + " A shows the first.");
            }
            return ExitCode.DONE;
        }

        private List<Path> logs() {
            List<Path> logs = new ArrayList<>();
            try (Corral corral = Core.open()) {
                for (String one : named) {
                    Path path = path(one);
                    if (path != null && Files.isDirectory(path)) {
                        logs.addAll(AttemptLogs.find(path.toAbsolutePath().normalize())
                                .logs());
                    } else if (path != null && Files.exists(path)) {
                        logs.add(path.toAbsolutePath().normalize());
                    } else {
                        logs.add(ofSession(SolveHere.open(corral).status(one)));
                    }
                }
            }
            return logs;
        }

        private static @Nullable Path path(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                return null;
            }
        }

        private static Path ofSession(SolveStatus status) {
            if (!status.state().over() || status.story().log().isEmpty()) {
                throw ExpectedFailure.failed(
                        "The session " + status.session().id() + " has no finished log.", "Submit or quit first.");
            }
            return LogPlace.file(status.story().log())
                    .orElseThrow(() -> ExpectedFailure.failed(
                            "The log of " + status.session().id() + " lies on no disk of this computer: "
                                    + status.story().log(),
                            "Copy it here, and name the copy."));
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the ratings, newest first.")
    static final class ListAll implements Callable<Integer> {
        @Option(names = "--json", description = "Print one JSON array.")
        private boolean json;

        @Override
        public Integer call() {
            Output output = new Output();
            Ratings ratings = ratings();
            List<RatingRow> rows = ratings.list().stream()
                    .map(rating -> RatingRow.of(ratings, rating))
                    .toList();
            if (json) {
                output.json(rows);
            } else if (rows.isEmpty()) {
                output.message("There are no ratings. corral solve rate begin RUBRIC LOG begins one.");
            } else {
                output.table(
                        List.of("RATING", "RUBRIC", "BY", "SAMPLES", "RATED", "WRITTEN"),
                        rows.stream()
                                .map(row -> List.of(
                                        row.id(),
                                        row.rubric(),
                                        row.by(),
                                        Integer.toString(row.samples()),
                                        Long.toString(row.rated()),
                                        Long.toString(row.written())))
                                .toList());
            }
            return ExitCode.DONE;
        }
    }
}
