package dev.corral.core.vagrantfile.syntax;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A word in a text, without the quotes or the colon around it.
 *
 * @param text   the word
 * @param line   the line, counted from 1
 * @param column where it begins, counted from 1
 * @param end    the column behind its end
 */
// The parser's answers have thousands of them, in this order and without names.
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Word(String text, int line, int column, int end) {}
