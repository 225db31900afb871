package dev.corral.console.work;

import dev.corral.core.sandbox.MachineCommand;
import java.util.function.Supplier;

/** What can be asked of VMs that exist. */
public enum Verb {
    /** Boots what is off. */
    UP("Up", "starting up", false, MachineCommand::up),
    /** Shuts down. */
    HALT("Halt", "halting", true, MachineCommand::halt),
    /** Shuts down and boots. */
    RELOAD("Reload", "reloading", true, MachineCommand::reload),
    /** Stops where it is. */
    SUSPEND("Suspend", "suspending", false, MachineCommand::suspend),
    /** Goes on with what is suspended. */
    RESUME("Resume", "resuming", false, MachineCommand::resume),
    /** Runs the provisioners again. */
    PROVISION("Provision", "provisioning", false, MachineCommand::provision);

    private final String word;
    private final String doing;
    private final boolean endsPrograms;
    private final Supplier<MachineCommand> command;

    Verb(String word, String doing, boolean endsPrograms, Supplier<MachineCommand> command) {
        this.word = word;
        this.doing = doing;
        this.endsPrograms = endsPrograms;
        this.command = command;
    }

    /** Its name on buttons. */
    public String word() {
        return word;
    }

    /** The state of a VM meanwhile. */
    public String doing() {
        return doing;
    }

    /** Whether what runs in the VM ends by it. */
    public boolean endsPrograms() {
        return endsPrograms;
    }

    MachineCommand command() {
        return command.get();
    }
}
