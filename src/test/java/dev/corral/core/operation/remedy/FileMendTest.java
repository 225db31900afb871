package dev.corral.core.operation.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.operation.OperationStore;
import dev.corral.core.operation.OperationTimes;
import dev.corral.core.operation.RunningOperations;
import dev.corral.core.sandbox.JournalEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of files that mend a failure. */
@Tag("unit")
@Tag("any_user")
class FileMendTest {
    @TempDir
    Path folder;

    private Environment environment() {
        return new Environment(Map.of("HOME", folder.toString(), "PATH", "/nowhere"));
    }

    private final List<String> written = new CopyOnWriteArrayList<>();

    private void run(FileMend mend) throws Exception {
        new RunningOperations(new OperationTimes(folder.resolve("history.jsonl")))
                .launch(FileMendTask.of(
                        mend, environment(), (file, before, after) -> written.add(file + " " + before + " " + after)))
                .done()
                .get(30, TimeUnit.SECONDS);
    }

    private static String other(String text, int line) {
        return FileMend.otherPort(Path.of("Vagrantfile"), line, 8080, 8081)
                .change()
                .apply(text)
                .orElse("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "n \"forwarded_port\", guest: 80, host: 8080|n \"forwarded_port\", guest: 80, host: 8081",
                "n \"forwarded_port\", host: 8080, guest: 8080|n \"forwarded_port\", host: 8081, guest: 8080",
                "n 'forwarded_port', :host => 8080, :guest => 80|n 'forwarded_port', :host => 8081, :guest => 80",
                "n 'forwarded_port', 'host' => '8080', x: 1|n 'forwarded_port', 'host' => '8081', x: 1",
                "n 'forwarded_port', host_ip: 8080, host: 80801|-",
                "n 'forwarded_port', host: PORT|-",
                "n 'forwarded_port', ghost: 8080|-",
            })
    void onlyThatNumberChanges(String line, String mended) {
        assertThat(other(line, 1)).isEqualTo(mended);
    }

    @Test
    void aCallMayGoOnOverLinesAndOthersStay() {
        String text = "n 'forwarded_port', host: 8080\n\nn 'forwarded_port',\n  guest: 80,\n  host: 8080\n";
        assertThat(other(text, 3))
                .isEqualTo("n 'forwarded_port', host: 8080\n\nn 'forwarded_port',\n  guest: 80,\n  host: 8081\n");
        assertThat(other(text, 400)).isEqualTo("-");
    }

    @Test
    void aScriptGetsUnixLineEndsAndKeepsEverythingElse() throws Exception {
        Path script = folder.resolve("app.sh");
        byte[] before = "#!/bin/sh\r\necho \u00e9\u00ff\r\r\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(script, before);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        run(FileMend.unixLineEnds(script));
        assertThat(Files.readAllBytes(script))
                .isEqualTo("#!/bin/sh\necho \u00e9\u00ff\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(written).containsExactly(script + " " + sha256(before) + " " + sha256(Files.readAllBytes(script)));
        assertThat(Files.getPosixFilePermissions(script)).isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
        OperationStore.Kept kept = store().list().getFirst();
        List<JournalEntry> entries = kept.journal().read();
        assertThat(entries).extracting(JournalEntry::event).last().isEqualTo(JournalEntry.Event.WORKFLOW_ENDED);
        assertThat(Objects.requireNonNull(entries.getFirst().target())
                        .target("")
                        .words())
                .isEqualTo("app.sh");
        assertThat(kept.files().own().resolve("before-app.sh")).hasBinaryContent(before);
    }

    private static String sha256(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private OperationStore store() {
        return new OperationStore(dev.corral.core.sandbox.CacheDirectory.of(environment()));
    }

    @Test
    void whatCanNotBeChangedIsLeftAndSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("Vagrantfile"), "host: PORT\n");
        assertThatThrownBy(() -> run(FileMend.otherPort(file, 1, 8080, 8081)))
                .cause()
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("could be changed");
        assertThat(file).hasContent("host: PORT\n");
        assertThat(written).isEmpty();
        assertThatThrownBy(() -> run(FileMend.unixLineEnds(folder.resolve("gone.sh"))))
                .cause()
                .isInstanceOf(ExpectedFailure.class)
                .hasMessageContaining("gone.sh");
    }
}
