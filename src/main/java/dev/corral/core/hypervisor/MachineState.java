package dev.corral.core.hypervisor;

/** The state of one machine, as far as files and read-only hypervisor queries tell. */
public enum MachineState {
    /** Vagrant has not made it yet. */
    NOT_CREATED("not created"),
    /** Its {@code vagrant up} is under way and it does not answer yet. */
    STARTING("starting"),
    /** It answers and its provisioners are running. */
    PROVISIONING("provisioning"),
    /** It runs. */
    RUNNING("running"),
    /** It exists and is off. */
    STOPPED("stopped"),
    /** It exists, paused or suspended. */
    PAUSED("paused"),
    /** Its destroy is under way. */
    DESTROYING("destroying"),
    /** Its start failed; it may exist in part. */
    FAILED("failed"),
    /** Vagrant noted an id for it, but the hypervisor does not know that id. */
    GONE("gone"),
    /** The hypervisor could not be asked. */
    UNKNOWN("unknown");

    private final String word;

    MachineState(String word) {
        this.word = word;
    }

    /** The word shown to people and printed in JSON (with {@code _} for a space there). */
    public String word() {
        return word;
    }
}
