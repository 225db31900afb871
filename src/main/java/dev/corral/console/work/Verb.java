package dev.corral.console.work;

import dev.corral.core.operation.MachineVerb;
import java.util.function.Supplier;

/** What can be asked of VMs that exist. */
public enum Verb {
    /** Boots what is off. */
    UP("Up", "starting up", false, MachineVerb::up),
    /** Shuts down. */
    HALT("Halt", "halting", true, MachineVerb::halt),
    /** Shuts down and boots. */
    RELOAD("Reload", "reloading", true, MachineVerb::reload),
    /** Stops where it is. */
    SUSPEND("Suspend", "suspending", false, MachineVerb::suspend),
    /** Goes on with what is suspended. */
    RESUME("Resume", "resuming", false, MachineVerb::resume),
    /** Runs the provisioners again. */
    PROVISION("Provision", "provisioning", false, MachineVerb::provision);

    private final String word;
    private final String doing;
    private final boolean endsPrograms;
    private final Supplier<MachineVerb> command;

    Verb(String word, String doing, boolean endsPrograms, Supplier<MachineVerb> command) {
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

    MachineVerb command() {
        return command.get();
    }
}
