package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.inspect.log.AttemptLogs;
import dev.corral.core.inspect.log.LogRow;
import dev.corral.core.inspect.log.RateLogs;
import dev.corral.core.solve.rubric.Rating.Item;
import dev.corral.core.solve.rubric.RatingEntry.Kind;
import dev.corral.core.solve.rubric.Rubric.Criterion;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Has samples rated by people who do not see who solved them, and writes that into the logs. Thread-safe; its methods block. */
public final class Ratings {
    private static final int MOST_ITEMS = 500;
    private static final int LONGEST_REASON = 4_000;

    private final Environment environment;
    private final RatingStore store;

    /** Those of this environment's state directory. */
    public Ratings(Environment environment) {
        this.environment = environment;
        store = new RatingStore(environment);
    }

    /**
     * Begins one.
     *
     * @param logs the logs whose samples are rated
     * @param seed what the order is shuffled by
     * @param by   who begins it
     * @throws ExpectedFailure if a log can't be read, or there is nothing to rate
     */
    public Rating begin(Rubric rubric, List<Path> logs, long seed, String by) {
        List<Item> found = new ArrayList<>();
        for (LogRow log :
                new AttemptLogs(environment).read(logs.stream().distinct().toList())) {
            if (!log.problem().isEmpty()) {
                throw ExpectedFailure.failed(
                        "The log " + log.log() + " can't be read: " + log.problem(), "Leave it out.");
            }
            if (log.status().equals("started")) {
                throw ExpectedFailure.failed(
                        "The run of the log " + log.log() + " has not ended.",
                        "Rate it afterwards; if it was killed, inspect log recover makes a finished log of it.");
            }
            if (log.cut()) {
                throw ExpectedFailure.failed("The log " + log.log() + " has too many samples.", "Rate fewer of them.");
            }
            String who = log.human() ? log.who() : log.model();
            log.samples().stream()
                    .filter(sample -> sample.error().isEmpty())
                    .map(sample -> new Item(
                            "",
                            log.log(),
                            sample.sample(),
                            sample.epoch(),
                            log.task(),
                            who,
                            log.human(),
                            log.session()))
                    .forEach(found::add);
        }
        if (found.isEmpty() || found.size() > MOST_ITEMS) {
            throw ExpectedFailure.failed(
                    found.isEmpty()
                            ? "The logs have no sample that came to an end."
                            : "The logs have too many samples.",
                    "Name logs with 1 to " + MOST_ITEMS + " samples.");
        }
        // The same order for the same seed, whatever the order in which they were named.
        found.sort(Comparator.comparing(Item::log).thenComparing(Item::sample).thenComparing(Item::epoch));
        Collections.shuffle(found, new Random(seed));
        List<Item> items = new ArrayList<>();
        for (Item one : found) {
            items.add(new Item(
                    Rating.letter(items.size()),
                    one.log(),
                    one.sample(),
                    one.epoch(),
                    one.task(),
                    one.who(),
                    one.person(),
                    one.session()));
        }
        Rating rating = new Rating(RatingStore.newId(), Instant.now(), by, seed, rubric, items);
        store.create(rating);
        return rating;
    }

    /** All ratings, newest first. */
    public List<Rating> list() {
        return store.list();
    }

    /** The one of that id; an unambiguous part of it will do. */
    public Rating find(String named) {
        return store.find(named);
    }

    /** What happened to it, oldest first. */
    public List<RatingEntry> history(Rating rating) {
        return store.entries(rating.id());
    }

    /** How far each sample of it is, by letter. */
    public List<Standing> standings(Rating rating) {
        List<RatingEntry> entries = history(rating);
        return rating.items().stream()
                .map(item -> Standing.of(rating, entries, item.letter()))
                .toList();
    }

    /** Whether it was told who solved what. */
    public boolean revealed(Rating rating) {
        return revealed(history(rating));
    }

    private static boolean revealed(List<RatingEntry> entries) {
        return entries.stream().anyMatch(entry -> entry.kind() == Kind.REVEALED);
    }

