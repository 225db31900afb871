package dev.corral.core.vagrantfile.check;

/**
 * A text that mends a problem when it takes the place of another. Columns count from 1, in UTF-16 units.
 *
 * @param line        the line, counted from 1
 * @param column      where what is replaced begins
 * @param end         the column behind it
 * @param replacement what takes its place
 */
public record Fix(int line, int column, int end, String replacement) {}
