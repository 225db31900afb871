package dev.corral.core.solve.rubric;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import dev.corral.core.base.OrdinaryFile;
import dev.corral.core.base.PlainText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * By what a sample is rated.
 *
 * @param name         what it is called
 * @param instructions what raters are told; may be empty
 * @param scorer       the name of the score in the log
 * @param replace      whether a scorer's own score of that name may be replaced
 * @param criteria     what is looked at
 */
public record Rubric(String name, String instructions, String scorer, boolean replace, List<Criterion> criteria) {
    /** The score's name where none is given. */
    public static final String USUAL_SCORER = "rubric";

    private static final long LARGEST = 1 << 20;
    private static final int MOST_CRITERIA = 50;
    private static final int MOST_POINTS = 1_000;
    private static final int DECIMALS = 2;
    private static final Set<String> FIELDS = Set.of("name", "instructions", "scorer", "replace", "criteria");
    private static final Set<String> OF_CRITERION = Set.of("name", "text", "points", "pass_fail");

    /** Copies the list, and fills what is absent. */
    public Rubric {
        instructions = Objects.requireNonNullElse(instructions, "");
        scorer = Objects.requireNonNullElse(scorer, USUAL_SCORER);
        criteria = List.copyOf(criteria);
    }

    /**
     * One thing that is looked at.
     *
     * @param name     names it, in one word
     * @param text     what is asked
     * @param points   the most that can be given
     * @param passFail whether it is all or nothing
     */
    public record Criterion(String name, String text, double points, boolean passFail) {
        /** Fills what is absent. */
        public Criterion {
            text = Objects.requireNonNullElse(text, "");
        }

        /**
         * Whether so much can be given.
         *
         * @throws ExpectedFailure if not
         */
        void check(double given) {
            boolean fits = passFail
                    ? given == 0 || given == points
                    : given >= 0 && given <= points && decimals(given) <= DECIMALS;
            if (!fits) {
                throw ExpectedFailure.usage(
                        name + " takes "
                                + (passFail
                                        ? "pass or fail"
                                        : "0 to " + Points.words(points) + " points, with two decimals")
                                + ".",
                        passFail ? "Say --pass or --fail." : "Say --points N.");
            }
        }
    }

    // As it was written: a hundred times 0.29 is no whole number.
    private static int decimals(double given) {
        return BigDecimal.valueOf(given).stripTrailingZeros().scale();
    }

    /** The most that can be given in all. */
    public double points() {
        return criteria.stream().mapToDouble(Criterion::points).sum();
    }

    /**
     * The criterion of that name.
     *
     * @throws ExpectedFailure if there is none
     */
    public Criterion criterion(String named) {
        return criteria.stream()
                .filter(one -> one.name().equals(named))
                .findFirst()
                .orElseThrow(() -> ExpectedFailure.notFound(
                        "The rubric has no criterion " + PlainText.line(named, 60) + ".",
                        "It has: "
                                + String.join(
                                        ", ",
                                        criteria.stream().map(Criterion::name).toList())));
    }

    /**
     * Reads one from a JSON file. A word in it that means nothing is refused: a slip must not lose a criterion.
     *
     * @throws ExpectedFailure if it is none
     */
    public static Rubric read(Path file) {
        try {
            return of(OrdinaryFile.read(file, LARGEST));
        } catch (NoSuchFileException e) {
            throw ExpectedFailure.notFound("There is no rubric " + file + ".", "Name a JSON file with criteria.");
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The rubric " + file + " can't be read: " + PlainText.line(String.valueOf(e.getMessage()), 200)
                            + ".",
                    "Name a JSON file with criteria.",
                    e);
        }
    }

    static Rubric of(byte[] text) {
        JsonNode whole;
        try {
            whole = Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .readTree(text);
        } catch (JsonProcessingException e) {
            throw wrong("it is no JSON (" + PlainText.line(e.getOriginalMessage(), 160)
                    + (e.getLocation() == null
                            ? ""
                            : ", line " + e.getLocation().getLineNr()) + ")");
        } catch (IOException e) {
            throw wrong("it can't be read");
        }
        known(whole, FIELDS, "it");
        JsonNode listed = whole.path("criteria");
        if (!listed.isArray() || listed.isEmpty() || listed.size() > MOST_CRITERIA) {
            throw wrong("\"criteria\" must be a list of 1 to " + MOST_CRITERIA);
        }
        List<Criterion> criteria = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode one : listed) {
            Criterion criterion = criterion(one, criteria.size() + 1);
            if (!names.add(criterion.name())) {
                throw wrong("two criteria are called " + criterion.name());
            }
            criteria.add(criterion);
        }
        String scorer = word(whole, "scorer", USUAL_SCORER, 60);
        if (!scorer.matches("[A-Za-z0-9_/.-]+")) {
            throw wrong("\"scorer\" must be letters, digits, dashes and underscores");
        }
        return new Rubric(
                word(whole, "name", "rubric", 100),
                words(whole, "instructions", 20_000),
                scorer,
                truth(whole, "replace", "it"),
                criteria);
    }

    private static Criterion criterion(JsonNode one, int number) {
        String named = "criterion " + number;
        known(one, OF_CRITERION, named);
        String name = word(one, "name", "", 40);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw wrong(named + " needs a \"name\" of letters, digits, dashes and underscores");
        }
        boolean passFail = truth(one, "pass_fail", named);
        JsonNode points = one.path("points");
        if (points.isMissingNode() && !passFail) {
            throw wrong(name + " needs \"points\", or \"pass_fail\": true");
        }
        double most = points.isMissingNode() ? 1 : points.asDouble();
        if (!points.isMissingNode() && (!points.isNumber() || !(most > 0) || most > MOST_POINTS)) {
            throw wrong("the \"points\" of " + name + " must be a number up to " + MOST_POINTS);
        }
        return new Criterion(name, words(one, "text", 5_000), most, passFail);
    }

    private static void known(JsonNode node, Set<String> fields, String named) {
        if (node == null || !node.isObject()) {
            throw wrong(named + " is no JSON object");
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw wrong("\"" + PlainText.line(field, 40) + "\" of " + named + " means nothing; known are "
                        + String.join(", ", fields.stream().sorted().toList()));
            }
        });
    }

    private static boolean truth(JsonNode node, String field, String named) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && !value.isBoolean()) {
            throw wrong("\"" + field + "\" of " + named + " must be true or false");
        }
        return value.asBoolean(false);
    }

    private static String words(JsonNode node, String field, int most) {
        JsonNode value = node.path(field);
        if (!value.isMissingNode() && (!value.isTextual() || value.asText().length() > most)) {
            throw wrong("\"" + field + "\" must be a text of up to " + most + " characters");
        }
        return value.asText("");
    }

    private static String word(JsonNode node, String field, String otherwise, int most) {
        String text = words(node, field, most).strip();
        return text.isEmpty() ? otherwise : text;
    }

    private static ExpectedFailure wrong(String what) {
        return ExpectedFailure.usage(
                "The rubric can't be used: " + what + ".",
                "A rubric looks like {\"name\": \"Report\", \"criteria\": [{\"name\": \"cause\", \"text\": \"Names the cause\", "
                        + "\"points\": 3}, {\"name\": \"safe\", \"text\": \"Broke nothing\", \"pass_fail\": true}]}.");
    }
}
