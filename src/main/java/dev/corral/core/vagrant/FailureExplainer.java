package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import dev.corral.core.vagrant.failure.Diagnosis;
import dev.corral.core.vagrant.failure.KnownFailures;
import dev.corral.core.vagrant.failure.Layer;
import dev.corral.core.vagrant.failure.Remedy;
import dev.corral.core.vagrant.failure.SettingAtFault;
import dev.corral.core.vagrant.failure.Signs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Says in plain words why a Vagrant command failed: which phase, what happened, what to do, the lines that matter. */
public final class FailureExplainer {
    private static final Pattern MISSING = Pattern.compile(
            "(?:undefined (?:local variable or )?method|uninitialized constant) [`']?(?:\\w+::)*(\\w+)");
    private static final Pattern KEY =
            Pattern.compile("key not found: \"([^\"]+)\"|such file (?:or directory.*?-|-+) (?:.*/)?([\\w.-]+)");
    private static final Pattern FETCHING = Pattern.compile("Vagrant::Errors::(?:Downloader|Box)\\w*");
    // What comes of programs and files of this computer, whatever a guest does; errors of SSH are not among them.
    private static final Pattern OF_THIS_COMPUTER = Pattern.compile(
            "Vagrant::Errors::(?:Downloader|Box|Plugin|Provider)\\w*|VagrantPlugins::Provider\\w*::Errors::(?!Rsync|SSH)\\w+");
    private static final String EARLY = "Vagrant failed to initialize at a very early stage:";
    private static final int SHOWN_LINES = 12;

    /** Advice that is none where the machine was kept. */
    public static final String KEEP_IT = " Start again keeping the failed machine to look inside.";

    private FailureExplainer() {}

    /** What happened and what to do. */
    record Cause(String sentence, String nextStep) {}

    /**
     * Explains a failed {@code vagrant up}.
     *
     * @param output      what it said
     * @param exitCode    its exit code
     * @param vagrantfile the Vagrantfile's text
     */
    public static FailureView explain(UpOutput output, int exitCode, String vagrantfile) {
        return explain(output, exitCode, vagrantfile, "", Path.of("Vagrantfile"));
    }

    /**
     * Explains a failed Vagrant command.
     *
     * @param output      what it said
     * @param exitCode    its exit code
     * @param vagrantfile the Vagrantfile's text
     * @param trace       what Vagrant logged of its errors, with the backtraces that it does not print; may be empty
     * @param directory   the sandbox's directory
     */
    public static FailureView explain(UpOutput output, int exitCode, String vagrantfile, String trace, Path directory) {
        String machine = output.failedMachine();
        Phase phase = output.phase(machine).orElseGet(() -> Phase.of(PhaseKind.LOAD, machine));
        List<String> lines = lines(output, phase, machine);
        String said = ofVagrant(output.plainText());
        Optional<RubyFailure> ruby = RubyFailure.in(said, trace, directory)
                .filter(found ->
                        phase.kind() == PhaseKind.LOAD && (!found.frames().isEmpty() || said.contains(EARLY)));
        if (ruby.isPresent()) {
            int line = line(ruby.get(), said, vagrantfile);
            String file = ruby.get()
                    .place()
                    .filter(place -> !place.inVagrantfile())
                    .map(place -> PlainText.line(place.file(), 80) + ", which the Vagrantfile loads,")
                    .orElse("The Vagrantfile");
            int there = ruby.get()
                    .place()
                    .filter(place -> !place.inVagrantfile())
                    .map(RubyFailure.Frame::line)
                    .orElse(line);
            RubyCauses.Cause cause = RubyCauses.of(
                    ruby.get().type(),
                    ruby.get().message(),
                    new RubyCauses.Place(file, there > 0 ? " in line " + there : ""),
                    "/" + directory.getFileName() + "/");
            return new FailureView(
                    phase.on(""),
                    cause.sentence(),
                    cause.nextStep(),
                    lines,
                    line,
                    false,
                    Optional.of(Layer.VAGRANTFILE),
                    Optional.empty());
        }
        String text = String.join("\n", output.errorText(), String.join("\n", output.errorLines()), said);
        // A provisioner ends with what it fails of; a boot may have said it long before.
        List<String> recent = output.recentLines(machine);
        List<String> signs = phase.kind() == PhaseKind.PROVISION
                ? recent.subList(Math.max(0, recent.size() - SHOWN_LINES), recent.size())
                : recent;
        Diagnosis cause = cause(output, text, said, phase, exitCode, String.join("\n", signs));
        Optional<Remedy> remedy = cause.remedy()
                .filter(one -> !one.kind().changesThisComputer()
                        || ofVagrantsOwn(output, cause, said, phase, exitCode, String.join("\n", signs)));
        return new FailureView(
                phase,
                cause.sentence(),
                cause.nextStep(),
                lines,
                SettingAtFault.line(cause, vagrantfile),
                false,
                Optional.of(cause.layer()),
                remedy);
    }

