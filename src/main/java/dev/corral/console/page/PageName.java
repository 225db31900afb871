package dev.corral.console.page;

import org.kordamp.ikonli.Ikon;

/**
 * What a page is called.
 *
 * @param id          lower case, never changes: style-sheet ids and what the window remembers go by it
 * @param title       in the rail
 * @param description what it shows, as a command: {@code Show evals, samples and VMs}
 * @param icon        in the rail and the palette
 */
public record PageName(String id, String title, String description, Ikon icon) {}
