package dev.corral.core.operation.start;

import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.OrdinaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which files beside a Vagrantfile come along into the sandbox. Two rules, both to be seen in the manifest's
 * {@code copied} list: every quoted text in the Vagrantfile that names an existing file or folder beside it (not
 * {@code "."}), also through Ruby files found that way; and every glob in a file {@code .corralcopy} beside it, a line
 * each, {@code !} before one to leave out what it matches.
 */
public final class CopyRule {
    /** The user's own list of what to copy. */
    public static final String OWN_LIST = ".corralcopy";

    private static final Pattern QUOTED = Pattern.compile("\"([^\"\\n#]{1,400})\"|'([^'\\n]{1,400})'");
    // Our own files in a sandbox's directory; the logs' folder is shared without harm.
    private static final Set<String> OURS = Set.of(
            "corral.json", "corral.json.lock", "journal.jsonl", "corral.lock", "corral.use", "ssh-config", ".vagrant");
    private static final int MOST_FILES = 10_000;

    private final Path folder;
    private final TreeSet<Path> chosen = new TreeSet<>();

    private CopyRule(Path folder) {
        this.folder = folder;
    }

    /**
     * The files to copy besides the Vagrantfile itself, relative to its folder; {@link #source} says where each lies.
     *
     * @param vagrantfile the Vagrantfile; where it is a link, what it names beside its target comes along too
     * @param text        its content
     * @throws IOException if a folder can not be read
     */
    public static Collection<Path> files(Path vagrantfile, String text) throws IOException {
        Path given = vagrantfile.toAbsolutePath();
        Collection<Path> files = files(Objects.requireNonNull(given.getParent()), given.getFileName(), text);
        if (Files.isSymbolicLink(given)) {
            Path target = given.toRealPath();
            files.addAll(files(Objects.requireNonNull(target.getParent()), target.getFileName(), text));
        }
        return files;
    }

    /**
     * Where a file of {@link #files} lies. Beside a Vagrantfile that is a link, Vagrant looks for scripts and folders; Ruby looks for what
     * {@code require_relative} and {@code __dir__} name beside the link's target.
     */
    public static Path source(Path vagrantfile, Path relative) throws IOException {
        Path given = vagrantfile.toAbsolutePath();
        Path beside = given.resolveSibling(relative);
        Path besideTarget = given.toRealPath().resolveSibling(relative);
        return Files.exists(besideTarget) && (relative.toString().endsWith(".rb") || !Files.exists(beside))
                ? besideTarget
                : beside;
    }

    private static Collection<Path> files(Path folder, Path own, String text) throws IOException {
        CopyRule rule = new CopyRule(folder);
        Deque<String> texts = new ArrayDeque<>(List.of(text));
        while (!texts.isEmpty()) {
            for (Path file : rule.named(texts.pop())) {
                String name = file.getFileName().toString();
                if (name.endsWith(".rb") || name.startsWith("Vagrantfile")) {
                    texts.add(OrdinaryFile.text(rule.folder.resolve(file)));
                }
            }
        }
        rule.ownList();
        rule.chosen.remove(own);
        rule.chosen.remove(Path.of("Vagrantfile"));
        rule.chosen.stream()
                .filter(file -> OURS.contains(file.getName(0).toString()))
                .findFirst()
                .ifPresent(file -> {
                    throw ExpectedFailure.failed(
                            "The Vagrantfile refers to " + file + " beside it, a name that Corral needs for itself.",
                            "Rename that file, or leave it out with a line !" + file + " in " + OWN_LIST + ".");
                });
        return rule.chosen;
    }

    // Adds what the text names, and returns what was new.
    private List<Path> named(String text) throws IOException {
        List<Path> added = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            for (String candidate : List.of(name, name + ".rb")) {
                Path relative = relative(candidate);
                if (relative != null) {
                    added.addAll(add(relative));
                }
            }
        }
        return added;
    }

    // The path below the folder that a text names; null when it names none.
    private @Nullable Path relative(String name) {
        try {
            Path path = Path.of(name);
            if (path.isAbsolute() || name.isBlank()) {
                return null;
            }
            Path inside = folder.resolve(path).normalize();
            return inside.startsWith(folder)
                            && !inside.equals(folder)
                            && !inside.startsWith(folder.resolve(".vagrant"))
                            && Files.exists(inside)
                            && inside.toRealPath().startsWith(folder.toRealPath())
                    ? folder.relativize(inside)
                    : null;
        } catch (InvalidPathException | IOException e) {
            // Any text of a Vagrantfile comes here; most are no paths.
            return null;
        }
    }

    private List<Path> add(Path relative) throws IOException {
        List<Path> added = new ArrayList<>();
        Path start = folder.resolve(relative);
        if (Files.isRegularFile(start)) {
            choose(relative, added);
        } else if (Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            walk(start, file -> choose(folder.relativize(file), added));
        }
        return added;
    }

    private void choose(Path relative, List<Path> added) {
        if (chosen.add(relative)) {
            added.add(relative);
            if (chosen.size() > MOST_FILES) {
                throw ExpectedFailure.failed(
                        "The Vagrantfile refers to more than " + MOST_FILES + " files beside it.",
                        "Name fewer folders in it, or leave some out with lines that begin with ! in " + OWN_LIST
                                + ".");
            }
        }
    }

    private void ownList() throws IOException {
        Path list = folder.resolve(OWN_LIST);
        if (!Files.isRegularFile(list)) {
            return;
        }
        for (String line : OrdinaryFile.text(list).lines().toList()) {
            String glob = line.strip();
            if (glob.isEmpty() || glob.startsWith("#")) {
                continue;
            }
            PathMatcher matcher =
                    matcher(glob.startsWith("!") ? glob.substring(1).strip() : glob);
            if (glob.startsWith("!")) {
                chosen.removeIf(matcher::matches);
            } else {
                walk(folder, file -> {
                    if (matcher.matches(folder.relativize(file))) {
                        choose(folder.relativize(file), new ArrayList<>());
                    }
                });
            }
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw ExpectedFailure.failed(
                    "The line \"" + glob + "\" in " + OWN_LIST + " is no glob: " + e.getDescription() + ".",
                    "Correct that line.",
                    e);
        }
    }

    private void walk(Path start, Consumer<Path> files) throws IOException {
        try {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    return name.equals(".vagrant") || name.equals(".git")
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.accept(file);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
