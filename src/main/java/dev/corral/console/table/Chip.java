package dev.corral.console.table;

/**
 * A quick filter by state.
 *
 * @param id    names it among the chips of its list
 * @param title what it says before its count
 * @param word  what stands after {@code state:} for it; empty for all states
 * @param tip   more about it; may be empty
 */
public record Chip(String id, String title, String word, String tip) {}