    /**
     * A sample as who rates it sees it.
     *
     * @throws ExpectedFailure if there is no such sample, or its log can't be read
     */
    public Blind show(Rating rating, String letter) {
        Item item = rating.item(letter);
        BlindFailures failures = new BlindFailures(rating.id(), revealed(rating));
        JsonNode said = failures.withLog(item.letter(), item.log(), named -> new RateLogs(environment)
                .sample(item.log(), named, item.sample(), item.epoch()));
        return failures.with(item.letter(), () -> show(rating, item, said));
    }

    private Blind show(Rating rating, Item item, JsonNode said) {
        List<Blind.Step> steps = new ArrayList<>();
        said.path("steps")
                .forEach(step -> steps.add(new Blind.Step(
                        step.path("entered").asText(), step.path("shown").asText())));
        if (item.person()) {
            steps.addAll(new DoneByHand(environment).of(item));
        }
        List<String> names = new ArrayList<>(Blind.names(item.who()));
        names.add(item.session());
        // Of the others as well: a task that a person wrote may name them.
        rating.items().forEach(other -> names.addAll(Blind.names(other.who())));
        // And of whom the machine was handed over to.
        new Helpers(environment).handed(item).forEach(helper -> names.addAll(Blind.names(helper)));
        return Blind.of(
                item.letter(),
                said.path("input").asText(),
                said.path("answer").asText(),
                steps,
                said.path("more").asBoolean(),
                names);
    }

