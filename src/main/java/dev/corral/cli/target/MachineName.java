package dev.corral.cli.target;

/**
 * {@code SANDBOX[/MACHINE]} as people type it.
 *
 * @param sandbox the sandbox's id
 * @param machine the machine's name; empty means the primary one
 */
public record MachineName(String sandbox, String machine) {
    /** Takes apart what was typed; never fails, as whether there is such a VM is seen later. */
    public static MachineName parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new MachineName(text, "")
                : new MachineName(text.substring(0, slash), text.substring(slash + 1));
    }
}
