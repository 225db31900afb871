package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.Output;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.base.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever guests, samples and Vagrantfiles are called or say: nothing reaches the terminal that it would obey. Stub provider. */
@Tag("unit")
@Timeout(300)
class HostileTextTest extends CommandsOverStub {
    private static final String HOSTILE =
            "\u001b]0;title\u0007\u001b]52;c;cHduZWQ=\u001b\\\u001b[2J\u009b31m\u009d0;t\u009c\u202Eoverride\u2066\u200f\u2028"
                    + "\uD800 plain\r\u007f\b";

    @Override
    protected Map<String, String> more() {
        return Map.of("STUB_SSH", "22 ada /k");
    }

    @BeforeEach
    void open() {
        variables.put("LC_ALL", "C.UTF-8");
    }

    @Test
    void everyVerbPrintsPlainText() throws Exception {
        // A lone half of a pair can't be an argument of a process.
        String name = HOSTILE.replace("\uD800", "");
        String vagrantfile = stub.vagrantfile("hostile").toString();
        Ended start = plain("start", "--vagrantfile", vagrantfile, "--sample", name);
        assertThat(start.exitCode()).as(start.toString()).isZero();
        String id = start.out().strip();
        for (String line : List.of(
                "list sandboxes",
                "list samples",
                "list vms",
                "ssh-config",
                "halt",
                "snapshot save . first",
                "snapshot list",
                "logs",
                "pin",
                "strays --all",
                "cleanup --dry-run")) {
            boolean alone = line.startsWith("list ") || line.startsWith("strays") || line.startsWith("cleanup");
            String[] words = (line.contains(" . ")
                            ? line.replace(" . ", " " + id + " ")
                            : alone ? line : line + " " + id)
                    .split(" ");
            Ended ended = plain(words);
            assertThat(ended.err()).as(line).doesNotContain("bug in Corral", "Unknown option", "corral help");
        }
        for (String line : List.of("list sandboxes --json", "logs --json " + id, "strays --all --json")) {
            Ended ended = plain(line.split(" "));
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            Json.mapper().readTree(ended.stdout());
        }
        assertThat(plain("list", "sandboxes", "--json")
                        .json()
                        .get(0)
                        .path("sample")
                        .asText())
                .isEqualTo(name);
        assertThat(plain("destroy", id, "--force").exitCode()).isZero();
        Files.writeString(temp.resolve("world/fail"), "");
        assertThat(plain("start", "--vagrantfile", vagrantfile).err())
                .contains("The provisioner local failed.", "| override plain");
        Files.writeString(temp.resolve("world/raise"), "");
        assertThat(plain("start", "--vagrantfile", vagrantfile).err()).contains("and says: override plain.");
        for (String[] wrong : new String[][] {
            {name},
            {"halt", name},
            {"cp", name + ":/x", "/nowhere"},
            {"start", "--vagrantfile", name},
            {"logs", name},
            {"snapshot", "save", "abc", name},
            {"exec", name, "--", "true"}
        }) {
            Ended ended = plain(wrong);
            assertThat(ended.exitCode()).as(String.join(" ", wrong)).isNotZero();
            assertThat(ended.err()).as(String.join(" ", wrong)).doesNotContain("bug in Corral");
        }
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void everyWayOutIsCleaned() throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        System.setErr(System.out);
        try {
            Output output = new Output();
            output.line(HOSTILE);
            output.message(HOSTILE);
            output.table(List.of("A"), List.of(List.of(HOSTILE)));
            output.json(Map.of("key", HOSTILE + "\uDBFF", HOSTILE, 1));
            output.document(Json.mapper().writeValueAsBytes(Map.of("key", HOSTILE.replace("\uD800", ""))));
            output.failure(
                    new ExpectedFailure(ExpectedFailure.Kind.FAILED, HOSTILE, HOSTILE, HOSTILE + "\n" + HOSTILE, null));
            output.bug(new IllegalStateException(HOSTILE));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertPlain(printed.toString(StandardCharsets.UTF_8));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("override \uFFFD plain", "\\u009b31m", "\\ud800", "\\u202e");
    }

    private Ended plain(String... arguments) throws InterruptedException {
        Ended ended = CorralProcess.run(variables, arguments);
        assertPlain(ended.out());
        assertPlain(ended.err());
        return ended;
    }

    private static void assertPlain(String text) {
        assertThat(text.codePoints()
                        .filter(c -> c != '\n'
                                && c != '\t'
                                && (Character.isISOControl(c)
                                        || Character.getType(c) == Character.SURROGATE
                                        || c >= 0x202A && c <= 0x202E
                                        || c >= 0x2066 && c <= 0x2069
                                        || c == 0x200F
                                        || c == 0x2028)))
                .as(text)
                .isEmpty();
    }
}
