package dev.corral.core.ssh.exec;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.ssh.GuestText;
import dev.corral.core.ssh.ShellQuoting;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The text that a guest's shell gets for one command. Before anything else it reports on standard error, behind a
 * marker that only this command knows, the id of its process, which leads a process group of its own because OpenSSH
 * starts every command in a new session. With another user, a second report follows once sudo has let us through; so
 * a refusal by sudo is told apart from a failure of the command.
 *
 * @param text    what the login shell runs
 * @param marker  the start of each report
 * @param reports how many reports come before the command's own output
 */
public record RemoteCommand(String text, String marker, int reports) {
    /** One argument of a Linux program ends at 128 KiB, and the guest's shell gets this text as one argument. */
    static final int LONGEST_TEXT = 120 * 1024;

    private static final String SUDO_PLACES = "/usr/bin/sudo /bin/sudo /usr/local/bin/sudo /run/wrappers/bin/sudo";
    /**
     * Each shell has these built in with just the effect of the programs; probes use them, and on an emulated guest
     * starting a program is a third of the whole call.
     */
    private static final Set<String> SAME_IN_SHELL = Set.of("true", "false");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** The command of this request. The user is present when it is not the login user. */
    public static RemoteCommand of(ExecRequest request, Optional<String> user) {
        String marker = newMarker();
        String body = preparation(request) + run(request);
        if (user.isEmpty() && inShell(request)) {
            // It starts no process that could have to be ended, and a report is one packet more.
            return new RemoteCommand(body, marker, 0);
        }
        return around(marker, user, user.isPresent() ? shell(report(marker, "+") + body) : body);
    }

    /** A command that runs the script at this place of the guest; see {@link #script}. */
    public static RemoteCommand ofScript(String path, String marker, Optional<String> user) {
        return around(marker, user, "exec /bin/sh " + ShellQuoting.quote(path));
    }

    /** The same as a script for {@link #ofScript}: it removes itself first. */
    public static String script(ExecRequest request, String marker, boolean reportsAgain) {
        return "/bin/rm -f -- \"$0\"\n" + (reportsAgain ? report(marker, "+") : "") + preparation(request)
                + run(request) + "\n";
    }

    /** A start of reports that nothing else prints. */
    public static String newMarker() {
        byte[] random = new byte[6];
        ThreadLocalRandom.current().nextBytes(random);
        return "\u001ecorral-" + HexFormat.of().formatHex(random) + " ";
    }

    /** A user that sudo understands; a number means a user id. */
    public static String sudoUser(String user) {
        return ShellQuoting.quote(NUMBER.matcher(user).matches() ? "#" + user : user);
    }

    /** Shell text that becomes sudo, wherever it lies; PATH is not asked, because a guest's user may own a part of it. */
    public static String becomeSudo(String arguments) {
        return "for s in " + SUDO_PLACES + "; do [ -x $s ] && exec $s " + arguments
                + "; done; echo 'sudo: not found' >&2; exit 127";
    }

    /** True when the text is too long for the guest's kernel and must go there as a script. */
    public boolean tooLong() {
        return text.length() > LONGEST_TEXT / 3 && GuestText.bytes(text).length > LONGEST_TEXT;
    }

    private static RemoteCommand around(String marker, Optional<String> user, String command) {
        String first = report(marker, "$$");
        if (user.isEmpty()) {
            return new RemoteCommand(first + command, marker, 1);
        }
        String target = command.startsWith("exec ") ? command.substring("exec ".length()) : command;
        return new RemoteCommand(first + becomeSudo("-n -H -u " + sudoUser(user.get()) + " -- " + target), marker, 2);
    }

    private static String shell(String script) {
        return "exec /bin/sh -c " + ShellQuoting.quote(script);
    }

    private static String report(String marker, String what) {
        return "printf '\\036%s %s\\n' " + marker.substring(1).strip() + " " + what + " >&2;";
    }

    private static String preparation(ExecRequest request) {
        StringBuilder text = new StringBuilder();
        request.cwd().ifPresent(directory -> text.append("cd -- ")
                .append(ShellQuoting.quote(directory))
                .append(" && "));
        for (Map.Entry<String, String> variable : new TreeMap<>(request.env()).entrySet()) {
            text.append("export ")
                    .append(ShellQuoting.variableName(variable.getKey()))
                    .append('=')
                    .append(ShellQuoting.quote(variable.getValue()))
                    .append(" && ");
        }
        return text.toString();
    }

    private static boolean inShell(ExecRequest request) {
        return !request.argv().isEmpty()
                && SAME_IN_SHELL.contains(request.argv().getFirst())
                && !request.env().containsKey("PATH");
    }

    private static String run(ExecRequest request) {
        if (request.argv().isEmpty() || request.argv().getFirst().isEmpty()) {
            throw ExpectedFailure.usage("There is no command to run.", "Name a program and its arguments.");
        }
        if (inShell(request)) {
            return ShellQuoting.join(request.argv());
        }
        // A program whose name starts with a dash would be read as an option of exec.
        return (request.argv().getFirst().startsWith("-") ? "exec -- " : "exec ") + ShellQuoting.join(request.argv());
    }
}
