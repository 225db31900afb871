package dev.corral.cli;

import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Output;
import dev.corral.core.base.Environment;
import dev.corral.core.doctor.Doctor;
import dev.corral.core.doctor.Finding;
import dev.corral.core.doctor.Finding.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what is missing on this machine. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks what this machine needs, and says how to mend what is missing.",
        footerHeading = "%nExample:%n",
        footer = "  corral doctor")
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Output output = new Output();
        List<Finding> findings = new Doctor(Environment.system()).examine();
        if (json) {
            output.json(findings.stream()
                    .map(finding -> new Row(
                            finding.check(),
                            finding.verdict().name().toLowerCase(Locale.ROOT),
                            finding.sentence(),
                            finding.nextStep()))
                    .toList());
        } else {
            for (Finding finding : findings) {
                output.line("%-4s  %s: %s"
                        .formatted(
                                finding.verdict().name().toLowerCase(Locale.ROOT),
                                finding.check(),
                                finding.sentence()));
                if (!finding.nextStep().isEmpty()) {
                    output.line("      " + finding.nextStep());
                }
            }
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL)
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }

    /** What {@code doctor --json} prints for each check. */
    record Row(String check, String verdict, String sentence, String nextStep) {}
}
