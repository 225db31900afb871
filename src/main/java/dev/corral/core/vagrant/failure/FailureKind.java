package dev.corral.core.vagrant.failure;

import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.PhaseKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure that is known: how it is recognised, and what is said of it. It is recognised by any one of its signs (error class, text, lines
 * of the phase, exit code), where what it requires besides holds. Named groups of the patterns can be used in what is said, as
 * {@code {name}}; a part in square brackets is left out when one in it was not found.
 */
final class FailureKind {
    private static final int LONGEST = 200;
    // What a guest or a program prints may be anything.
    private static final int SEARCHED = 16 << 10;
    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\[\\]]*)]");
    private static final Pattern HOLE = Pattern.compile("\\{(\\w+)}");

    private final String name;
    private final Layer layer;
    private final List<Pattern> classes = new ArrayList<>();
    private final List<Pattern> texts = new ArrayList<>();
    private final List<Pattern> lines = new ArrayList<>();
    private final List<Pattern> required = new ArrayList<>();
    private final List<Pattern> telling = new ArrayList<>();
    private Set<Integer> exits = Set.of();
    private Set<PhaseKind> phases = Set.of();
    private String sentence = "";
    private String nextStep = "";
    private Remedy.@Nullable Kind remedy;
    private String argument = "";

    private FailureKind(String name, Layer layer) {
        this.name = name;
        this.layer = layer;
    }

    static FailureKind named(String name, Layer layer) {
        return new FailureKind(name, layer);
    }

    /** Recognised by an error class: patterns for its whole name. */
    FailureKind byClass(String... patterns) {
        for (String pattern : patterns) {
            classes.add(Pattern.compile(pattern));
        }
        return this;
    }

    /** Recognised by what Vagrant says. */
    FailureKind saying(String... patterns) {
        for (String pattern : patterns) {
            texts.add(Pattern.compile(pattern));
        }
        return this;
    }

    /** Recognised by the last lines of the phase. */
    FailureKind printing(String... patterns) {
        for (String pattern : patterns) {
            lines.add(Pattern.compile(pattern, Pattern.MULTILINE));
        }
        return this;
    }

    FailureKind exiting(Integer... codes) {
        exits = Set.of(codes);
        return this;
    }

    /** Vagrant must say this as well. */
    FailureKind where(String pattern) {
        required.add(Pattern.compile(pattern));
        return this;
    }

    /** What the last lines may say besides, for the words that are in it; it proves nothing. */
    FailureKind noting(String... patterns) {
        for (String pattern : patterns) {
            telling.add(Pattern.compile(pattern));
        }
        return this;
    }

    /** Only in these phases. */
    FailureKind in(PhaseKind... kinds) {
        phases = Set.of(kinds);
        return this;
    }

    FailureKind means(String words) {
        sentence = words;
        return this;
    }

    FailureKind then(String words) {
        nextStep = words;
        return this;
    }

    FailureKind remedy(Remedy.Kind kind) {
        return remedy(kind, "");
    }

    FailureKind remedy(Remedy.Kind kind, String with) {
        remedy = kind;
        argument = with;
        return this;
    }

    String name() {
        return name;
    }

    /** What is the matter, if it is this. */
    Optional<Diagnosis> in(Signs signs) {
        if (!phases.isEmpty() && !phases.contains(signs.phase())) {
            return Optional.empty();
        }
        Map<String, String> found = new HashMap<>();
        found.put("what", signs.which().isEmpty() ? "" : " " + signs.which());
        // Each of them, for the words that it finds.
        boolean inText = finds(texts, signs.text(), found);
        boolean inLines = finds(lines, signs.lines(), found);
        boolean recognised = inText
                || inLines
                || exits.contains(signs.exitCode())
                || classes.stream()
                        .anyMatch(one -> one.matcher(signs.errorClass()).matches());
        if (!recognised || !required.stream().allMatch(one -> finds(List.of(one), signs.text(), found))) {
            return Optional.empty();
        }
        telling.forEach(one -> finds(List.of(one), signs.lines(), found));
        return Optional.of(new Diagnosis(
                name,
                layer,
                filled(sentence, found),
                filled(nextStep, found),
                Optional.ofNullable(remedy).map(kind -> new Remedy(kind, filled(argument, found)))));
    }

    // The last place counts: a command says at its end why it ended.
    private static boolean finds(List<Pattern> patterns, String whole, Map<String, String> found) {
        String text = whole.length() > 2 * SEARCHED
                ? whole.substring(0, SEARCHED) + "\n" + whole.substring(whole.length() - SEARCHED)
                : whole;
        boolean any = false;
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                any = true;
                pattern.namedGroups().forEach((group, number) -> {
                    String value = matcher.group(number);
                    if (value != null && !value.isBlank()) {
                        found.put(group, PlainText.line(value, LONGEST));
                    }
                });
            }
        }
        return any;
    }

    private static String filled(String words, Map<String, String> found) {
        String whole = OPTIONAL.matcher(words).replaceAll(part -> {
            boolean all = HOLE.matcher(part.group(1)).results().allMatch(hole -> found.containsKey(hole.group(1)));
            return all ? Matcher.quoteReplacement(part.group(1)) : "";
        });
        return HOLE.matcher(whole).replaceAll(hole -> Matcher.quoteReplacement(found.getOrDefault(hole.group(1), "")));
    }
}
