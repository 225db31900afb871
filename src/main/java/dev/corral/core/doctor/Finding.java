package dev.corral.core.doctor;

/**
 * What a check of this machine found.
 *
 * @param check    what was checked, in a word or two
 * @param verdict  how it stands
 * @param sentence what was found
 * @param nextStep what to do about it, empty when nothing
 */
public record Finding(String check, Verdict verdict, String sentence, String nextStep) {
    /** How a check came out. */
    public enum Verdict {
        /** Nothing to do. */
        OK,
        /** Works, but something will be slow or is missing. */
        WARN,
        /** Sandboxes can not be started before this is mended. */
        FAIL
    }

    static Finding ok(String check, String sentence) {
        return new Finding(check, Verdict.OK, sentence, "");
    }
}
