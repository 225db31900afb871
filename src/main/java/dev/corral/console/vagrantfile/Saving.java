package dev.corral.console.vagrantfile;

import dev.corral.console.editor.file.Disk;
import dev.corral.console.editor.file.DiskAnswer;
import dev.corral.console.editor.file.EditedFile;
import java.nio.file.Path;

/** Saves edited files, and tells of each that was. Blocks. */
final class Saving {
    private final Told told;

    /** Hears of a file that was saved, away from the FX thread. */
    interface Told {
        /**
         * It was.
         *
         * @param before the SHA-256 of the content that the editor had read or saved last, in hexadecimal digits
         * @param after  the same of what was saved over it
         */
        void saved(Path file, String before, String after);
    }

    Saving(Told told) {
        this.told = told;
    }

    /**
     * Saves a text, unless the disk has something that nobody has seen: then it says what is to be done about that.
     *
     * @throws dev.corral.core.base.ExpectedFailure if it can not be written; the file is as it was
     */
    DiskAnswer save(EditedFile file, String text) {
        String before = file.hash();
        Disk disk = file.save(text);
        if (disk instanceof Disk.Gone) {
            file.overwrite(text);
        } else if (!(disk instanceof Disk.Same)) {
            return DiskAnswer.to(file.content().text(), text, disk);
        }
        told.saved(file.path(), before, file.hash());
        return new DiskAnswer.Nothing();
    }
}
