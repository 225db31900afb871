package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the phases of a Vagrant command from Vagrant's own messages; what is not known here stays in the phase under way. */
final class Phases {
    private record Rule(Pattern pattern, PhaseKind phase) {}

    private static final List<Rule> RULES = List.of(
            rule("Running provisioner: .*", PhaseKind.PROVISION),
            rule("Running (?:action|hook|command) triggers .*", PhaseKind.TRIGGER),
            rule(
                    "Box '.*' could not be found.*|box: (Loading|URL|Downloading|Adding).*|Adding box .*|Checking if box .*|"
                            + "Loading metadata for box.*|Downloading: .*|Box file was not detected.*",
                    PhaseKind.BOX),
            rule(
                    "Creating image.*|Creating domain.*|Importing base box.*|Uploading base box.*|Cloning VM.*|Preparing master.*|"
                            + "Creating the container.*|Creating and configuring docker.*|Matching MAC address.*|"
                            + "Setting the name of the VM.*|"
                            + "Importing a Hyper-V.*|Building the container.*",
                    PhaseKind.CREATE),
            rule(
                    "Starting domain.*|Booting VM.*|Starting container.*|Starting the (VM|instance).*|Waiting for domain to get.*|"
                            + "Starting the machine.*|Resuming.*",
                    PhaseKind.BOOT),
            rule("Waiting for machine to boot.*|Waiting for SSH.*|SSH address: .*", PhaseKind.SSH),
            rule(
                    "Machine booted and ready.*|Setting hostname.*|Configuring and enabling network.*|Rsyncing folder.*|Mounting .*|"
                            + "Installing NFS.*|Checking for guest additions.*",
                    PhaseKind.SET_UP));
    private static final Pattern PROVISIONER =
            Pattern.compile("Running provisioner: (?:(.+?) \\((.+?)\\)|(.+?))\\.\\.\\..*", Pattern.DOTALL);

    private static final Pattern TRIGGERS = Pattern.compile(
            "Running (?:action|hook|command) triggers (before|after) (\\S+) \\.\\.\\..*", Pattern.DOTALL);
    private static final Pattern TRIGGER_NAME = Pattern.compile("Running trigger: (.+?)\\.\\.\\.\\s*", Pattern.DOTALL);

    private Phases() {}

    /**
     * The phase that begins with this message of Vagrant; empty when none does.
     *
     * @param machine the machine that it is about; may be empty
     * @param present the phase under way: a trigger's own message does not say when it runs, the one before it does
     * @param ran     how many provisioners began before on this machine
     */
    static Optional<Phase> beginningWith(String message, String machine, Optional<Phase> present, int ran) {
        String text = message.strip();
        Matcher named = TRIGGER_NAME.matcher(text);
        Optional<Phase.Trigger> under = present.flatMap(Phase::trigger);
        if (under.isPresent() && named.matches()) {
            return Optional.of(Phase.of(
                    new Phase.Trigger(
                            PlainText.line(named.group(1), 80),
                            under.get().when(),
                            under.get().action()),
                    machine));
        }
        return RULES.stream()
                .filter(rule -> rule.pattern.matcher(text).matches())
                .findFirst()
                .map(rule -> switch (rule.phase) {
                    case PROVISION -> provision(text, machine, ran + 1);
                    case TRIGGER -> trigger(text, machine);
                    default -> Phase.of(rule.phase, machine);
                });
    }

    private static Phase trigger(String text, String machine) {
        Matcher matcher = TRIGGERS.matcher(text);
        return matcher.matches()
                ? Phase.of(new Phase.Trigger("", matcher.group(1), matcher.group(2)), machine)
                : Phase.of(PhaseKind.TRIGGER, machine);
    }

    private static Phase provision(String text, String machine, int position) {
        Matcher matcher = PROVISIONER.matcher(text);
        if (!matcher.matches()) {
            return Phase.of(PhaseKind.PROVISION, machine);
        }
        String name = matcher.group(1) != null ? matcher.group(1) : "";
        String type = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        return Phase.of(new Phase.Provisioner(name.equals(type) ? "" : name, type, position), machine);
    }

    private static Rule rule(String pattern, PhaseKind phase) {
        return new Rule(Pattern.compile("(?:" + pattern + ")", Pattern.DOTALL), phase);
    }
}
