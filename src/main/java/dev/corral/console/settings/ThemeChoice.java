package dev.corral.console.settings;

/** Which colours the user wants. */
public enum ThemeChoice {
    /** As the system has it. */
    SYSTEM,
    /** Light. */
    LIGHT,
    /** Dark. */
    DARK
}
