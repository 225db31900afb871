package dev.corral.console.vagrantfile.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrant.LogLine;
import dev.corral.core.vagrantfile.Place;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which lines belong to a step, and where the fault lies. */
@Tag("unit")
class StepOutputTest {
    private static final Path FOLDER = Path.of("/home/ada/evals/webserver");

    private static LogLine line(String machine, LogLine.Level level, String text, int second) {
        return new LogLine(Optional.of(Story.BEGIN.plusSeconds(second)), machine, level, text);
    }

    private static StepRun run(StepKey key) {
        List<StepRun> runs = StepRuns.of(
                Story.start("one")
                        .provisioner("packages", "shell", 1, 0.2)
                        .failing("app", "shell", 2, 0.2)
                        .failed("app failed"),
                Story.WEB,
                Story.resolution().machines().getFirst().provisioners());
        return runs.stream().filter(one -> one.key().equals(key)).findFirst().orElseThrow();
    }

    private static List<LogLine> log() {
        return List.of(
                line(Story.WEB, LogLine.Level.STEP, "Starting domain.", 3),
                line("db", LogLine.Level.DETAIL, "of another machine", 4),
                line(Story.WEB, LogLine.Level.STEP, "Running provisioner: packages (shell)...", 13),
                line(Story.WEB, LogLine.Level.DETAIL, "Reading package lists", 13),
                line("db", LogLine.Level.STEP, "Running provisioner: shell...", 13),
                line(Story.WEB, LogLine.Level.STEP, "Running provisioner: app (shell)...", 13),
                line(Story.WEB, LogLine.Level.DETAIL, "Running provisioner: is what the script prints", 13),
                line(Story.WEB, LogLine.Level.DETAIL, "/tmp/vagrant-shell: line 4: /etc/app.conf: No such file", 13),
                line("", LogLine.Level.ERROR, "The SSH command responded with a non-zero exit status.", 13));
    }

    private static List<String> texts(StepRun run) {
        StepOutput output = new StepOutput(run);
        // However the log comes.
        log().forEach(line -> output.add(List.of(line)));
        return output.lines().stream().map(LogLine::text).toList();
    }

    @Test
    void aProvisionerHasTheLinesFromItsBeginningToTheNext() {
        assertThat(texts(run(StepKey.provisioner(1)))).containsExactly("Reading package lists");
        assertThat(texts(run(StepKey.provisioner(2))))
                .containsExactly(
                        "Running provisioner: is what the script prints",
                        "/tmp/vagrant-shell: line 4: /etc/app.conf: No such file",
                        "The SSH command responded with a non-zero exit status.");
    }

    @Test
    void vagrantsLastWordIsNotSaidTwice() {
        StepOutput output = new StepOutput(run(StepKey.provisioner(2)));
        output.add(log());
        output.add(List.of(
                line("", LogLine.Level.ERROR, "The SSH command responded with a non-zero exit status.", 13),
                line(Story.WEB, LogLine.Level.DETAIL, "Running provisioner: is what the script prints", 13)));
        assertThat(output.lines())
                .extracting(LogLine::text)
                .containsOnlyOnce("The SSH command responded with a non-zero exit status.")
                .as("a script may say a thing twice")
                .endsWith("Running provisioner: is what the script prints");
    }

    @Test
    void anotherStepHasTheLinesOfItsTime() {
        assertThat(texts(run(StepKey.plain(StepKey.Kind.BOOT)))).containsExactly("Starting domain.");
        assertThat(texts(run(StepKey.plain(StepKey.Kind.PREPARE)))).isEmpty();
    }

    @Test
    void ofTooManyTheLastStay() {
        StepOutput output = new StepOutput(run(StepKey.provisioner(1)));
        List<LogLine> many = new ArrayList<>();
        many.add(line(Story.WEB, LogLine.Level.STEP, "Running provisioner: packages (shell)...", 13));
        for (int i = 0; i < 20_000; i++) {
            many.add(new LogLine(Optional.<Instant>empty(), Story.WEB, LogLine.Level.DETAIL, "line " + i));
        }
        output.add(many);
        assertThat(output.lines()).hasSize(StepOutput.MOST);
        assertThat(output.lines().getLast().text()).isEqualTo("line 19999");
    }

    private static Place fault(int provisioner, int line, String... lines) {
        return FaultPlace.of(
                provisioner < 0
                        ? Optional.empty()
                        : Optional.of(Story.resolution()
                                .machines()
                                .getFirst()
                                .provisioners()
                                .get(provisioner)),
                List.of(lines),
                FOLDER,
                Story.FILE,
                line);
    }

    @Test
    void theFaultLiesWhereTheShellSaysAndInTheScript() {
        String script = "/home/ada/evals/webserver/app.sh";
        assertThat(fault(1, 0, "/tmp/vagrant-shell: line 4: x: not found")).isEqualTo(new Place(script, 4));
        assertThat(fault(1, 0, "vagrant-shell: 7: .: cannot open", "and more")).isEqualTo(new Place(script, 7));
        assertThat(fault(1, 0, "vagrant-shell: line 4: a: b", "/tmp/vagrant-shell-1a: line 9: c: d"))
                .isEqualTo(new Place(script, 9));
        assertThat(fault(1, 0, "no line is named")).isEqualTo(new Place(script, 0));
        assertThat(fault(1, 0, "vagrant-shell: line 99999999999: x")).isEqualTo(new Place(script, 0));
    }

    @Test
    void withoutAScriptItIsTheLineOfTheVagrantfile() {
        assertThat(fault(0, 0, "/tmp/vagrant-shell: line 4: x: not found"))
                .isEqualTo(new Place(Story.FILE.toString(), 12));
        assertThat(fault(-1, 13)).isEqualTo(new Place(Story.FILE.toString(), 13));
        assertThat(fault(-1, 0)).isEqualTo(Place.NONE);
    }
}
