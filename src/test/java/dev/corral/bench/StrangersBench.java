package dev.corral.bench;

import dev.corral.core.vagrantfile.SideBySide;
import dev.corral.core.vagrantfile.SideBySide.Outcome;
import dev.corral.core.vagrantfile.SideBySide.Project;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Vagrantfiles of other people's projects, each with the files beside it: what they mean to plain Vagrant in their own folder and to Corral
 * in a copy. Their Ruby is run; none of their machines is made.
 */
final class StrangersBench {
    private StrangersBench() {}

    /** Runs every Vagrantfile below each folder of this one; whether none differs. */
    static boolean run(PrintStream out, Path strangers) throws Exception {
        Path folder = Files.createTempDirectory("corral-strangers");
        SideBySide both = new SideBySide(folder);
        List<Project> projects = new ArrayList<>();
        try (Stream<Path> all = Files.list(strangers.toAbsolutePath())) {
            for (Path project : all.filter(Files::isDirectory).sorted().toList()) {
                for (Path vagrantfile : vagrantfiles(project)) {
                    String key = "s" + projects.size();
                    copy(project, both.own().resolve(key));
                    projects.add(
                            new Project(key, project.relativize(vagrantfile).toString(), Map.of()));
                    out.println("  " + key + "  " + strangers.toAbsolutePath().relativize(vagrantfile));
                }
            }
        }
        int alike = 0;
        int fail = 0;
        int different = 0;
        for (Project project : projects) {
            Outcome outcome;
            try {
                // One by one: what one of them does to Vagrant, or tells without end, is no matter of the others.
                outcome = both.run(List.of(project), false).getFirst();
            } catch (IOException | IllegalStateException e) {
                out.println("  can't be told: " + project.key() + ": "
                        + e.getMessage().lines().findFirst().orElse(""));
                continue;
            }
            if (!outcome.differences().isEmpty()) {
                different++;
                out.println("Difference: " + outcome.key());
                outcome.differences().forEach(one -> out.println("  " + one));
            } else if (outcome.fails().isEmpty()) {
                alike++;
            } else {
                fail++;
                out.println("  fails in both: " + outcome.key() + ": "
                        + outcome.fails().replaceAll("\\s+", " "));
            }
        }
        out.printf("  %d alike, %d fail in both for one reason, %d differ (to reach: 0)%n", alike, fail, different);
        return different == 0;
    }

    private static List<Path> vagrantfiles(Path project) throws IOException {
        try (Stream<Path> all = Files.walk(project)) {
            return all.filter(one -> one.getFileName().toString().equals("Vagrantfile"))
                    .filter(one -> Files.isRegularFile(one, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                Path place = to.resolve(from.relativize(one).toString());
                if (Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(one, place, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
