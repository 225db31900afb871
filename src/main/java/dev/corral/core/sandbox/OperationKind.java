package dev.corral.core.sandbox;

/** The kinds of operation, as journals name them. */
public enum OperationKind {
    /** Copies a Vagrantfile and runs {@code vagrant up}. */
    START("start"),
    /** Runs {@code vagrant destroy}, confirms it and removes the directory. */
    DESTROY("destroy"),
    /** Runs another Vagrant command on machines that exist. */
    MACHINE("machine");

    private final String word;

    OperationKind(String word) {
        this.word = word;
    }

    /** The word in journals and JSON. */
    public String word() {
        return word;
    }
}
