package dev.corral.core.vagrant;

import dev.corral.core.base.PlainText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The phases of a start; those of {@code vagrant up} are told from Vagrant's own messages. They are the same words for every provider, so
 * that times can be compared; what a provider says that is not known here stays in the phase under way.
 */
public final class Phases {
    /** Copy of the Vagrantfile and the checks before Vagrant runs. */
    public static final String COPY = "copy and check";
    /** Vagrant loads itself, its plugins and the Vagrantfile. */
    public static final String LOAD = "load Vagrantfile";
    /** The box is looked up or downloaded. */
    public static final String BOX = "find box";
    /** The disk and the machine's definition are made. */
    public static final String CREATE = "create machine";
    /** The machine starts until it has an address. */
    public static final String BOOT = "boot";
    /** SSH is waited for. */
    public static final String SSH = "wait for SSH";
    /** Host name, networks and folders are set inside the guest. */
    public static final String SET_UP = "set up guest";
    /** A provisioner runs; its name follows. */
    public static final String PROVISION = "provision";
    /** The files of a sample are written into a machine. */
    public static final String FILES = "copy files";
    /** The setup script of a sample runs in its default machine. */
    public static final String SETUP = "run setup";

    /** A trigger of the Vagrantfile runs, on this machine or in the guest; its name follows, and before or after what it runs. */
    public static final String TRIGGER = "trigger";

    private record Rule(Pattern pattern, String phase) {}

    private static final List<Rule> RULES = List.of(
            rule("Running provisioner: .*", PROVISION),
            rule("Running (?:action|hook|command) triggers .*", TRIGGER),
            rule(
                    "Box '.*' could not be found.*|box: (Loading|URL|Downloading|Adding).*|Adding box .*|Checking if box .*|"
                            + "Loading metadata for box.*|Downloading: .*|Box file was not detected.*",
                    BOX),
            rule(
                    "Creating image.*|Creating domain.*|Importing base box.*|Uploading base box.*|Cloning VM.*|Preparing master.*|"
                            + "Creating the container.*|Creating and configuring docker.*|Matching MAC address.*|"
                            + "Setting the name of the VM.*|"
                            + "Importing a Hyper-V.*|Building the container.*",
                    CREATE),
            rule(
                    "Starting domain.*|Booting VM.*|Starting container.*|Starting the (VM|instance).*|Waiting for domain to get.*|"
                            + "Starting the machine.*|Resuming.*",
                    BOOT),
            rule("Waiting for machine to boot.*|Waiting for SSH.*|SSH address: .*", SSH),
            rule(
                    "Machine booted and ready.*|Setting hostname.*|Configuring and enabling network.*|Rsyncing folder.*|Mounting .*|"
                            + "Installing NFS.*|Checking for guest additions.*",
                    SET_UP));
    private static final Pattern PROVISIONER =
            Pattern.compile("Running provisioner: (?:(.+?) \\((.+?)\\)|(.+?))\\.\\.\\..*", Pattern.DOTALL);

    private static final Pattern TRIGGERS = Pattern.compile(
            "Running (?:action|hook|command) triggers (before|after) (\\S+) \\.\\.\\..*", Pattern.DOTALL);
    private static final Pattern TRIGGER_NAME = Pattern.compile("Running trigger: (.+?)\\.\\.\\.\\s*", Pattern.DOTALL);

    private Phases() {}

    /** Whether a machine in this phase answers already, and is only being set up. */
    public static boolean answers(String phase) {
        return phase.startsWith(PROVISION) || phase.startsWith(TRIGGER) && phase.contains("after ");
    }

    /**
     * The phase that begins with this message of Vagrant; empty when none does.
     *
     * @param present the phase under way: a trigger's own message does not say when it runs, the one before it does
     */
    public static Optional<String> beginningWith(String message, String present) {
        Matcher named = TRIGGER_NAME.matcher(message.strip());
        if (present.startsWith(TRIGGER) && named.matches()) {
            String when = present.replaceFirst("^.*?(?:\\(|· )((?:before|after) [^()]+)\\)?$", "$1");
            return Optional.of(TRIGGER + " · " + PlainText.line(named.group(1), 80) + " (" + when + ")");
        }
        return beginningWith(message);
    }

    /** The phase that begins with this message of Vagrant; empty when none does. */
    public static Optional<String> beginningWith(String message) {
        String text = message.strip();
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(text).matches()) {
                return Optional.of(
                        rule.phase.equals(PROVISION)
                                ? provision(text)
                                : rule.phase.equals(TRIGGER) ? trigger(text) : rule.phase);
            }
        }
        return Optional.empty();
    }

    private static String trigger(String text) {
        Matcher matcher = TRIGGERS.matcher(text);
        return matcher.matches() ? TRIGGER + " · " + matcher.group(1) + " " + matcher.group(2) : TRIGGER;
    }

    private static String provision(String text) {
        Matcher matcher = PROVISIONER.matcher(text);
        if (!matcher.matches()) {
            return PROVISION;
        }
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
        String type = matcher.group(2) != null ? matcher.group(2) : name;
        return PROVISION + " · " + (name.equals(type) ? type : name + " (" + type + ")");
    }

    private static Rule rule(String pattern, String phase) {
        return new Rule(Pattern.compile("(?:" + pattern + ")", Pattern.DOTALL), phase);
    }
}
