package dev.corral.console.vagrantfile.help;

import dev.corral.console.editor.EditorHelp;
import dev.corral.console.editor.syntax.Language;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes who helps with a file. For the FX thread; the helper itself is asked elsewhere. */
public interface HelpMaker extends BiFunction<Path, Language, EditorHelp> {

    /**
     * Takes what Vagrant said of the Vagrantfile that is debugged.
     *
     * @param said  what was said; empty if nobody knows
     * @param saved the text of a file that is open and has no changes
     */
    default void read(Optional<Resolution> said, Function<Path, Optional<String>> saved) {}
}
