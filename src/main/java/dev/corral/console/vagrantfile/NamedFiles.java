package dev.corral.console.vagrantfile;

import dev.corral.console.editor.file.EditedFile;
import dev.corral.console.editor.syntax.Language;
import dev.corral.console.editor.syntax.LexedLine;
import dev.corral.console.editor.syntax.LexedLine.Piece;
import dev.corral.console.editor.syntax.LineState;
import dev.corral.console.editor.syntax.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that a text of Ruby names and that are there: scripts, files it loads, settings it reads. Nothing is evaluated, so it is a list
 * of offers and decides nothing.
 */
final class NamedFiles {
    private static final int MOST_STRINGS = 400;
    private static final int MOST_FILES = 40;
    private static final int LONGEST = 300;

    private NamedFiles() {}

    /** The strings of a text, without their quotes. Pure. */
    static Set<String> strings(String text) {
        Set<String> strings = new LinkedHashSet<>();
        LineState state = LineState.NONE;
        for (String line : text.split("\n", -1)) {
            LexedLine lexed = Language.RUBY.lex(line, state);
            state = lexed.after();
            for (Piece piece : lexed.pieces()) {
                String string = line.substring(piece.from(), piece.to());
                if (piece.token() == Token.STRING
                        && string.length() > 2
                        && string.length() < LONGEST
                        && strings.size() < MOST_STRINGS) {
                    strings.add(string.replaceAll("^[\"'#{}]+|[\"'#{}]+$", ""));
                }
            }
        }
        return strings;
    }

    /** Those that are files, as seen from the folder of the file that names them. Blocks. */
    static List<Path> in(String text, Path file) {
        Path folder = file.getParent();
        Set<Path> found = new LinkedHashSet<>();
        if (folder == null) {
            return List.of();
        }
        for (String name : strings(text)) {
            for (String each : List.of(name, name + ".rb")) {
                if (found.size() < MOST_FILES && there(folder, each)) {
                    found.add(folder.resolve(each.replaceFirst("^/+", "")).normalize());
                }
            }
        }
        found.remove(file);
        return List.copyOf(found);
    }

    // What begins with a slash follows a folder's name in the text, or is a path of a guest: only the first is here.
    private static boolean there(Path folder, String name) {
        try {
            Path path = folder.resolve(name.replaceFirst("^/+", "")).normalize();
            return !name.isBlank() && Files.isRegularFile(path) && Files.size(path) <= EditedFile.LARGEST;
        } catch (InvalidPathException | IOException e) {
            // Most strings are no paths.
            return false;
        }
    }
}
