package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.output.ProblemLines;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolveRequest;
import dev.corral.core.vagrantfile.check.VagrantfileProblem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with a Vagrantfile, in the form that editors read. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Says what is wrong with a Vagrantfile, as FILE:LINE:COLUMN: severity: text. "
                + "Runs the file, which is Ruby code, but starts no machine.",
        footerHeading = "%nExit codes: 0 without errors, 1 with errors.%nExample:%n",
        footer = "  corral check ./Vagrantfile")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private VagrantfileOptions asked;

    @Option(names = "--json", description = "Print one JSON array; the same as --format=json.")
    private boolean json;

    @Option(
            names = "--format",
            description = "lines: FILE:LINE:COLUMN: severity: text, which editors read; json: one JSON array. "
                    + "Known: ${COMPLETION-CANDIDATES}.")
    private Format format = Format.lines;

    /** How problems are printed. */
    enum Format {
        lines,
        json
    }

    /** What {@code check --json} prints for each problem. */
    record Row(
            String file,
            int line,
            int column,
            String severity,
            String text,
            int endColumn,
            String sentence,
            String nextStep,
            @Nullable Replacement fix) {}

    /** What would mend it. */
    record Replacement(int line, int column, int endColumn, String text) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            ResolveRequest request = asked.request();
            Resolution resolution = corral.vagrantfiles().examine(request);
            List<VagrantfileProblem> problems = corral.language()
                    .problems(request.vagrantfile(), ProblemLines.text(request.vagrantfile()), Optional.of(resolution));
            if (json || format == Format.json) {
                output.json(problems.stream().map(CheckCommand::row).toList());
            } else {
                problems.forEach(one -> output.line(ProblemLines.line(one)));
                if (problems.isEmpty()) {
                    output.message("Nothing is wrong with it.");
                }
            }
            return problems.stream().anyMatch(one -> one.severity() == Severity.ERROR)
                    ? ExitCode.FAILED
                    : ExitCode.DONE;
        }
    }

    private static Row row(VagrantfileProblem one) {
        return new Row(
                one.file(),
                one.line(),
                one.column(),
                ProblemLines.word(one),
                one.text(),
                one.end(),
                one.sentence(),
                one.nextStep(),
                one.fix()
                        .map(fix -> new Replacement(fix.line(), fix.column(), fix.end(), fix.replacement()))
                        .orElse(null));
    }
}
