package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.recording.CastEvent;
import dev.corral.core.recording.CastLines;
import dev.corral.core.recording.replay.CommandWalk;
import dev.corral.core.recording.replay.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of a golden run as they are read off recordings. */
@Tag("unit")
class GoldenExportTest {
    private static final String HEADER = "{\"version\":2,\"width\":40,\"height\":6,"
            + "\"corral\":{\"sandbox\":\"box\",\"machine\":\"web\",\"began\":\"2026-03-01T10:00:00Z\"}}\n";
    private static final String P = "vagrant@debian:~$ ";
    private static final String ROOT = "root@debian:/etc# ";

    @TempDir
    private Path folder;

    private Path cast(String shown) throws IOException {
        StringBuilder lines = new StringBuilder(HEADER);
        int at = 0;
        // Piece by piece, as it comes from a terminal: prompts stand there before what is typed.
        for (String part : shown.replace("\n", "\r\n").split("(?<=[$#>] )|(?<=\n)")) {
            CastLines.append(lines, new CastEvent(at++ * 1000L, CastEvent.OUTPUT, part));
        }
        return Files.writeString(folder.resolve("x.cast"), lines);
    }

    private List<CommandWalk.Step> walk(String shown) throws IOException {
        try (Recording recording = Recording.open(cast(shown))) {
            return CommandWalk.of(recording);
        }
    }

    private Commands commands(String shown) throws IOException {
        Commands commands = new Commands();
        try (Recording recording = Recording.open(cast(shown))) {
            commands.take(recording);
        }
        return commands;
    }

    private static List<String> told(Commands commands) {
        return commands.steps().stream()
                .map(Commands.Timed::step)
                .map(step -> step.shell().map(number -> number + " ").orElse("")
                        + step.command().orElse("")
                        + step.skip().map(why -> " (" + why + ")").orElse(""))
                .toList();
    }

