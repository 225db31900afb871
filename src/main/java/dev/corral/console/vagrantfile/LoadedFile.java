package dev.corral.console.vagrantfile;

import dev.corral.console.editor.CodeEditor;
import dev.corral.console.editor.file.Drafts.Kept;
import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.vagrantfile.strip.FileDrafts;
import dev.corral.core.base.ExpectedFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A file as it was read for the editor.
 *
 * @param file     what the disk has
 * @param gone     whether that is nothing: what was kept of it can be reached still
 * @param obstacle why it can not be changed, a sentence
 * @param left     what former windows left of it, the newest first
 * @param text     its text, as the editor takes it
 * @param language its language
 */
record LoadedFile(
        EditedFile file,
        boolean gone,
        Optional<String> obstacle,
        List<Kept> left,
        CodeEditor.Prepared text,
        Language language) {

    /**
     * Reads it. Blocks.
     *
     * @param forReading why it is not to be changed; empty when it may be
     * @throws ExpectedFailure if it can not be read, or is not there and nothing was kept of it
     */
    static LoadedFile of(Path path, Optional<String> forReading, FileDrafts drafts) {
        List<Kept> left = forReading.isPresent() ? List.of() : drafts.left();
        Optional<EditedFile> there = there(path, left);
        EditedFile file = there.orElseGet(() -> EditedFile.missing(path));
        String text = file.content().text();
        Language language = Language.of(path, text);
        return new LoadedFile(
                file,
                there.isEmpty(),
                forReading.or(file::obstacle),
                left,
                CodeEditor.Prepared.of(text, language),
                language);
    }

    private static Optional<EditedFile> there(Path path, List<Kept> left) {
        try {
            return Optional.of(EditedFile.open(path));
        } catch (ExpectedFailure e) {
            if (e.kind() == ExpectedFailure.Kind.NOT_FOUND && !left.isEmpty()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The text that the disk has; empty where it has none. */
    Optional<String> content() {
        return Optional.of(file.content().text()).filter(text -> !gone);
    }
}
