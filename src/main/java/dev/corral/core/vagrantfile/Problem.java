package dev.corral.core.vagrantfile;

/**
 * Something about a Vagrantfile that its author wants to know.
 *
 * @param file     the file
 * @param line     the line, counted from 1
 * @param column   the column, counted from 1
 * @param severity how bad it is
 * @param text     what it is, in a sentence
 */
public record Problem(String file, int line, int column, Severity severity, String text) {
    /** How bad a problem is. */
    public enum Severity {
        /** Vagrant will not start the machine. */
        ERROR,
        /** It may be meant so. */
        WARNING
    }

    static Problem at(Place place, String vagrantfile, Severity severity, String text) {
        return new Problem(place.known() ? place.file() : vagrantfile, Math.max(place.line(), 1), 1, severity, text);
    }
}
