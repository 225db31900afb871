package dev.corral.console.page;

/**
 * Something that a page does and that closing the window would leave half made.
 *
 * @param title  what it is called
 * @param cancel cancels it; it may take a while until it is over
 */
public record PageWork(String title, Runnable cancel) {}
