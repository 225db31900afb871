package dev.corral.core.vagrantfile;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.ExpectedFailure.Kind;
import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.RubyCauses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Vagrantfile raised, in words for the user. */
public final class FailureWords {
    private static final Pattern MISSING_KEY =
            Pattern.compile("key not found: \"([A-Za-z_][A-Za-z0-9_]*)\".*", Pattern.DOTALL);
    private static final int LONGEST = 400;

    private FailureWords() {}

    /** The failure to show. */
    public static ExpectedFailure of(Path vagrantfile, ResolveFailure failure) {
        RubyCauses.Place place = place(vagrantfile, failure.place());
        String sentence;
        String nextStep;
        if (failure.type().equals("SystemExit")) {
            sentence = place.file() + " ends Vagrant itself" + place.line() + ": " + said(failure) + ".";
            nextStep = "Do what it says, or take that out, then start again.";
        } else {
            RubyCauses.Cause cause = RubyCauses.of(failure.type(), failure.message(), place, folder(vagrantfile));
            sentence = cause.sentence();
            nextStep = failure.didYouMean().isEmpty()
                    ? cause.nextStep()
                    : "Did you mean " + PlainText.line(failure.didYouMean().getFirst(), 80) + "?";
        }
        return ExpectedFailure.failed(sentence, nextStep).withDetails(details(failure));
    }

    /** The failure to show for one that did not end. */
    static ExpectedFailure late(Path vagrantfile, Duration limit, Optional<ResolveFailure> failure) {
        String where = failure.map(one -> where(vagrantfile, one.place())).orElse("");
        return new ExpectedFailure(
                Kind.TIMED_OUT,
                "The Vagrantfile was not done after " + limit.toSeconds() + " s"
                        + (where.isEmpty() ? "" : "; it was" + where) + ".",
                "Look for a loop or a program there that does not end.",
                failure.map(FailureWords::details).orElse(""),
                null);
    }

    /** What was said, on one line. */
    static String said(ResolveFailure failure) {
        String text = PlainText.line(failure.message(), LONGEST);
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return switch (failure.type()) {
            case "SystemExit", "SyntaxError" -> text;
            default -> failure.type() + (text.isEmpty() || text.equals(failure.type()) ? "" : ", " + text);
        };
    }

    /** The variable that was asked for and is not set. */
    static Optional<String> missingVariable(ResolveFailure failure) {
        Matcher matcher = MISSING_KEY.matcher(failure.message());
        return failure.type().equals("KeyError") && matcher.matches()
                ? Optional.of(matcher.group(1))
                : Optional.empty();
    }

    // As everywhere else: the Vagrantfile itself, or a file that it loads.
    private static RubyCauses.Place place(Path vagrantfile, Place place) {
        boolean own = !place.known() || place.file().equals(vagrantfile.toString());
        String folder = folder(vagrantfile);
        String file = own
                ? "The Vagrantfile"
                : PlainText.line(
                                place.file().startsWith(folder)
                                        ? place.file().substring(folder.length())
                                        : place.file(),
                                200)
                        + ", which the Vagrantfile loads,";
        return new RubyCauses.Place(file, place.line() > 0 ? " in line " + place.line() : "");
    }

    private static String folder(Path vagrantfile) {
        Path folder = vagrantfile.getParent();
        return folder == null ? "/" : folder + "/";
    }

    private static String where(Path vagrantfile, Place place) {
        if (!place.known()) {
            return "";
        }
        String line = place.line() > 0 ? " in line " + place.line() : "";
        return place.file().equals(vagrantfile.toString()) ? line : line + " of " + PlainText.line(place.file(), 200);
    }

    private static String details(ResolveFailure failure) {
        String first = PlainText.line(failure.type() + ": " + failure.message(), LONGEST);
        return failure.backtrace().isEmpty() ? first : first + "\n" + String.join("\n", failure.backtrace());
    }
}
