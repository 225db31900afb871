package dev.corral.core.vagrantfile.syntax;

/**
 * Lines that belong together and can be folded into the first.
 *
 * @param firstLine the first line, counted from 1
 * @param lastLine  the last line, greater than the first
 * @param kind      what it is
 * @param label     the machine's, provider's or provisioner's name where the text says it, the word of a heredoc; may be empty
 */
public record Fold(int firstLine, int lastLine, Kind kind, String label) {
    /** What is folded. */
    public enum Kind {
        /** The definition of a machine. */
        MACHINE,
        /** The settings of a provider. */
        PROVIDER,
        /** The settings of a provisioner. */
        PROVISIONER,
        /** A text over several lines. */
        HEREDOC,
        /** Any other block, list or condition. */
        BLOCK
    }
}
