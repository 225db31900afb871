package dev.corral.core.solve.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.ExpectedFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden runs replayed in real shells of this computer. */
@Tag("unit")
class GoldenReplayTest {
    @TempDir
    private Path home;

    private final List<LocalTerminal> opened = new ArrayList<>();

    private Optional<ExpectedFailure> lost = Optional.empty();

    private GuestTerminal open(String machine, String command, int columns, int rows) {
        try {
            LocalTerminal terminal = new LocalTerminal(command, columns, rows, home.toString(), lost);
            opened.add(terminal);
            return terminal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GoldenStep step(String command, String... lines) {
        return GoldenStep.command(1, command, List.of(lines), Optional.empty());
    }

    private static GoldenStep with(GoldenStep step, Optional<String> input, Optional<Integer> exit, int limit) {
        return new GoldenStep(
                step.note(),
                step.shell(),
                step.command(),
                input,
                step.output(),
                exit,
                step.check(),
                Optional.of(limit),
                step.skip());
    }

    private static Golden golden(List<GoldenStep> steps) {
        Golden.Shell shell = new Golden.Shell(Optional.empty(), Optional.empty(), Optional.empty(), 40, 10);
        return new Golden(
                1,
                "e.py",
                "t",
                "s",
                Optional.empty(),
                Optional.of("42"),
                Optional.of(Map.of("includes", "C")),
                Optional.of(60),
                Optional.of(new Golden.Recorded("s-1", "ada", Optional.empty(), "", List.of("oldhost"))),
                List.of(shell, shell),
                steps);
    }

    private GoldenReplay.Replayed replay(GoldenStep... steps) throws InterruptedException {
        return new GoldenReplay(
                        golden(List.of(steps)), this::open, Optional.empty(), List.of("newhost"), (number, one) -> {})
                .run();
    }

    @Test
    void directoryAndVariablesCarryOverAndEachShellHasItsOwn() throws InterruptedException {
        GoldenReplay.Replayed replayed = replay(
                step("mkdir -p \"$HOME/a b\" && cd \"$HOME/a b\" && x='it'\\''s'"),
                step("basename \"$PWD\"; echo \"$x\"", "a b", "it's"),
                step("for i in 1 2\ndo\n  echo \"n$i\"\ndone", "n1", "n2"),
                GoldenStep.note("looked around"),
                GoldenStep.command(2, "echo \"[$x]\"", List.of("[]"), Optional.empty()),
                step("echo oldhost", "newhost").skipped("why not"),
                step("echo newhost", "oldhost"),
                step("printf 'no end'", "no end"),
                step(
                        "echo 0123456789012345678901234567890123456789+more",
                        "0123456789012345678901234567890123456789+more"),
                step("stty size <&1; tty -s <&1 && echo terminal", "10 40", "terminal"));
        assertThat(replayed.divergence()).isEmpty();
        assertThat(replayed.skipped()).isEqualTo(1);
        assertThat(replayed.seen()).extracting(Golden.Seen::step).containsExactly(1, 2, 3, 5, 7, 8, 9, 10);
        assertThat(opened).hasSize(2);
    }

    @Test
    void theFirstStepThatShowsSomethingElseIsNamed() throws InterruptedException {
        Divergence one = replay(step("echo a", "a"), step("printf 'a\\nb\\n'", "a", "c"), step("touch \"$HOME/ran\""))
                .divergence()
                .orElseThrow();
        assertThat(one.step()).isEqualTo(2);
        assertThat(one.kind()).isEqualTo(Divergence.Kind.OUTPUT);
        assertThat(one.line()).isEqualTo(2);
        assertThat(one.expected()).isEqualTo("c");
        assertThat(one.seen()).isEqualTo("b");
        assertThat(home.resolve("ran")).doesNotExist();
    }

    @Test
    void statusesCountWhereTheyAreKnownAndAreLearnedWhereNot() throws InterruptedException {
        GoldenStep fails = step("echo x; (exit 3)", "x");
        GoldenReplay.Replayed unknown = replay(fails);
        assertThat(unknown.divergence()).isEmpty();
        Golden learned = golden(List.of(fails)).learned(unknown.seen());
        assertThat(learned.steps().getFirst().exit()).contains(3);
        Divergence one = replay(with(fails, Optional.empty(), Optional.of(0), 60))
                .divergence()
                .orElseThrow();
        assertThat(one.kind()).isEqualTo(Divergence.Kind.EXIT);
        assertThat(one.seen()).isEqualTo("3");
        assertThat(one.output()).containsExactly("x");
    }

    @Test
    void whatReadsGetsWhatTheFileSaysAndElseNothing() throws InterruptedException {
        assertThat(replay(
                                step("cat"),
                                with(
                                        step("cat; echo $((1+1))", "one", "$x !! `y`", "2"),
                                        Optional.of("one\n$x !! `y`"),
                                        Optional.of(0),
                                        60),
                                step("read line; echo \"<$line>\"", "<>"))
                        .divergence())
                .isEmpty();
    }

    @Test
    void aCommandLongerThanALineOfATerminalArrivesWhole() throws InterruptedException {
        String text = "ä'\"\\ ".repeat(1_500);
        assertThat(replay(step("printf %s '" + text.replace("'", "'\\''") + "' | wc -c", Integer.toString(1_500 * 6)))
                        .divergence())
                .isEmpty();
    }

    @Test
    void aCommandThatDoesNotEndAndOneThatEndsTheShellDiverge() throws InterruptedException {
        assertThat(replay(with(step("sleep 300"), Optional.empty(), Optional.empty(), 1))
                        .divergence()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Divergence.Kind.TIME_LIMIT);
        assertThat(replay(step("exit 0"), step("echo a", "a"))
                        .divergence()
                        .orElseThrow()
                        .kind())
                .isEqualTo(Divergence.Kind.SHELL_ENDED);
    }

    @Test
    void aMachineThatIsLostSaysNothingAboutTheSample() {
        lost = Optional.of(ExpectedFailure.failed("The machine is off.", "Start it."));
        assertThatThrownBy(() -> replay(step("exit 0"))).satisfies(GoldenReplayTest::isLost);
        assertThatThrownBy(() -> replay(with(step("sleep 300"), Optional.empty(), Optional.empty(), 1)))
                .satisfies(GoldenReplayTest::isLost);
    }

    private static void isLost(Throwable thrown) {
        assertThat(thrown).hasMessage("The machine is off.").isInstanceOf(ExpectedFailure.class);
        assertThat(((ExpectedFailure) thrown).kind()).isEqualTo(ExpectedFailure.Kind.UNAVAILABLE);
    }

    @Test
    void aShellThatBeginsNoMoreCommandSaysNothingAboutTheSample() {
        // It stops before the mark of a beginning, so the second command does not begin.
        Golden stops = golden(
                List.of(step("trap 'case $BASH_COMMAND in *begin) kill -STOP $$;; esac' DEBUG"), step("echo a", "a")));
        GoldenReplay replay = new GoldenReplay(
                stops, this::open, Optional.empty(), List.of(), (number, one) -> {}, Duration.ofSeconds(2));
        assertThatThrownBy(replay::run)
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("takes no more commands");
    }

    @Test
    void moreThanIsKeptIsAsExpectedOnlyWhereTheBeginningCounts() throws InterruptedException {
        String[] first =
                IntStream.rangeClosed(1, 400).mapToObj(Integer::toString).toArray(String[]::new);
        Divergence one = replay(step("seq 401", first)).divergence().orElseThrow();
        assertThat(one.kind()).isEqualTo(Divergence.Kind.OUTPUT);
        assertThat(one.line()).isEqualTo(401);
        assertThat(replay(step("seq 400", first)).divergence()).isEmpty();
        GoldenStep unknown = new GoldenStep(
                Optional.empty(),
                Optional.empty(),
                Optional.of("seq 401"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        GoldenStep learned =
                golden(List.of(unknown)).learned(replay(unknown).seen()).steps().getFirst();
        assertThat(learned.check()).contains(GoldenStep.Check.BEGINNING);
        assertThat(replay(learned).divergence()).isEmpty();
    }

    @Test
    void whatLooksLikeAJobIsOneOnlyBehindAJob() throws InterruptedException {
        assertThat(replay(step("true && echo '[1] 4711' 2>&1", "[1] 4712"))
                        .divergence()
                        .orElseThrow()
                        .line())
                .isEqualTo(1);
        assertThat(replay(
                                step("sleep 300 & p=$!", "[1] 4712"),
                                step("kill $p; wait $p", "[7]+  Terminated              sleep 300"))
                        .divergence())
                .isEmpty();
    }

    @Test
    void aFloodFromTheBackgroundHidesNoEnd() throws InterruptedException {
        GoldenStep flood = step("yes & y=$!");
        assertThat(replay(
                                status(flood),
                                status(step("head -c 20000000 /dev/zero | tr '\\0' x")),
                                status(step("kill $y; wait $y; true")),
                                status(step("true")))
                        .divergence())
                .isEmpty();
    }

    private static GoldenStep status(GoldenStep step) {
        return new GoldenStep(
                step.note(),
                step.shell(),
                step.command(),
                step.input(),
                Optional.empty(),
                Optional.of(0),
                Optional.of(GoldenStep.Check.STATUS),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void outputWithoutAnEndIsBounded() throws InterruptedException {
        Divergence one = replay(step("head -c 8000000 /dev/zero | tr '\\0' x; echo; seq 100000", "1"))
                .divergence()
                .orElseThrow();
        assertThat(one.kind()).isEqualTo(Divergence.Kind.OUTPUT);
        assertThat(one.output()).hasSizeLessThanOrEqualTo(200);
        assertThat(one.output()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(4_000));
    }

    @Test
    void whatTheGuestSaysIsNoMark() throws InterruptedException {
        assertThat(replay(step("printf '\\036 0\\036\\036begin 0\\036'; echo; (exit 2)", " 0begin 0"))
                        .divergence())
                .isEmpty();
    }

    @Test
    void aShellThatDoesNotComeUpSaysNothingAboutTheSample() {
        Golden nobody = golden(List.of(step("echo a", "a")));
        GoldenReplay replay = new GoldenReplay(
                nobody,
                (machine, command, columns, rows) -> open(machine, "echo no shell for you", columns, rows),
                Optional.empty(),
                List.of(),
                (number, one) -> {});
        assertThatThrownBy(replay::run).isInstanceOf(ExpectedFailure.class).hasMessageContaining("No shell came up");
    }

    @Test
    void aLoginFileThatPrintsAndPromptsChangesNothing() throws IOException, InterruptedException {
        Files.writeString(
                home.resolve(".bash_profile"),
                "echo Welcome; PS1='me> '; PROMPT_COMMAND='echo prompting'; alias hi='echo hello'\n");
        assertThat(replay(step("hi", "hello"), step("true")).divergence()).isEmpty();
    }

    @Test
    void scoresCountOnlyWhereTheyWereAskedFor() {
        Golden golden = golden(List.of());
        assertThat(GoldenCheck.score(golden, new GoldenGround.Outcome(false, Map.of(), "nobody asked")))
                .isEmpty();
        assertThat(GoldenCheck.score(golden, new GoldenGround.Outcome(true, Map.of("includes", "C"), "")))
                .isEmpty();
        assertThat(GoldenCheck.score(golden, new GoldenGround.Outcome(true, Map.of("includes", "I"), ""))
                        .orElseThrow()
                        .seen())
                .isEqualTo("includes: I");
        assertThat(GoldenCheck.score(golden, new GoldenGround.Outcome(true, Map.of(), "no scorer said anything"))
                        .orElseThrow()
                        .seen())
                .isEqualTo("includes: nothing");
    }
}
