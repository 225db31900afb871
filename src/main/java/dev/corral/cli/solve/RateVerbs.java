package dev.corral.cli.solve;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.solve.rubric.Blind;
import dev.corral.core.solve.rubric.Points;
import dev.corral.core.solve.rubric.Rating;
import dev.corral.core.solve.rubric.RatingEntry;
import dev.corral.core.solve.rubric.Ratings;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import dev.corral.core.solve.rubric.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done about a rating. */
abstract class RateVerbs implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "RATING",
            description = "The rating; an unambiguous part of its name will do.")
    private String named;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    abstract void run(Ratings ratings, Rating rating, Output output, boolean asJson);

    @Override
    public final Integer call() {
        Ratings ratings = RateCommand.ratings();
        run(ratings, ratings.find(named), new Output(), json);
        return ExitCode.DONE;
    }

    /** How far a sample is. */
    record StandingRow(
            String letter, boolean complete, boolean written, double points, double of, Map<String, Double> given) {
        static StandingRow of(Standing one) {
            return new StandingRow(
                    one.letter(),
                    one.complete(),
                    one.written(),
                    one.points(),
                    one.of(),
                    new TreeMap<>(one.given().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    entry -> entry.getValue().after().orElse(0.0)))));
        }

        List<String> cells(Rating rating) {
            return List.of(
                    letter,
                    Points.words(points) + " of " + Points.words(of),
                    complete
                            ? "yes"
                            : given.size() + " of " + rating.rubric().criteria().size(),
                    written ? "yes" : "no");
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Shows how far each sample is.")
    static final class Status extends RateVerbs {
        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            List<StandingRow> rows =
                    ratings.standings(rating).stream().map(StandingRow::of).toList();
            if (asJson) {
                output.json(rows);
                return;
            }
            output.table(
                    List.of("SAMPLE", "POINTS", "RATED", "IN THE LOG"),
                    rows.stream().map(row -> row.cells(rating)).toList());
        }
    }

    /** A sample, and what it is rated by. */
    record ShownRow(
            String letter,
            String task,
            String answer,
            List<Blind.Step> steps,
            boolean more,
            String instructions,
            List<Criterion> criteria,
            StandingRow standing) {}

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a sample as who rates it sees it: task, commands, answer, and the criteria.")
    static final class Show extends RateVerbs {
        @Parameters(index = "1", paramLabel = "LETTER", description = "The sample.")
        private String letter;

        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            Blind blind = ratings.show(rating, letter);
            Standing standing = ratings.standings(rating).stream()
                    .filter(one -> one.letter().equals(blind.letter()))
                    .findFirst()
                    .orElseThrow();
            if (asJson) {
                output.json(new ShownRow(
                        blind.letter(),
                        blind.task(),
                        blind.answer(),
                        blind.steps(),
                        blind.more(),
                        rating.rubric().instructions(),
                        rating.rubric().criteria(),
                        StandingRow.of(standing)));
                return;
            }
            output.line("Sample " + blind.letter());
            block("Task", blind.task(), output);
            output.line("");
            output.line(blind.steps().isEmpty() ? "No commands are known." : "Commands");
            for (Blind.Step step : blind.steps()) {
                indented("  $ ", step.entered(), output);
                indented("    ", step.shown(), output);
            }
            if (blind.more()) {
                output.line("  … more was done than is shown.");
            }
            block("Answer", blind.answer().isEmpty() ? "(none)" : blind.answer(), output);
            if (!rating.rubric().instructions().isEmpty()) {
                block("Rating", rating.rubric().instructions(), output);
            }
            output.line("");
            for (Criterion criterion : rating.rubric().criteria()) {
                RatingEntry given = standing.given().get(criterion.name());
                output.line(criterion.name() + " ("
                        + (criterion.passFail() ? "pass or fail" : "0 to " + Points.words(criterion.points())) + "): "
                        + criterion.text());
                if (given != null) {
                    output.line("  " + Points.words(given.after().orElse(0.0)) + ": " + given.reason());
                }
            }
        }

        private static void block(String head, String text, Output output) {
            output.line("");
            output.line(head);
            indented("  ", text, output);
        }

        private static void indented(String before, String text, Output output) {
            text.lines().forEach(line -> output.line(before + line));
        }
    }

    @Command(
            name = "give",
            mixinStandardHelpOptions = true,
            description = "Gives points for one criterion. What was given before stays in the history.")
    static final class Give extends RateVerbs {
        @Parameters(index = "1", paramLabel = "LETTER", description = "The sample.")
        private String letter;

        @Parameters(index = "2", paramLabel = "CRITERION", description = "The criterion.")
        private String criterion;

        @ArgGroup(multiplicity = "1")
        private @Nullable Verdict verdict;

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; it goes into the log.")
        private String reason = "";

        @Option(names = "--by", paramLabel = "NAME", description = "Who rates; default: your login.")
        private @Nullable String by;

        static final class Verdict {
            @Option(names = "--points", paramLabel = "N", description = "So many points.")
            private @Nullable Double points;

            @Option(names = "--pass", description = "All points.")
            private boolean pass;

            @Option(names = "--fail", description = "No points.")
            private boolean fail;

            double of(double most) {
                return pass ? most : fail || points == null ? 0 : points;
            }
        }

        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            double most = rating.rubric().criterion(criterion).points();
            double points = verdict == null ? 0 : verdict.of(most);
            Standing standing =
                    ratings.give(rating, letter, criterion, points, reason, by == null ? RateCommand.person() : by);
            if (asJson) {
                output.json(StandingRow.of(standing));
            } else {
                output.message("Sample " + standing.letter() + ": " + Points.words(standing.points()) + " of "
                        + Points.words(standing.of())
                        + (standing.complete()
                                ? ". It is rated; corral solve rate write " + rating.id() + " puts it into the log."
                                : " points so far."));
            }
        }
    }

    @Command(
            name = "write",
            mixinStandardHelpOptions = true,
            description =
                    "Writes the points of the samples that are rated into their logs, as edits that name you and why.")
    static final class Write extends RateVerbs {
        @Option(names = "--by", paramLabel = "NAME", description = "Who writes; default: your login.")
        private @Nullable String by;

        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            Ratings.Written written = ratings.write(rating, by == null ? RateCommand.person() : by);
            if (asJson) {
                output.json(written);
                return;
            }
            output.message(
                    written.letters().isEmpty()
                            ? "Nothing that is rated is missing in its log."
                            : "Written into the logs: " + String.join(", ", written.letters()) + ".");
            if (!written.metrics()) {
                output.message(
                        "The metrics of some logs are as they were: their scorers' code is not here. inspect score "
                                + "computes them anew where it is.");
            }
        }
    }

    @Command(
            name = "history",
            mixinStandardHelpOptions = true,
            description = "Shows all that was rated and written: who, when, before, after and why.")
    static final class History extends RateVerbs {
        /** An entry, as a document. */
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record EntryRow(
                Instant at,
                String by,
                String kind,
                String letter,
                String criterion,
                @Nullable Double before,
                @Nullable Double after,
                String reason,
                boolean seen) {}

        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            List<RatingEntry> entries = ratings.history(rating);
            if (asJson) {
                output.json(entries.stream()
                        .map(one -> new EntryRow(
                                one.at(),
                                one.by(),
                                one.kind().word(),
                                one.letter(),
                                one.criterion(),
                                one.before().orElse(null),
                                one.after().orElse(null),
                                one.reason(),
                                one.seen()))
                        .toList());
                return;
            }
            output.table(
                    List.of("AT", "BY", "WHAT", "SAMPLE", "CRITERION", "BEFORE", "AFTER", "REASON"),
                    entries.stream()
                            .map(one -> List.of(
                                    HandOverDocument.time(one.at()),
                                    one.by(),
                                    one.kind().word(),
                                    one.letter(),
                                    one.criterion(),
                                    one.before().map(Points::words).orElse(""),
                                    one.after().map(Points::words).orElse(""),
                                    one.reason()))
                            .toList());
        }
    }

    @Command(
            name = "reveal",
            mixinStandardHelpOptions = true,
            description = "Tells who solved what. What is rated afterwards says that it was known.")
    static final class Reveal extends RateVerbs {
        @Option(names = "--anyway", description = "Also when not everything is rated.")
        private boolean anyway;

        /** A sample and who solved it. */
        record WhoRow(
                String letter,
                String task,
                String sample,
                int epoch,
                String kind,
                String who,
                double points,
                double of,
                String log) {}

        @Override
        void run(Ratings ratings, Rating rating, Output output, boolean asJson) {
            List<Rating.Item> items = ratings.reveal(rating, anyway, RateCommand.person());
            List<Standing> standings = ratings.standings(rating);
            List<WhoRow> rows = items.stream()
                    .map(item -> {
                        Standing standing = standings.get(items.indexOf(item));
                        return new WhoRow(
                                item.letter(),
                                item.task(),
                                item.sample(),
                                item.epoch(),
                                item.person() ? "person" : "model",
                                item.who(),
                                standing.points(),
                                standing.of(),
                                item.log());
                    })
                    .toList();
            if (asJson) {
                output.json(rows);
                return;
            }
            output.table(
                    List.of("SAMPLE", "ID", "EPOCH", "KIND", "WHO", "POINTS"),
                    rows.stream()
                            .map(row -> List.of(
                                    row.letter(),
                                    row.task() + "/" + row.sample(),
                                    Integer.toString(row.epoch()),
                                    row.kind(),
                                    row.who(),
                                    Points.words(row.points()) + " of " + Points.words(row.of())))
                            .toList());
        }
    }
}