    /**
     * Gives points. What was given before stays in the history.
     *
     * @throws ExpectedFailure if there is no such sample or criterion, so much can't be given, or there is no reason
     */
    public Standing give(Rating rating, String letter, String criterion, double points, String reason, String by) {
        Item item = rating.item(letter);
        Criterion about = rating.rubric().criterion(criterion);
        about.check(points);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw ExpectedFailure.usage(
                    reason.isBlank()
                            ? "There is no reason."
                            : "The reason is longer than " + LONGEST_REASON + " characters.",
                    "Say in a sentence why; it goes into the log.");
        }
        return store.locked(rating.id(), () -> {
            List<RatingEntry> before = store.entries(rating.id());
            Optional<Double> was = Optional.ofNullable(
                            Standing.of(rating, before, item.letter()).given().get(criterion))
                    .flatMap(RatingEntry::after);
            store.append(
                    rating.id(),
                    new RatingEntry(
                            Instant.now(),
                            by,
                            Kind.GIVEN,
                            item.letter(),
                            criterion,
                            was,
                            Optional.of(points),
                            reason.strip(),
                            revealed(before)));
            return Standing.of(rating, store.entries(rating.id()), item.letter());
        });
    }

    /**
     * What was written.
     *
     * @param letters the samples whose logs have their points now
     * @param metrics whether the metrics of all these logs were computed anew
     */
    public record Written(List<String> letters, boolean metrics) {}

    /** Writes the points of all samples that are rated, and are not written as they are now, into their logs. */
    public Written write(Rating rating, String by) {
        return write(rating, rating.items().stream().map(Item::letter).collect(Collectors.toSet()), by);
    }

    /**
     * The same for some samples. A log that can't be written keeps none of the others from it.
     *
     * @param letters which samples
     * @param by      who writes them, for the logs
     * @throws ExpectedFailure if some could not be written, which it names; the others were
     */
    public Written write(Rating rating, Set<String> letters, String by) {
        return store.locked(rating.id(), () -> {
            List<RatingEntry> entries = store.entries(rating.id());
            Map<String, List<Item>> logs = new LinkedHashMap<>();
            for (Item item : rating.items()) {
                Standing standing = Standing.of(rating, entries, item.letter());
                if (letters.contains(item.letter()) && standing.complete() && !standing.written()) {
                    logs.computeIfAbsent(item.log(), made -> new ArrayList<>()).add(item);
                }
            }
            BlindFailures failures = new BlindFailures(rating.id(), revealed(entries));
            List<String> written = new ArrayList<>();
            List<String> left = new ArrayList<>();
            ExpectedFailure first = null;
            boolean metrics = true;
            for (List<Item> items : logs.values()) {
                String named = items.stream().map(Item::letter).collect(Collectors.joining(", "));
                try {
                    metrics &= failures.withLog(
                            named, items.getFirst().log(), about -> rate(rating, entries, items, about, by));
                } catch (ExpectedFailure e) {
                    first = first == null ? e : first;
                    left.add(named);
                    continue;
                }
                for (Item item : items) {
                    store.append(rating.id(), about(Kind.WRITTEN, item.letter(), by, revealed(entries)));
                    written.add(item.letter());
                }
            }
            if (first != null) {
                throw ExpectedFailure.failed(
                                "Not written into the logs: " + String.join(", ", left) + ". " + first.getMessage(),
                                (written.isEmpty() ? "" : "Written: " + String.join(", ", written) + ". ")
                                        + first.nextStep())
                        .withDetails(first.details());
            }
            return new Written(written, metrics);
        });
    }

    private boolean rate(Rating rating, List<RatingEntry> entries, List<Item> items, String about, String by) {
        List<RateLogs.Edit> edits =
                items.stream().map(item -> edit(rating, entries, item)).toList();
        return new RateLogs(environment).rate(items.getFirst().log(), about, edits, by.isEmpty() ? "corral" : by);
    }

    private static RateLogs.Edit edit(Rating rating, List<RatingEntry> entries, Item item) {
        Standing standing = Standing.of(rating, entries, item.letter());
        StringBuilder words = new StringBuilder();
        Map<String, Object> criteria = new LinkedHashMap<>();
        boolean blinded = true;
        for (Criterion criterion : rating.rubric().criteria()) {
            RatingEntry given = standing.given().get(criterion.name());
            if (given == null) {
                throw new IllegalStateException(item.letter() + " is not rated");
            }
            double points = given.after().orElse(0.0);
            blinded &= !given.seen();
            words.append(criterion.name())
                    .append(": ")
                    .append(Points.words(points))
                    .append(" of ")
                    .append(Points.words(criterion.points()))
                    .append(". ")
                    .append(given.reason())
                    .append('\n');
            criteria.put(
                    criterion.name(),
                    Map.of("points", points, "of", criterion.points(), "reason", given.reason(), "by", given.by()));
        }
        Map<String, Object> rubric = new LinkedHashMap<>();
        rubric.put("name", rating.rubric().name());
        rubric.put("rating", rating.id());
        rubric.put("points", standing.points());
        rubric.put("of", standing.of());
        rubric.put("blinded", blinded);
        rubric.put("criteria", criteria);
        return new RateLogs.Edit(
                item.sample(),
                item.epoch(),
                rating.rubric().scorer(),
                standing.share(),
                words.toString().strip(),
                rubric,
                "Rated by hand with the rubric " + rating.rubric().name() + " (" + rating.id() + ")"
                        + (blinded ? ", without seeing who solved it" : ""),
                rating.rubric().replace());
    }

    /**
     * Tells who solved what, beside whom the machine was handed over to and who came. From then on what is rated says that it was known.
     *
     * @throws ExpectedFailure if not everything is rated and nobody insists
     */
    public List<Item> reveal(Rating rating, boolean insist, String by) {
        return store.locked(rating.id(), () -> {
            List<String> open = standings(rating).stream()
                    .filter(one -> !one.complete())
                    .map(Standing::letter)
                    .toList();
            if (!open.isEmpty() && !insist) {
                throw ExpectedFailure.failed(
                        "Not everything is rated: " + String.join(", ", open.subList(0, Math.min(20, open.size())))
                                + ".",
                        "Rate it first; --anyway tells now, and what is rated afterwards says so.");
            }
            if (!revealed(rating)) {
                store.append(rating.id(), about(Kind.REVEALED, "", by, true));
            }
            return rating.items().stream().map(this::credited).toList();
        });
    }

    /** Who solved what, once that was told; empty before. */
    public Optional<List<Item>> told(Rating rating) {
        return revealed(rating)
                ? Optional.of(rating.items().stream().map(this::credited).toList())
                : Optional.empty();
    }

    private Item credited(Item item) {
        List<String> came = new Helpers(environment)
                .came(item).stream().filter(who -> !who.equals(item.who())).toList();
        return came.isEmpty()
                ? item
                : new Item(
                        item.letter(),
                        item.log(),
                        item.sample(),
                        item.epoch(),
                        item.task(),
                        item.who() + " with " + String.join(", ", came),
                        item.person(),
                        item.session());
    }

    private static RatingEntry about(Kind kind, String letter, String by, boolean seen) {
        return new RatingEntry(Instant.now(), by, kind, letter, "", Optional.empty(), Optional.empty(), "", seen);
    }
}
