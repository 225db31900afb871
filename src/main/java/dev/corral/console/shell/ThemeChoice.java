package dev.corral.console.shell;

/** Which colours the user wants. */
public enum ThemeChoice {
    /** As the system has it. */
    SYSTEM,
    /** Light. */
    LIGHT,
    /** Dark. */
    DARK
}
