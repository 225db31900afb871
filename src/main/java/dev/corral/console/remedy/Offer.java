package dev.corral.console.remedy;

import dev.corral.core.operation.remedy.HostFix;
import dev.corral.core.vagrantfile.Place;
import java.nio.file.Path;

/**
 * Something that is offered beside a failure.
 *
 * @param label what its button says
 * @param help  what follows from it
 * @param does  what it does
 */
public record Offer(String label, String help, Does does) {

    /** What an offer does. */
    public sealed interface Does {
        /** The word in the id of its button. */
        default String word() {
            return switch (this) {
                case Host(HostFix fix) -> fix.kind().word();
                case OtherPort _ -> "other-port";
                case UnixLineEnds _ -> "line-ends";
                case Jump _ -> "jump";
                case StopHolder _ -> "stop-holder";
                case Again again -> again.name().toLowerCase(java.util.Locale.ROOT);
                case Look look -> look.name().toLowerCase(java.util.Locale.ROOT);
            };
        }
    }

    /**
     * Mends something of this computer; asks first.
     *
     * @param fix what
     */
    public record Host(HostFix fix) implements Does {}

    /**
     * Forwards another port of this computer; asks first.
     *
     * @param place where the Vagrantfile forwards it
     * @param port  the one that is taken
     */
    public record OtherPort(Place place, int port) implements Does {}

    /**
     * Gives a script Unix line ends; asks first.
     *
     * @param script the script
     */
    public record UnixLineEnds(Path script) implements Does {}

    /**
     * Shows a line.
     *
     * @param place the line
     */
    public record Jump(Place place) implements Does {}

    /** Looks which process holds the machine, asks, and interrupts it. */
    public record StopHolder() implements Does {}

    /** Does again what failed, with the machines as they are. */
    public enum Again implements Does {
        /** Boots what is off, or starts anew where nothing is left. */
        UP,
        /** Restarts the machine. */
        RELOAD,
        /** Runs the provisioner that failed, and those after it. */
        PROVISION
    }

    /** Shows something. */
    public enum Look implements Does {
        /** What this computer lacks. */
        DOCTOR,
        /** What takes room. */
        SPACE,
        /** The machine's screen. */
        CONSOLE,
        /** A shell where the provisioner failed. */
        SHELL
    }
}
