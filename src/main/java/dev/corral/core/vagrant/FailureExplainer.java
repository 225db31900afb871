package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Says in plain words why a Vagrant command failed: which phase, what happened, what to do, the lines that matter. */
public final class FailureExplainer {
    private static final Pattern AT_LINE = Pattern.compile("Vagrantfile(?:'|\")?:(\\d+)|Line number: (\\d+)");
    // An error that nobody in Vagrant expected, as Ruby prints it above its backtrace.
    private static final Pattern UNCAUGHT =
            Pattern.compile("^\\S+:\\d+:in [`'].*?': (.+) \\(([A-Z][\\w:]*)\\)$", Pattern.MULTILINE);
    private static final Pattern MISSING = Pattern.compile(
            "(?:undefined (?:local variable or )?method|uninitialized constant) [`']?(?:\\w+::)*(\\w+)");
    private static final int LONGEST = 300;
    private static final int SHOWN_LINES = 12;

    private FailureExplainer() {}

    private record Cause(String sentence, String nextStep) {}

    /**
     * Explains a failed {@code vagrant up}.
     *
     * @param output      what it said
     * @param exitCode    its exit code
     * @param vagrantfile the Vagrantfile's text
     */
    public static FailureView explain(UpOutput output, int exitCode, String vagrantfile) {
        String machine = output.failedMachine();
        String phase =
                machine.isEmpty() ? Phases.LOAD : output.phase(machine).isEmpty() ? Phases.LOAD : output.phase(machine);
        List<String> lines = lines(output, phase, machine);
        String text = String.join(
                "\n",
                List.of(
                        output.errorText(),
                        String.join("\n", output.errorLines()),
                        String.join("\n", output.plainLines())));
        int line = IntStream.of(vagrantfileLine(text), markedLine(text, vagrantfile), namedLine(text, vagrantfile))
                .filter(found -> found > 0)
                .findFirst()
                .orElse(0);
        Cause cause = cause(
                output.errorClass(),
                text,
                phase,
                exitCode,
                String.join("\n", lines),
                line > 0 ? " in line " + line : "");
        return new FailureView(phase, machine, cause.sentence, cause.nextStep, lines, line, false);
    }

    private static Cause cause(
            String errorClass, String text, String phase, int exitCode, String lines, String atLine) {
        String name = errorClass.substring(errorClass.lastIndexOf(':') + 1);
        if ((text + lines).contains("No space left on device") || (text + lines).contains("ENOSPC")) {
            return new Cause(
                    "The disk is full.", "Free some space, or clean up sandboxes that nobody uses, then start again.");
        }
        if (name.startsWith("VagrantfileSyntax")
                || text.contains("syntax error")
                || text.contains("There is a syntax error")) {
            return new Cause(
                    "The Vagrantfile has a Ruby syntax error" + atLine + ".", "Correct that line and start again.");
        }
        if (name.equals("VagrantfileNameError")
                || name.equals("VagrantfileLoadError")
                || name.equals("VagrantfileTypeError")
                || name.equals("VagrantfileExistsError")
                || text.contains("There was an error loading a Vagrantfile")
                || text.contains("Vagrantfile:") && phase.equals(Phases.LOAD)) {
            return new Cause("The Vagrantfile stops with a Ruby error" + atLine + ".", "Correct it and start again.");
        }
        if (name.equals("ConfigInvalid")) {
            return new Cause(
                    "Vagrant does not accept a setting of the Vagrantfile.",
                    "Correct the setting that Vagrant's lines name.");
        }
        if (name.startsWith("Box")
                || name.startsWith("Downloader")
                || text.contains("could not be found or\ncould not be accessed")
                || text.contains("couldn't be found")
                        && text.toLowerCase(Locale.ROOT).contains("box")) {
            return new Cause(
                    "The box can't be found or fetched.",
                    "Check the name in config.vm.box, add the box with vagrant box add, or check the network.");
        }
        if (name.startsWith("Provider")
                || name.equals("NoDefaultProvider")
                || text.contains("provider '") && text.contains("could not be found")) {
            return new Cause(
                    "No provider on this machine can run it.",
                    "Install the provider's Vagrant plugin, or choose another with --provider or VAGRANT_DEFAULT_PROVIDER.");
        }
        if (name.contains("LibvirtConnection")
                || text.contains("Failed to connect socket")
                || text.contains("libvirt-sock")) {
            return new Cause(
                    "libvirt does not answer.", "Start libvirtd, or run jpackage/run in a checkout: it sets that up.");
        }
        if (name.equals("MachineLocked") || name.equals("MachineActionLockedError")) {
            return new Cause("Another Vagrant works on this machine.", "Wait until it has ended, then try again.");
        }
        if (name.equals("CorruptMachineIndex")) {
            return new Cause(
                    "Vagrant's machine index is unreadable.",
                    "Restore or remove data/machine-index below VAGRANT_HOME.");
        }
        if (name.equals("VMBootTimeout") || text.contains("Timed out while waiting for the machine to boot")) {
            return new Cause(
                    "The machine did not answer over SSH in time.",
                    "Raise config.vm.boot_timeout, or keep the failed machine and look at its console.");
        }
        if (name.equals("VagrantInterrupt") || exitCode == 130) {
            return new Cause("Vagrant was interrupted.", "Start it again.");
        }
        if (exitCode == 137 || exitCode == 143) {
            return new Cause("Vagrant was killed.", "Look for the reason (memory, another person), then start again.");
        }
        if (phase.startsWith(Phases.PROVISION)) {
            return new Cause(
                    "The provisioner" + provisionerName(phase) + " failed.",
                    "Read its last lines. Start again keeping the failed machine to look inside.");
        }
        Matcher uncaught = UNCAUGHT.matcher(text);
        if (uncaught.find()) {
            return new Cause(
                    sentence((uncaught.group(2).startsWith("Libvirt")
                                    ? "libvirt could not do it: "
                                    : "Vagrant stopped with " + uncaught.group(2) + ": ")
                            + PlainText.line(uncaught.group(1), LONGEST)),
                    "Read the log of the command for the whole story.");
        }
        String first = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Vagrant failed to initialize"))
                .findFirst()
                .orElse("");
        return new Cause(
                first.isEmpty() ? "vagrant up ended with exit code " + exitCode + "." : sentence(first),
                "Read the log of the command for the whole story.");
    }

