package dev.corral.core.code;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.sandbox.Manifest;
import dev.corral.core.sandbox.Owner;
import java.util.Optional;

/** What a command does that finds changed code in its sandbox. */
public enum WhenChanged {
    /** It runs what is there: the person changed it. */
    USE,
    /** It takes what was kept, and sets aside what is there. */
    RESTORE,
    /** It does nothing and says what has changed. */
    REFUSE;

    /** The variable that decides for every command. */
    public static final String VARIABLE = "CORRAL_CHANGED";

    /**
     * What a word means.
     *
     * @param where what it was said to, for the sentence
     * @throws ExpectedFailure if it means nothing
     */
    public static WhenChanged parse(String where, String word) {
        return switch (word) {
            case "use" -> USE;
            case "restore" -> RESTORE;
            case "refuse" -> REFUSE;
            default ->
                throw ExpectedFailure.usage(
                        where + " is \"" + word + "\", which means nothing.", "Say use, restore or refuse.");
        };
    }

    /** What the variable says, else what suits the sandbox: a run of Inspect has nobody to ask, and its agents may write what they like. */
    public static WhenChanged of(Environment environment, Optional<Manifest> manifest) {
        String said = environment.get(VARIABLE).orElse("");
        if (!said.isEmpty()) {
            return parse(VARIABLE, said);
        }
        return manifest.filter(known -> known.owner().kind() == Owner.Kind.INSPECT)
                        .isPresent()
                ? RESTORE
                : REFUSE;
    }
}