    // What export writes must be what check reads.
    private void readBack(List<GoldenStep> steps) {
        Path file = folder.resolve("golden.json");
        Golden golden = new Golden(
                Golden.VERSION,
                "e.py",
                "t",
                "s",
                Optional.empty(),
                Optional.of("a"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                steps);
        GoldenFile.write(golden, file, true);
        assertThat(GoldenFile.read(file).steps()).hasSize(steps.size());
    }

    @Test
    void moreNotesThanAGoldenRunHoldsAreLeftOutWithAWarning() {
        List<GoldenStep> steps = new ArrayList<>();
        for (int i = 0; i < 5_200; i++) {
            steps.add(GoldenStep.note("note " + i));
        }
        steps.add(GoldenStep.command(1, "ls", List.of(), Optional.empty()));
        List<String> warnings = new ArrayList<>();
        List<GoldenStep> kept = GoldenExport.fitting(steps, warnings);
        assertThat(kept).hasSize(5_000);
        assertThat(kept.getLast().command()).contains("ls");
        assertThat(warnings).singleElement().asString().startsWith("The last 201 notes are left out");
        readBack(kept);
    }

    @Test
    void notesThatAreTooLongTogetherAreLeftOutToo() {
        List<GoldenStep> steps = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            steps.add(GoldenStep.note("\u0001\"".repeat(4_000)));
        }
        List<String> warnings = new ArrayList<>();
        List<GoldenStep> kept = GoldenExport.fitting(steps, warnings);
        assertThat(kept).hasSizeBetween(200, 1_100);
        assertThat(warnings).hasSize(1);
        readBack(kept);
        assertThat(GoldenExport.fitting(steps.subList(0, 100), warnings)).hasSize(100);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void aCommandHasTheLinesUntilTheNextPrompt() throws IOException {
        List<CommandWalk.Step> steps = walk("Welcome\n" + P + "ls\na  b\n\nc\n" + P + "\n" + P + "printf x\nx" + P
                + "true\n" + P + "cat f\n> quoted\n0123456789012345678901234567890123456789long\nlast");
        assertThat(steps).extracting(CommandWalk.Step::command).containsExactly("ls", "printf x", "true", "cat f");
        assertThat(steps)
                .extracting(CommandWalk.Step::output)
                .containsExactly(
                        List.of("a  b", "", "c"),
                        List.of("x"),
                        List.of(),
                        List.of("> quoted", "0123456789012345678901234567890123456789long", "last"));
    }

    @Test
    void whatTheLastCommandShowsWithoutALinesEndIsKept() throws IOException {
        assertThat(walk(P + "cat flag.txt\nflag-3" + P)).singleElement().satisfies(step -> assertThat(step.output())
                .containsExactly("flag-3"));
        assertThat(walk(P + "true\n" + P)).singleElement().satisfies(step -> assertThat(step.output())
                .isEmpty());
    }

    @Test
    void linesThatTheShellAskedForBelongToTheCommandAndOthersDoNot() throws IOException {
        List<CommandWalk.Step> steps = walk(P + "for i in 1 2; do\n> echo 'a\n> b'\n> done\na\nb\n" + P
                + "cat <<END\n> x\n> END\nx\n" + P + "echo a \\\n> b\na b\n" + P + "diff a b\n> only in b\n" + P
                + "case x in y) ;; esac; echo \"$(id -u)\"\n> 0\n");
        assertThat(steps)
                .extracting(CommandWalk.Step::command)
                .containsExactly(
                        "for i in 1 2; do\necho 'a\nb'\ndone",
                        "cat <<END\nx\nEND",
                        "echo a \\\nb",
                        "diff a b",
                        "case x in y) ;; esac; echo \"$(id -u)\"");
        assertThat(steps.get(3).output()).containsExactly("> only in b");
    }

    @Test
    void aCommandThatNeverEndsIsCutAtItsLimit() throws IOException {
        List<CommandWalk.Step> steps = walk(P + "cat <<X\n" + "> a\n".repeat(20_000) + P + "true\n");
        assertThat(steps).hasSize(2);
        assertThat(steps.getFirst().command().lines()).hasSize(501);
        assertThat(steps.getFirst().output()).hasSize(CommandWalk.MOST_LINES).startsWith("> a");
        assertThat(steps.getFirst().cut()).isTrue();
        assertThat(steps.getLast().command()).isEqualTo("true");
    }

    @Test
    void whatIsTooMuchForAGoldenRunIsLeftOutAndThatIsSaid() throws IOException {
        Commands commands = new Commands();
        Path recording = cast((P + "id\n").repeat(1_900) + P + "last\n");
        for (int copy = 0; copy < 3; copy++) {
            try (Recording open = Recording.open(Files.copy(recording, folder.resolve(copy + ".cast")))) {
                commands.take(open);
            }
        }
        assertThat(commands.steps()).hasSize(4_001);
        assertThat(told(commands).get(3_999)).isEqualTo("3 id");
        assertThat(told(commands).getLast()).startsWith("id (the recordings show more than a golden run may hold");
        Commands shells = commands((P + "id\n")
                + IntStream.range(0, 60)
                        .mapToObj(number -> "u" + number + "@debian:~$ id\n")
                        .collect(Collectors.joining()));
        assertThat(shells.shells()).hasSize(50);
        assertThat(told(shells).getLast()).contains("more than a golden run may hold");
        Commands one = commands((P + "id\n").repeat(3_000));
        assertThat(one.steps()).hasSize(2_001);
        assertThat(told(one).getLast()).startsWith("id (its recording shows more than is read");
    }

    @Test
    void whatBelongsToTheSessionOrWasGivenUpIsLeftAway() throws IOException {
        Commands commands = commands(P + "task start\nstarted\n" + P + "id\nuid=1000\n" + P + "sleep 9^C\n" + P
                + "clear\n" + P + "task submit 42\nDo you want\n" + P + "taskset 1 true\n" + P + "exit\nlogout\n");
        assertThat(told(commands)).containsExactly("id", "taskset 1 true");
        assertThat(commands.hosts()).containsExactly("debian");
        assertThat(commands.shells())
                .containsExactly(new Golden.Shell(Optional.of("web"), Optional.empty(), Optional.empty(), 40, 6));
    }

    @Test
    void anotherUsersShellGoesOnAsOneOfItsOwn() throws IOException {
        Commands commands = commands(P + "cd /etc\n" + P + "sudo -s\n" + ROOT + "whoami\nroot\n" + ROOT + "exit\n" + P
                + "whoami\nvagrant\n");
        assertThat(told(commands))
                .containsExactly("cd /etc", "sudo -s (it opened another shell)", "2 whoami", "whoami");
        assertThat(commands.shells().get(1).user()).contains("root");
        assertThat(commands.shells().get(1).directory()).contains("/etc");
    }

    @Test
    void whatRanElsewhereOrOnAScreenOfItsOwnIsSaidToBeLeftOut() throws IOException {
        Commands commands = commands(P + "ssh target\n" + "me@target:~$ " + "hostname\ntarget\n" + "me@target:~$ "
                + "exit\n" + P + "docker exec -it c sh\n" + "# " + "ls\nbin\n" + "# " + "exit\n" + P
                + "vim f\n\u001b[?1049hmany\nlines\n\u001b[?1049l" + P + "ping -c1 10.0.0.5\n");
        assertThat(told(commands))
                .containsExactly(
                        "ssh target (it opened another shell)",
                        "hostname (it ran on target)",
                        "docker exec -it c sh (it opened another shell)",
                        "ls (it ran in a program or container that was opened before)",
                        "vim f (a full-screen program ran; say in commands what was done in it)",
                        "ping -c1 10.0.0.5");
        assertThat(commands.addresses()).isEqualTo(1);
    }

    @Test
    void muchOutputIsComparedByItsBeginning() throws IOException {
        StringBuilder shown = new StringBuilder(P + "seq 1000\n");
        for (int i = 1; i <= 1000; i++) {
            shown.append(i).append('\n');
        }
        GoldenStep step = commands(shown.toString()).steps().getFirst().step();
        assertThat(step.output().orElseThrow()).hasSize(CommandWalk.MOST_LINES).endsWith("400");
        assertThat(step.check()).contains(GoldenStep.Check.BEGINNING);
    }
}
