package dev.corral.core.vagrantfile.syntax;

/**
 * A variable of the environment that the text reads by its name. Names that are only known when the file runs are not among them.
 *
 * @param name   its name
 * @param line   the line, counted from 1
 * @param column where the name begins, counted from 1
 * @param end    the column behind its end
 */
public record VariableUse(String name, int line, int column, int end) {}
