package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.cli.target.Core;
import dev.corral.core.app.Corral;
import dev.corral.core.vagrantfile.Problem;
import dev.corral.core.vagrantfile.Problem.Severity;
import dev.corral.core.vagrantfile.Problems;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    /** What {@code check --json} prints for each problem. */
    record Row(String file, int line, int column, String severity, String text) {}

    @Override
    public Integer call() {
        Output output = new Output();
        try (Corral corral = Core.open()) {
            List<Problem> problems = Problems.of(corral.vagrantfiles().examine(asked.request()));
            if (json) {
                output.json(problems.stream()
                        .map(one -> new Row(one.file(), one.line(), one.column(), word(one), one.text()))
                        .toList());
            } else {
                problems.forEach(one -> output.line(
                        one.file() + ":" + one.line() + ":" + one.column() + ": " + word(one) + ": " + one.text()));
                if (problems.isEmpty()) {
                    output.message("Nothing is wrong with it.");
                }
            }
            return problems.stream().anyMatch(one -> one.severity() == Severity.ERROR)
                    ? ExitCode.FAILED
                    : ExitCode.DONE;
        }
    }

    private static String word(Problem problem) {
        return problem.severity().name().toLowerCase(Locale.ROOT);
    }
}
