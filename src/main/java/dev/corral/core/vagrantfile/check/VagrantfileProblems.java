package dev.corral.core.vagrantfile.check;

import dev.corral.core.vagrantfile.Problem;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Problems;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveFailure;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import dev.corral.core.vagrantfile.syntax.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Joins what Ruby's parser, the known settings and Vagrant itself say of a Vagrantfile into one list. What Vagrant said counts more than
 * what its words look like: where both speak of one thing, its severity is taken and the place in the line from the text.
 */
public final class VagrantfileProblems {
    private static final Pattern MEANT = Pattern.compile("(?s)(.+?\\.) Did you mean (\\S+)\\?");
    private static final int ANY_COLUMN = 1;
    private static final Word FIRST = new Word("", 1, ANY_COLUMN, ANY_COLUMN + 1);

    private VagrantfileProblems() {}

    /**
     * The problems in the order of files and lines. Looks at the disk for files that the resolution names, and at nothing else.
     *
     * @param vagrantfile the Vagrantfile
     * @param parsed      what its text says
     * @param resolution  what Vagrant said of the same text; empty if it was not asked
     * @param known       what words are held against
     */
    public static List<VagrantfileProblem> of(
            Path vagrantfile, ParsedRuby parsed, Optional<Resolution> resolution, Known known) {
        String file = vagrantfile.toString();
        List<VagrantfileProblem> all = new ArrayList<>();
        parsed.problems()
                .forEach(mark -> all.add(new VagrantfileProblem(
                        file,
                        mark.line(),
                        mark.column(),
                        mark.end(),
                        mark.severity(),
                        mark.message(),
                        "",
                        Optional.empty())));
        List<Remark> remarks = WordCheck.of(parsed, known);
        Set<Remark> joined = new HashSet<>();
        boolean ruby = parsed.problems().stream().noneMatch(mark -> mark.severity() == Severity.ERROR);
        resolution.ifPresent(told -> Problems.of(told).stream()
                // Ruby's own words for it, which name a worse place.
                .filter(problem -> ruby || !problem.file().equals(file) || !syntax(told))
                .map(problem -> joined(problem, file, parsed, remarks, joined))
                .forEach(all::add));
        remarks.stream()
                .filter(remark -> !joined.contains(remark))
                .filter(remark -> resolution
                        .filter(told -> told.anyFailure().isEmpty())
                        .map(told -> counts(remark, told))
                        .orElse(true))
                .map(remark -> of(file, remark))
                .forEach(all::add);
        return all.stream().distinct().sorted(VagrantfileProblem.ORDER).toList();
    }

    // Vagrant has said which boxes and plugins are missing. What it did not speak of stands where the file does not
    // come to, behind a
    // question for a plugin for instance, or is brought along by the file.
    private static boolean counts(Remark remark, Resolution told) {
        return switch (remark.about()) {
            case SETTING, MACHINE -> true;
            case TYPE ->
                told.machines().stream()
                        .flatMap(machine -> machine.provisioners().stream())
                        .noneMatch(one ->
                                one.known() && one.type().equals(remark.word().text()));
            case PART, PLUGIN, PROVIDER, BOX -> false;
        };
    }

    private static boolean syntax(Resolution told) {
        return told.failure()
                .map(ResolveFailure::type)
                .filter("SyntaxError"::equals)
                .isPresent();
    }

    private static VagrantfileProblem joined(
            Problem problem, String file, ParsedRuby parsed, List<Remark> remarks, Set<Remark> joined) {
        List<Remark> same = remarks.stream()
                .filter(remark -> problem.file().equals(file)
                        && near(remark, problem)
                        && names(problem.text(), remark.word().text()))
                .toList();
        joined.addAll(same);
        Matcher meant = MEANT.matcher(problem.text());
        boolean told = meant.matches();
        String sentence = told ? meant.group(1) : problem.text();
        if (same.isEmpty()) {
            Word at = nowhere(problem, file) && problem.text().startsWith("The plugin ")
                    ? plugins(parsed).orElse(FIRST)
                    : new Word("", problem.line(), problem.column(), problem.column() + 1);
            return new VagrantfileProblem(
                    problem.file(),
                    at.line(),
                    at.column(),
                    at.end(),
                    problem.severity(),
                    sentence,
                    told ? "Did you mean " + meant.group(2) + "?" : "",
                    Optional.empty());
        }
        Remark remark = same.getFirst();
        Optional<String> name = told ? Optional.of(meant.group(2)) : remark.suggestion();
        return new VagrantfileProblem(
                problem.file(),
                remark.word().line(),
                problem.column() > ANY_COLUMN ? problem.column() : remark.word().column(),
                remark.word().end(),
                problem.severity(),
                sentence,
                name.map(one -> "Did you mean " + one + "?").orElseGet(remark::step),
                name.map(one -> new Fix(
                        remark.word().line(),
                        remark.word().column(),
                        remark.word().end(),
                        one)));
    }

    // Vagrant does not tell where a file asks for a plugin.
    private static boolean near(Remark remark, Problem problem) {
        return remark.word().line() == problem.line()
                || remark.about() == Remark.About.PLUGIN && problem.line() == 1 && problem.column() == ANY_COLUMN;
    }

    private static boolean nowhere(Problem problem, String file) {
        return problem.line() == 1
                && problem.column() == ANY_COLUMN
                && problem.file().equals(file);
    }

    // Where the file names those that it needs.
    private static Optional<Word> plugins(ParsedRuby parsed) {
        return parsed.settings().stream()
                .filter(use -> use.path().equals("vagrant.plugins"))
                .map(use -> use.parts().getLast())
                .findFirst();
    }

    private static boolean names(String text, String word) {
        return !word.isEmpty()
                && Pattern.compile("(?<![\\w/-])" + Pattern.quote(word) + "(?![\\w/-])")
                        .matcher(text)
                        .find();
    }

    private static VagrantfileProblem of(String file, Remark remark) {
        return new VagrantfileProblem(
                file,
                remark.word().line(),
                remark.word().column(),
                remark.word().end(),
                Severity.WARNING,
                remark.sentence(),
                remark.step(),
                remark.fix());
    }
}