    private static List<String> lines(UpOutput output, String phase, String machine) {
        List<String> lines = new ArrayList<>();
        if (phase.startsWith(Phases.PROVISION)) {
            lines.addAll(last(output.recentLines(machine), SHOWN_LINES));
            return lines;
        }
        if (!output.errorText().isBlank()) {
            output.errorText()
                    .lines()
                    .map(String::stripTrailing)
                    .filter(line -> !line.isBlank())
                    .forEach(lines::add);
        } else if (!output.errorLines().isEmpty()) {
            lines.addAll(output.errorLines());
        } else {
            // A backtrace names the Vagrantfile first and Vagrant's own files after it.
            output.plainLines().stream()
                    .filter(line -> !line.strip().startsWith("from /usr/") && !line.contains("WARN"))
                    .forEach(lines::add);
        }
        return lines.size() > SHOWN_LINES ? List.copyOf(lines.subList(0, SHOWN_LINES)) : List.copyOf(lines);
    }

    private static int vagrantfileLine(String text) {
        Matcher matcher = AT_LINE.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)) : 0;
    }

    // Vagrant says "Line number: 0" when the path has a digit in it, which a sandbox's always has; but Ruby repeats the
    // line
    // and marks the place below it.
    private static int markedLine(String text, String vagrantfile) {
        List<String> said = text.lines().map(String::strip).toList();
        List<String> lines = vagrantfile.lines().map(String::strip).toList();
        for (int index = 1; index < said.size(); index++) {
            if (said.get(index).matches("\\^+") && !said.get(index - 1).isEmpty()) {
                return lines.indexOf(said.get(index - 1)) + 1;
            }
        }
        return 0;
    }

    // Newer Rubies repeat nothing, but say what is not there. Where the Vagrantfile names it once only, that is the
    // place.
    private static int namedLine(String text, String vagrantfile) {
        Matcher missing = MISSING.matcher(text);
        if (!missing.find()) {
            return 0;
        }
        Pattern name = Pattern.compile("(?<![\\w@$])" + Pattern.quote(missing.group(1)) + "(?!\\w)");
        List<String> lines = vagrantfile.lines().toList();
        int[] found = IntStream.range(0, lines.size())
                .filter(index -> !lines.get(index).strip().startsWith("#")
                        && name.matcher(lines.get(index)).find())
                .toArray();
        return found.length == 1 ? found[0] + 1 : 0;
    }

    private static String provisionerName(String phase) {
        int dot = phase.indexOf('·');
        return dot < 0 ? "" : " " + phase.substring(dot + 2);
    }

    private static String sentence(String line) {
        return line.endsWith(".") || line.endsWith(":") ? line : line + ".";
    }

    private static List<String> last(List<String> lines, int count) {
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
