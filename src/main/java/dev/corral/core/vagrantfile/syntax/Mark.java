package dev.corral.core.vagrantfile.syntax;

import dev.corral.core.vagrantfile.Problem.Severity;

/**
 * Something to be marked in a text.
 *
 * @param line     the line, counted from 1
 * @param column   where it begins, counted from 1 in UTF-16 units, as Java counts characters
 * @param end      the column behind its end, in the same line
 * @param severity how bad it is
 * @param message  what it is, a sentence
 */
public record Mark(int line, int column, int end, Severity severity, String message) {}
