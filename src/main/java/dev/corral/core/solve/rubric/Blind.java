package dev.corral.core.solve.rubric;

import dev.corral.core.base.PlainText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sample as who rates it sees it: what was asked, what was done and what was answered, in one form whoever did it. Names of people,
 * sessions and models are taken out. Pure.
 *
 * @param letter what it is called
 * @param task   what was asked
 * @param answer what was answered
 * @param steps  what was done
 * @param more   whether more was done than is shown
 */
public record Blind(String letter, String task, String answer, List<Step> steps, boolean more) {
    /** What stands for a name. */
    static final String NAME = "[name]";

    private static final int SHORTEST = 3;
    private static final int MOST_STEPS = 300;
    private static final int MOST_LINES = 60;

    /** Copies the list. */
    public Blind {
        steps = List.copyOf(steps);
    }

    /**
     * A command, or what a tool was given.
     *
     * @param entered what was entered
     * @param shown   what it showed
     */
    public record Step(String entered, String shown) {}

    /** The same without these names. */
    static Blind of(String letter, String task, String answer, List<Step> steps, boolean more, List<String> names) {
        List<Pattern> patterns = names.stream()
                .map(String::strip)
                .filter(name -> name.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(name -> Pattern.compile(
                        "(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
                .toList();
        List<Step> shown = new ArrayList<>();
        for (Step step : steps.subList(0, Math.min(MOST_STEPS, steps.size()))) {
            shown.add(new Step(without(step.entered().strip(), patterns), without(lines(step.shown()), patterns)));
        }
        return new Blind(
                letter,
                without(task.strip(), patterns),
                without(answer.strip(), patterns),
                shown,
                more || steps.size() > MOST_STEPS);
    }

    private static String lines(String text) {
        List<String> lines = text.strip().lines().toList();
        return lines.size() <= MOST_LINES
                ? String.join("\n", lines)
                : String.join("\n", lines.subList(0, MOST_LINES)) + "\n… " + (lines.size() - MOST_LINES)
                        + " lines more";
    }

    private static String without(String text, List<Pattern> names) {
        StringBuilder plain = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            plain.append(plain.isEmpty() ? "" : "\n").append(PlainText.of(line));
        }
        String result = plain.toString();
        for (Pattern name : names) {
            result = name.matcher(result).replaceAll(NAME);
        }
        return result;
    }

    /** The names that a solver goes by: whole, and without what companies put before it. */
    static List<String> names(String who) {
        List<String> names = new ArrayList<>(List.of(who));
        int slash = who.lastIndexOf('/');
        if (slash >= 0) {
            names.add(who.substring(slash + 1));
        }
        for (String word : who.split("[\\s/]+")) {
            // A part of a person's name; words that a task may well need are left.
            if (word.length() > SHORTEST && Character.isUpperCase(word.charAt(0))) {
                names.add(word);
            }
        }
        names.removeIf(name -> name.toLowerCase(Locale.ROOT).equals("none"));
        return names;
    }
}
