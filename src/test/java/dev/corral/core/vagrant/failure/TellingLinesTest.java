package dev.corral.core.vagrant.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("unit")
class TellingLinesTest {
    private final TellingLines lines = new TellingLines(60);

    @Test
    void theCauseIsShownThoughMuchCameAfterIt() {
        lines.add("Reading package lists...");
        lines.add("E: Unable to locate package nginxx");
        for (int i = 0; i < 500; i++) {
            lines.add("chowning file " + i);
        }
        lines.add("/tmp/vagrant-shell: line 9: nginx: command not found");
        lines.add("Done with errors: 0");
        lines.add("bye");
        List<String> best = lines.best(12);
        assertThat(best)
                .hasSize(12)
                .startsWith("E: Unable to locate package nginxx")
                .endsWith("/tmp/vagrant-shell: line 9: nginx: command not found", "Done with errors: 0", "bye");
        assertThat(lines.last()).hasSize(60);
    }

    @Test
    void ofManyErrorsTheFirstAreShown() {
        for (int i = 0; i < 1_000; i++) {
            lines.add("error: case " + i + " is wrong");
        }
        assertThat(lines.best(6))
                .startsWith("error: case 0 is wrong", "error: case 1 is wrong")
                .endsWith("error: case 999 is wrong");
    }

    @Test
    void withoutAnyTheLastOnesAreShown() {
        for (int i = 0; i < 30; i++) {
            lines.add("step " + i);
        }
        assertThat(lines.best(3)).containsExactly("step 27", "step 28", "step 29");
        assertThat(new TellingLines(5).best(3)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "E: Unable to locate package nginxx",
                "fatal: repository 'x' not found",
                "ERROR: No matching distribution found for flask9",
                "Traceback (most recent call last):",
                "ModuleNotFoundError: No module named 'flask'",
                "cp: cannot stat '/srv/app.conf': No such file or directory",
                "/tmp/vagrant-shell: line 3: ngnix: command not found",
                "curl: (6) Could not resolve host: example.test",
                "bash: line 1: syntax error near unexpected token `fi'",
                "npm ERR! code E404",
                "make: *** [Makefile:3: all] Error 2",
                "TASK failed: fatal: [web]: FAILED! => {}"
            })
    void errorsOfEverydayProgramsTell(String line) {
        assertThat(TellingLines.score(line)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 errors, 3 warnings",
                "Build finished without errors",
                "failed=0    skipped=3",
                "Setting up liberror-perl (0.17029-2) ...",
                "Unpacking nginx (1.22.1-9) ..."
            })
    void whatIsWellDoesNot(String line) {
        assertThat(TellingLines.score(line)).isZero();
    }
}
