package dev.corral.core.vagrant;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The phases of {@code vagrant up}, told from Vagrant's own messages. They are the same words for every provider, so
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

    private record Rule(Pattern pattern, String phase) {}

    private static final List<Rule> RULES = List.of(
            rule("Running provisioner: .*|Running (local )?action triggers.*", PROVISION),
            rule(
                    "Box '.*' could not be found.*|box: (Loading|URL|Downloading|Adding).*|Adding box .*|Checking if box .*|"
                            + "Loading metadata for box.*|Downloading: .*|Box file was not detected.*",
                    BOX),
            rule(
                    "Creating image.*|Creating domain.*|Importing base box.*|Uploading base box.*|Cloning VM.*|Preparing master.*|"
                            + "Creating the container.*|Creating and configuring docker.*|Matching MAC address.*|Setting the name of the VM.*|"
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

    private Phases() {}

    /** The phase that begins with this message of Vagrant; empty when none does. */
    public static Optional<String> beginningWith(String message) {
        String text = message.strip();
        for (Rule rule : RULES) {
            if (rule.pattern.matcher(text).matches()) {
                return Optional.of(rule.phase.equals(PROVISION) ? provision(text) : rule.phase);
            }
        }
        return Optional.empty();
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