    // Vagrant quotes what commands in guests print, and of several machines the one that fails may not have begun, so
    // that its phase tells
    // nothing of who has had a say. What would change this computer must follow from Vagrant's own words alone.
    private static boolean ofVagrantsOwn(
            UpOutput output, Diagnosis cause, String said, Phase phase, int exitCode, String lines) {
        String type = errorName(output);
        // What a server of boxes says is quoted as well, and all that may come of it is another try to get the box.
        String error =
                FETCHING.matcher(output.errorClass()).matches() ? output.errorText() : OwnWords.of(output.errorText());
        String own = String.join("\n", error, OwnWords.of(output.errorLines()), said);
        boolean early = phase.kind().beforeGuests();
        // Without a phase of its own a machine may run already.
        boolean known = output.phase(phase.machine()).isPresent();
        Signs words = new Signs(type, own, early && known ? lines : "", phase.kind(), phase.which(), exitCode);
        if (KnownFailures.diagnose(words)
                .filter(one -> one.kind().equals(cause.kind()) && one.remedy().equals(cause.remedy()))
                .isEmpty()) {
            return false;
        }
        boolean named = early && known && output.namedMachine().isPresent();
        Signs nothing = new Signs(type, "", "", phase.kind(), phase.which(), exitCode);
        // A machine that is halted, say, has no phase, and its sshd has been talked to.
        boolean silent = !output.guestsSpoke()
                && (known
                        || output.machines().isEmpty()
                        || OF_THIS_COMPUTER.matcher(output.errorClass()).matches());
        return silent
                || named
                || KnownFailures.diagnose(nothing)
                        .filter(one -> one.kind().equals(cause.kind()))
                        .isPresent();
    }

    /**
     * The same failure, which Vagrant itself did not end with, with the layer of a known one that it tells of, and with its remedy unless
     * that changes this computer and a guest may have had its say by then.
     */
    public static FailureView recognised(FailureView said) {
        Signs signs = new Signs(
                "",
                said.sentence() + "\n" + String.join("\n", said.lines()),
                "",
                said.in().kind(),
                said.in().which(),
                1);
        return KnownFailures.diagnose(signs)
                .map(known -> new FailureView(
                        said.in(),
                        said.sentence(),
                        said.nextStep(),
                        said.lines(),
                        said.vagrantfileLine(),
                        said.cancelled(),
                        said.layer().or(() -> Optional.of(known.layer())),
                        said.remedy().or(() -> known.remedy()
                                .filter(one -> !one.kind().changesThisComputer()
                                        || said.in().kind().beforeGuests()))))
                .orElse(said);
    }

    private static int line(RubyFailure failure, String said, String vagrantfile) {
        return IntStream.of(
                        failure.vagrantfileLine(),
                        markedLine(said, vagrantfile),
                        namedLine(failure.message(), vagrantfile))
                .filter(found -> found > 0)
                .findFirst()
                .orElse(0);
    }

    // What a Vagrantfile printed comes before Vagrant's own last words, and is none of them.
    private static String ofVagrant(String plain) {
        int early = plain.lastIndexOf(EARLY);
        return early >= 0 ? plain.substring(early) : plain;
    }

