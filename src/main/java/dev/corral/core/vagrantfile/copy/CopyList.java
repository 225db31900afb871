package dev.corral.core.vagrantfile.copy;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user's own list beside a Vagrantfile. Patterns are those of {@code .gitignore}; what a line matches comes along, what a line with a
 * {@code !} before it matches is left out. The last line that matches a path or a folder above it decides, so that, unlike with git, a
 * part of a folder can be left out or taken. Not thread-safe.
 */
final class CopyList {
    /** The file's name. */
    static final String NAME = ".corralcopy";

    private static final long LARGEST = 1 << 20;
    private static final int MOST_LINES = 1_000;

    /** What the list says about a path. */
    enum Word {
        /** It comes along. */
        ALONG,
        /** It is left out. */
        OUT,
        /** Nothing. */
        NOTHING
    }

    private final List<CopyLine> lines = new ArrayList<>();

    private CopyList() {}

    /**
     * Reads the list in that folder, if there is one.
     *
     * @throws ExpectedFailure if it can not be read or a line is no pattern
     */
    static CopyList in(Path folder) {
        CopyList list = new CopyList();
        Path file = folder.resolve(NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return list;
        }
        try {
            String text = new String(OrdinaryFile.read(file, LARGEST), StandardCharsets.UTF_8);
            int number = 0;
            for (String line : (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList()) {
                number++;
                String pattern = line.stripLeading();
                if (!pattern.isBlank()
                        && !pattern.startsWith("#")
                        && !pattern.strip().equals("!")) {
                    list.lines.add(new CopyLine(number, pattern));
                }
            }
        } catch (IOException e) {
            throw ExpectedFailure.failed(
                    "The list " + file + " can't be read: " + e.getMessage() + ".",
                    "See that it is a file that you may read, or remove it.",
                    e);
        }
        if (list.lines.size() > MOST_LINES) {
            throw ExpectedFailure.failed(
                    "The list " + file + " has more than " + MOST_LINES + " lines.",
                    "Name folders instead of the files in them.");
        }
        return list;
    }

    /** What it says about a place. */
    Word of(Path place, boolean folder) {
        return deciding(place, folder)
                .map(line -> line.out() ? Word.OUT : Word.ALONG)
                .orElse(Word.NOTHING);
    }

    /** The line that decides about a place. */
    Optional<CopyLine> deciding(Path place, boolean folder) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).matches(place, folder)) {
                return Optional.of(lines.get(i));
            }
        }
        return Optional.empty();
    }

    /** Whether a line after the one that leaves a folder out may take something in it back. */
    boolean takesBack(CopyLine line) {
        return lines.subList(lines.indexOf(line) + 1, lines.size()).stream().anyMatch(one -> !one.out());
    }

    /** The lines that name what comes along. */
    List<CopyLine> along() {
        return lines.stream().filter(line -> !line.out()).toList();
    }

    /** The lines that have matched nothing up to now. */
    List<CopyLine> unused() {
        return lines.stream().filter(line -> !line.used()).toList();
    }

    /** A line that matches exactly this place. */
    static String lineFor(Path place) {
        StringBuilder line = new StringBuilder(place.getNameCount() == 1 ? "/" : "");
        for (char sign : place.toString().toCharArray()) {
            if (sign < ' ' || sign == 0x7F) {
                line.append('?');
            } else {
                line.append("*?[]{}\\".indexOf(sign) >= 0 ? "\\" : "").append(sign);
            }
        }
        if (line.charAt(line.length() - 1) == ' ') {
            line.setCharAt(line.length() - 1, '?');
        }
        return line.toString();
    }
}
