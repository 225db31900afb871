package dev.corral.console.vagrantfile.machines;

/** What can be asked of the machines of a Vagrantfile as a whole. */
enum Tool {
    /** Starts a sandbox, or boots what is off. */
    UP(
            "Up",
            "Starts a sandbox of this Vagrantfile and keeps its VMs when something fails; in one that exists it boots what is off"),
    /** Runs the provisioners again. */
    PROVISION("Provision", "Runs all provisioners again, as they are saved now"),
    /** Shuts down and boots. */
    RELOAD("Reload", "Shuts down and boots with what is saved now"),
    /** Goes back to the state after the first good start. */
    RESET("Reset to clean", "Goes back to the state after the first good start"),
    /** A clean start beside it. */
    PROVE("Prove it", "Starts the whole file in a fresh sandbox, and destroys that when all went well"),
    /** Stops what is under way. */
    CANCEL("Cancel", "Stops what is under way"),
    /** Shuts down. */
    HALT("Halt", "Shuts down; the disks stay"),
    /** Stops where it is. */
    SUSPEND("Suspend", "Stops the VMs where they are"),
    /** Goes on. */
    RESUME("Resume", "Goes on with suspended VMs"),
    /** Takes it all away. */
    DESTROY("Destroy…", "Destroys the sandbox with its VMs");

    private final String text;
    private final String description;

    Tool(String text, String description) {
        this.text = text;
        this.description = description;
    }

    /** Its name on a button. */
    String text() {
        return text;
    }

    /** What it does, a sentence without a full stop. */
    String description() {
        return description;
    }

    /** The id of its button. */
    String id() {
        return "tool-" + name().toLowerCase(java.util.Locale.ROOT);
    }
}
