package dev.corral.console.vagrantfile.help;

import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.Mark;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.check.Known;
import dev.corral.core.vagrantfile.check.VagrantfileLanguage;
import dev.corral.core.vagrantfile.check.VagrantfileProblem;
import dev.corral.core.vagrantfile.check.VagrantfileProblems;
import dev.corral.core.vagrantfile.complete.Hover;
import dev.corral.core.vagrantfile.complete.Names;
import dev.corral.core.vagrantfile.complete.ResolvedValues;
import dev.corral.core.vagrantfile.syntax.ParsedRuby;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Help with Ruby: what its parser, the installed Vagrant's settings and, for a saved text, Vagrant itself say. Runs no Vagrantfile. */
final class RubyHelp implements EditorHelp {
    private final Path file;
    private final VagrantfileLanguage language;
    private final Supplier<List<String>> variables;
    private final Supplier<Optional<Meaning>> meaning;

    /**
     * What Vagrant said of a Vagrantfile.
     *
     * @param file       the file
     * @param text       its text as it was then
     * @param resolution what was said
     */
    record Meaning(Path file, String text, Resolution resolution) {}

    /**
     * @param file      the file that is edited
     * @param variables names of the environment's variables
     * @param meaning   what Vagrant said last; asked on any thread
     */
    RubyHelp(
            Path file,
            VagrantfileLanguage language,
            Supplier<List<String>> variables,
            Supplier<Optional<Meaning>> meaning) {
        this.file = file;
        this.language = language;
        this.variables = variables;
        this.meaning = meaning;
    }

    /** A place in a text: its line and column, both from 1, and where the line begins, from 0. */
    private record Spot(int line, int column, int lineAt) {
        static Spot of(String text, int offset) {
            int line = 1;
            int lineAt = 0;
            for (int at = 0; at < offset; at++) {
                if (text.charAt(at) == '\n') {
                    line++;
                    lineAt = at + 1;
                }
            }
            return new Spot(line, offset - lineAt + 1, lineAt);
        }
    }

    @Override
    public Completions completions(String text, int caret) {
        Spot spot = Spot.of(text, caret);
        ParsedRuby parsed = language.parse(file.toString(), text);
        List<String> machines = meaning.get().stream()
                .flatMap(known -> known.resolution.machines().stream())
                .map(machine -> machine.name())
                .toList();
        List<dev.corral.core.vagrantfile.complete.Candidate> found =
                dev.corral.core.vagrantfile.complete.Completions.at(
                        text, spot.line, spot.column, parsed, new Names(known(), machines, variables.get()));
        if (found.isEmpty()) {
            return Completions.none();
        }
        int from = found.getFirst().from();
        return new Completions(
                spot.lineAt + from - 1,
                found.stream()
                        .filter(one -> one.from() == from)
                        .map(one -> new Candidate(
                                one.insert(), one.kind().name().toLowerCase(Locale.ROOT), one.explanation()))
                        .toList());
    }

    @Override
    public Optional<String> hover(String text, int offset) {
        Spot spot = Spot.of(text, offset);
        return Hover.at(language.parse(file.toString(), text), spot.line, spot.column, known().keys())
                .map(found -> {
                    List<String> lines = new ArrayList<>(List.of(found.title()));
                    if (!found.words().isEmpty()) {
                        lines.add(found.words());
                    }
                    lines.addAll(values(text, found.title()));
                    return String.join("\n", lines);
                });
    }

    // What was saved last is what Vagrant was asked about; a file that it reads has the same meaning.
    private List<String> values(String text, String path) {
        Optional<Meaning> known = meaning.get();
        List<String> values =
                known.map(said -> ResolvedValues.of(said.resolution, path)).orElse(List.of());
        boolean older = known.filter(said -> said.file.equals(file) && !said.text.equals(text))
                .isPresent();
        return values.isEmpty() || !older
                ? values
                : Stream.concat(values.stream(), Stream.of("as it was saved last"))
                        .toList();
    }

    // Where Vagrant does not answer, the text can still be read as Ruby.
    private Known known() {
        try {
            return language.known();
        } catch (ExpectedFailure e) {
            return Known.NOTHING;
        }
    }

    @Override
    public List<Mark> problems(String text) {
        ParsedRuby parsed;
        try {
            parsed = language.parse(file.toString(), text);
        } catch (ExpectedFailure e) {
            return List.of(
                    Mark.at(1, 1, Mark.Severity.WARNING, "This text is not checked: " + e.getMessage(), e.nextStep()));
        }
        Optional<Resolution> said = meaning.get()
                .filter(known -> known.file.equals(file) && known.text.equals(text))
                .map(Meaning::resolution);
        List<Mark> marks = new ArrayList<>();
        VagrantfileProblems.of(file, parsed, said, known()).forEach(problem -> marks.add(mark(problem)));
        return List.copyOf(marks);
    }

    // What is wrong in another file that this one reads is told at its beginning: that other one may not be open.
    private Mark mark(VagrantfileProblem problem) {
        Mark.Severity severity = problem.severity() == Severity.ERROR ? Mark.Severity.ERROR : Mark.Severity.WARNING;
        if (!problem.file().equals(file.toString())) {
            Path other = Path.of(problem.file());
            Path folder = Objects.requireNonNullElse(file.getParent(), file);
            String place = (other.isAbsolute() && other.startsWith(folder) ? folder.relativize(other) : other)
                    + (problem.line() > 0 ? ":" + problem.line() : "");
            return Mark.at(1, 1, severity, place + ": " + problem.sentence(), problem.nextStep());
        }
        boolean replaces = problem.fix()
                .filter(fix ->
                        fix.line() == problem.line() && fix.column() == problem.column() && fix.end() == problem.end())
                .isPresent();
        return new Mark(
                problem.line(),
                problem.column(),
                problem.line(),
                problem.end(),
                severity,
                problem.sentence(),
                problem.nextStep(),
                replaces ? problem.fix().map(fix -> fix.replacement()) : Optional.empty());
    }
}
