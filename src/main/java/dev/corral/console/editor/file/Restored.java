package dev.corral.console.editor.file;

/**
 * What stands in the editor when a kept text is brought back. The file may have changed since, or its text in the editor: then these
 * changes are joined as if both had just happened.
 *
 * @param text  the text
 * @param asked whether what the disk has is still to be joined with it, or asked about
 * @param note  what to say about it; empty for nothing
 */
public record Restored(String text, boolean asked, String note) {
    private static final String UNDO = "Undo brings back what stood here.";

    /**
     * Decides. Pure.
     *
     * @param content what was read or saved last
     * @param here    what the editor has
     * @param gone    whether the disk has nothing
     */
    public static Restored of(Drafts.Draft draft, String content, String here, boolean gone) {
        boolean typed = !here.equals(content);
        if (gone || draft.text().equals(draft.base()) || draft.base().equals(here)) {
            return new Restored(draft.text(), false, typed && !gone ? UNDO : "");
        }
        if (!typed) {
            return new Restored(draft.text(), true, "");
        }
        ThreeWay both = ThreeWay.merge(draft.base(), draft.text(), here);
        return both.conflicts()
                ? new Restored(draft.text(), false, UNDO)
                : new Restored(both.text(), false, "What was typed here since has been joined with it.");
    }
}