    private static String errorName(UpOutput output) {
        return output.errorClass().substring(output.errorClass().lastIndexOf(':') + 1);
    }

    private static Diagnosis cause(UpOutput output, String text, String said, Phase phase, int exitCode, String lines) {
        return KnownFailures.diagnose(new Signs(errorName(output), text, lines, phase.kind(), phase.which(), exitCode))
                .orElseGet(() -> {
                    Cause cause = unknown(output, said, phase, exitCode);
                    return new Diagnosis("", Layer.of(phase.kind()), cause.sentence, cause.nextStep, Optional.empty());
                });
    }

    private static Cause unknown(UpOutput output, String said, Phase phase, int exitCode) {
        Optional<RubyFailure> uncaught = RubyFailure.in(said, "", Path.of("/none"));
        String error = !output.errorText().isBlank() ? output.errorText() : String.join("\n", output.errorLines());
        if (phase.kind() == PhaseKind.TRIGGER) {
            String why = error.isBlank() ? uncaught.map(RubyFailure::message).orElse("") : error;
            return new Cause(
                    "The trigger" + what(phase) + " failed" + (why.isBlank() ? "." : ": " + Paragraphs.sentence(why)),
                    "Read its last lines, and correct config.trigger in the Vagrantfile.");
        }
        if (phase.kind() == PhaseKind.PROVISION) {
            return new Cause("The provisioner" + what(phase) + " failed.", "Read its last lines." + KEEP_IT);
        }
        if (error.isBlank() && uncaught.isPresent()) {
            String type = uncaught.get().type();
            return new Cause(
                    (type.startsWith("Libvirt") ? "libvirt could not do it: " : "Vagrant stopped with " + type + ": ")
                            + Paragraphs.sentence(uncaught.get().message()),
                    "Read the log of the command for the whole story.");
        }
        return lastWords(error, said, exitCode);
    }

    private static Cause lastWords(String error, String said, int exitCode) {
        if (!error.isBlank()) {
            return new Cause(Paragraphs.sentence(error), "Read the log of the command for the whole story.");
        }
        if (said.startsWith(EARLY)) {
            return new Cause(
                    Paragraphs.sentence(said.substring(EARLY.length())),
                    "Read the log of the command for the whole story.");
        }
        // A Vagrantfile that calls abort or exit ends Vagrant without a word of Vagrant's.
        String last = said.lines()
                .filter(line -> !line.isBlank())
                .reduce((first, next) -> next)
                .orElse("");
        return last.isEmpty()
                ? new Cause(
                        "Vagrant ended with exit code " + exitCode + " and said nothing.",
                        "See whether the Vagrantfile calls exit or abort.")
                : new Cause(
                        "Vagrant ended with exit code " + exitCode + " and last said: " + Paragraphs.sentence(last),
                        "If the Vagrantfile says that, do what it says; else read the log of the command.");
    }

    private static List<String> lines(UpOutput output, Phase phase, String machine) {
        List<String> lines = new ArrayList<>();
        if (phase.kind() == PhaseKind.PROVISION || phase.kind() == PhaseKind.TRIGGER) {
            lines.addAll(output.tellingLines(machine, SHOWN_LINES));
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
    private static int namedLine(String message, String vagrantfile) {
        Matcher missing = MISSING.matcher(message);
        Matcher key = KEY.matcher(message);
        String name = missing.find()
                ? missing.group(1)
                : !key.find() ? "" : key.group(1) != null ? key.group(1) : key.group(2);
        if (name.isEmpty()) {
            return 0;
        }
        Pattern word = Pattern.compile("(?<![\\w@$])" + Pattern.quote(name) + "(?!\\w)");
        List<String> lines = vagrantfile.lines().toList();
        int[] found = IntStream.range(0, lines.size())
                .filter(index -> !lines.get(index).strip().startsWith("#")
                        && word.matcher(lines.get(index)).find())
                .toArray();
        return found.length == 1 ? found[0] + 1 : 0;
    }

    private static String what(Phase phase) {
        return phase.which().isEmpty() ? "" : " " + phase.which();
    }
}
