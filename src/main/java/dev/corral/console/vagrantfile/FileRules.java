package dev.corral.console.vagrantfile;

import dev.corral.console.page.Scope;
import dev.corral.console.page.Selection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What can be done with the file in sight. */
final class FileRules {
    private FileRules() {}

    static Selection selection(Optional<OpenFile> chosen) {
        if (chosen.isEmpty()) {
            return Selection.nothing();
        }
        OpenFile file = chosen.get();
        Map<FileCommand, String> obstacles = new HashMap<>();
        if (!file.shown()) {
            for (FileCommand command : FileCommand.values()) {
                if (command.scopes().contains(Scope.FILE) && command != FileCommand.CLOSE_FILE) {
                    obstacles.put(command, "This file is not shown");
                }
            }
        } else if (!file.writable()) {
            obstacles.put(FileCommand.SAVE_FILE, "This file is read only");
            obstacles.put(FileCommand.REPLACE, "This file is read only");
        } else if (!file.dirty().get()) {
            obstacles.put(FileCommand.SAVE_FILE, "Everything is saved");
        }
        if (file.editor().marks().get().isEmpty()) {
            obstacles.putIfAbsent(FileCommand.NEXT_PROBLEM, "No problem is known");
        }
        return new Selection(Optional.of(Scope.FILE), obstacles, Map.of());
    }
}
