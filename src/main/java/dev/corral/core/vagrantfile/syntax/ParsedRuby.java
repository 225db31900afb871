package dev.corral.core.vagrantfile.syntax;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a text says as Ruby. Lines and columns count from 1. Immutable.
 *
 * @param problems  where it is no Ruby, in the order of the lines
 * @param folds     what can be folded, in the order of the lines
 * @param variables variables of the environment that it reads by name
 * @param bound     names that stand for parts of the configuration
 * @param settings  the settings that it names, in the order of the text
 */
public record ParsedRuby(
        List<Mark> problems,
        List<Fold> folds,
        List<VariableUse> variables,
        List<BlockVariable> bound,
        List<SettingUse> settings) {
    /** Nothing at all. */
    public static final ParsedRuby EMPTY = new ParsedRuby(List.of(), List.of(), List.of(), List.of(), List.of());

    /** Copies the lists. */
    public ParsedRuby {
        problems = List.copyOf(problems);
        folds = List.copyOf(folds);
        variables = List.copyOf(variables);
        bound = List.copyOf(bound);
        settings = List.copyOf(settings);
    }

    /** What a name stands for in that line: the innermost meaning. Also in the line behind, where somebody goes on typing. */
    public Optional<String> meaning(String name, int line) {
        return bound.stream()
                .filter(one -> one.name().equals(name) && one.firstLine() <= line && line <= one.lastLine() + 1)
                .max(Comparator.comparingInt(BlockVariable::firstLine))
                .map(BlockVariable::path);
    }

    /** The names that stand for something in that line, inner ones first. */
    public Stream<BlockVariable> boundIn(int line) {
        return bound.stream()
                .filter(one -> one.firstLine() <= line && line <= one.lastLine() + 1)
                .sorted(Comparator.comparingInt(BlockVariable::firstLine).reversed());
    }

    /** The names of machines that stand there as they are. */
    public List<String> machines() {
        return settings.stream()
                .filter(one -> one.path().equals("vm.define"))
                .flatMap(one -> one.value().stream())
                .map(Word::text)
                .distinct()
                .toList();
    }
}
