package dev.corral.core.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Environment;
import dev.corral.core.doctor.Finding.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor finds on a machine where nothing is installed. */
@Tag("unit")
@Tag("any_user")
class DoctorTest {
    @TempDir
    Path temp;

    @Test
    void namesWhatIsMissingAndHowToMendIt() {
        List<Finding> findings =
                new Doctor(new Environment(Map.of("HOME", temp.toString(), "PATH", temp.toString()))).examine();
        assertThat(findings)
                .extracting(Finding::check)
                .containsExactly("Vagrant", "hypervisor", "acceleration", "Inspect", "cache directory", "log");
        assertThat(findings)
                .filteredOn(finding -> List.of("Vagrant", "hypervisor").contains(finding.check()))
                .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FAIL));
        assertThat(findings)
                .filteredOn(finding -> finding.verdict() != Verdict.OK)
                .allSatisfy(finding -> {
                    assertThat(finding.sentence()).endsWith(".");
                    assertThat(finding.nextStep()).isNotEmpty();
                });
    }

    @Test
    void seesACacheDirectoryThatStartsWouldRefuse() throws Exception {
        Files.createSymbolicLink(temp.resolve("link"), Files.createDirectories(temp.resolve("real")));
        assertThat(cache(temp.resolve("link").toString()).verdict()).isEqualTo(Verdict.FAIL);
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThat(cache(file.toString()).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(cache(file.resolve("below").toString()))
                .returns(Verdict.FAIL, Finding::verdict)
                .satisfies(finding -> assertThat(finding.sentence()).endsWith(file + " is not a directory."));
        assertThat(cache("~/sandboxes"))
                .as("no shell has read it")
                .returns(Verdict.WARN, Finding::verdict)
                .satisfies(finding -> assertThat(finding.sentence()).contains("is not a whole path"));
    }

    @Test
    void seesACacheDirectoryThatOthersCanWriteAndALogThatCanNotBe() throws Exception {
        Path open = Files.createDirectories(temp.resolve("open"));
        assertThat(cache(open.toString()).verdict()).isNotEqualTo(Verdict.FAIL);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(cache(open.toString()))
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.FAIL))
                .satisfies(finding -> assertThat(finding.nextStep()).contains("chmod go-w"));
        Files.writeString(temp.resolve("state"), "");
        assertThat(new Doctor(new Environment(Map.of(
                                "HOME",
                                temp.toString(),
                                "PATH",
                                temp.toString(),
                                "XDG_STATE_HOME",
                                temp.resolve("state").toString())))
                        .examine()
                        .getLast())
                .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.WARN));
    }

    private Finding cache(String directory) {
        return new Doctor(new Environment(Map.of(
                        "HOME", temp.toString(), "PATH", temp.toString(), "INSPECT_SANDBOX_CACHE_DIR", directory)))
                .examine().stream()
                        .filter(finding -> finding.check().equals("cache directory"))
                        .findFirst()
                        .orElseThrow();
    }
}
