package dev.corral.core.vagrantfile.complete;

/**
 * Something that could be written.
 *
 * @param insert      the text
 * @param from        the column, counted from 1, from which on it takes the place of what stands before the caret
 * @param kind        what it is
 * @param explanation what it means, a line; may be empty
 */
public record Candidate(String insert, int from, Kind kind, String explanation) {
    /** What is offered. */
    public enum Kind {
        /** A part of the whole configuration. */
        PART,
        /** A key that gets a value. */
        SETTING,
        /** A key that is called. */
        METHOD,
        /** A key that is called and may be given a block. */
        BLOCK,
        /** An option of a call. */
        OPTION,
        /** A word that a setting or an option knows: a type, a provider, a kind of network. */
        WORD,
        /** A machine's name. */
        MACHINE,
        /** A box that is here. */
        BOX,
        /** A variable of the environment. */
        VARIABLE,
        /** A name that stands for a part of the configuration. */
        NAME
    }
}
