package dev.corral.cli;

/**
 * {@code SANDBOX[/MACHINE]} as people type it.
 *
 * @param sandbox the sandbox's id
 * @param machine the machine's name; empty means the primary one
 */
record MachineName(String sandbox, String machine) {
    static MachineName parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new MachineName(text, "")
                : new MachineName(text.substring(0, slash), text.substring(slash + 1));
    }
}
