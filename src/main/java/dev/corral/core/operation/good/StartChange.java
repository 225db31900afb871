package dev.corral.core.operation.good;

/**
 * Something in which a start differs from the last one that worked.
 *
 * @param kind   what sort of thing it is
 * @param what   which one
 * @param before how it was when it worked; empty if it was not there
 * @param after  how it is now; empty if it is not there
 * @param diff   of a text, the lines that differ as {@code diff -u} has them; empty otherwise
 */
public record StartChange(Kind kind, String what, String before, String after, String diff) {
    /** What can differ. */
    public enum Kind {
        /** The Vagrantfile, or a file that was copied with it. */
        FILE("file"),
        /** A variable. */
        VARIABLE("variable"),
        /** A machine's box. */
        BOX("box"),
        /** A version of Vagrant, a plugin or the hypervisor. */
        VERSION("version"),
        /** How long a phase took. */
        TIME("time");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in JSON and for people. */
        public String word() {
            return word;
        }
    }
}
