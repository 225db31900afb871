package dev.corral.console.editor.file;

import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;

/**
 * Joins two changes of one text, as Git does it: what only one of them has touched is taken from that one.
 *
 * @param text      both changes; where they touch the same lines, mine
 * @param conflicts whether they touch the same lines anywhere
 */
public record ThreeWay(String text, boolean conflicts) {

    /** Joins them. Pure. */
    public static ThreeWay merge(String base, String mine, String theirs) {
        MergeResult<RawText> result = new MergeAlgorithm()
                .merge(RawTextComparator.DEFAULT, LineDiff.raw(base), LineDiff.raw(mine), LineDiff.raw(theirs));
        StringBuilder text = new StringBuilder();
        boolean conflicts = false;
        for (MergeChunk chunk : result) {
            conflicts |= chunk.getConflictState() != MergeChunk.ConflictState.NO_CONFLICT;
            if (chunk.getConflictState() == MergeChunk.ConflictState.NEXT_CONFLICTING_RANGE
                    || chunk.getConflictState() == MergeChunk.ConflictState.BASE_CONFLICTING_RANGE) {
                continue;
            }
            RawText of = result.getSequences().get(chunk.getSequenceIndex());
            if (chunk.getBegin() < chunk.getEnd()) {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
                    text.append('\n');
                }
                text.append(of.getString(chunk.getBegin(), chunk.getEnd(), false));
            }
        }
        return new ThreeWay(text.toString(), conflicts);
    }
}
