package dev.corral.console.page;

import dev.corral.core.inspect.tasks.MeantVagrantfile;
import java.nio.file.Path;
import java.util.Optional;

/** Tells Vagrantfiles and task files apart that the window is opened with. Thread-safe; looks at files, so not for the FX thread. */
public final class WhatToOpen {
    private WhatToOpen() {}

    /** What a person means by a path: a Vagrantfile is to be edited; all else is a task file or a folder of them. */
    public static Reveal of(Path path) {
        return MeantVagrantfile.of(path)
                .<Reveal>map(file -> new Reveal.Vagrantfile(Optional.of(file), Optional.empty(), 0))
                .orElseGet(() -> new Reveal.TaskFile(path));
    }
}
