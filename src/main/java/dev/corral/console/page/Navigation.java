package dev.corral.console.page;

/** Ways between pages that do not know each other. For the FX thread. */
public interface Navigation {

    /** Shows a page and gives it the focus, unless that has its place elsewhere. */
    void show(PageView page);

    /** Shows something on the first page that accepts it; does nothing when none does. */
    void go(Reveal what);
}
