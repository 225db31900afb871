package dev.corral.core.vagrantfile.syntax;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A word in a text, without the quotes or the colon around it. The parser's answers have thousands of them, so as JSON it is an array, in
 * this order and without names.
 *
 * @param text   the word
 * @param line   the line, counted from 1
 * @param column where it begins, counted from 1
 * @param end    the column behind its end
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Word(String text, int line, int column, int end) {}
