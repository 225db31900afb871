package dev.corral.console.vagrantfile.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.console.fx.SameThread;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of variables, and what is not. */
@Tag("unit")
class VariableSetsTest {
    private static final Path FILE = Path.of("/home/ada/web/Vagrantfile");
    private static final Map<String, String> SOME = Map.of("VAGRANT_BOX", "one", "DB_PASSWORD", "geheim");

    @TempDir
    private Path folder;

    private Map<String, String> applied = Map.of();

    private VariableSets sets() {
        VariableSets sets =
                new VariableSets(new SetMemory(folder), new SameThread(), values -> applied = values, () -> {});
        sets.open(FILE);
        return sets;
    }

    private String written() throws Exception {
        return Files.readString(folder.resolve("variable-sets.json"));
    }

    @Test
    void aSetComesBackInTheNextWindow() {
        sets().save("small", Map.of("VAGRANT_BOX", "one", "EMPTY", ""), false);
        VariableSets next = sets();
        assertThat(next.saved()).containsExactly("small");
        next.choose("small");
        assertThat(applied).isEqualTo(Map.of("VAGRANT_BOX", "one", "EMPTY", ""));
        next.open(Path.of("/home/ada/other/Vagrantfile"));
        assertThat(next.saved()).as("it is another file's").isEmpty();
    }

    @Test
    void aSecretIsWrittenOnlyWhenThatWasChosen() throws Exception {
        VariableSets sets = sets();
        sets.save("with a hole", SOME, false);
        assertThat(written()).doesNotContain("geheim");
        assertThat(sets.note()).contains("Without the value of DB_PASSWORD");
        sets.choose("with a hole");
        assertThat(applied).isEqualTo(Map.of("VAGRANT_BOX", "one"));
        assertThat(sets.note()).contains("Not kept, because it is a secret: DB_PASSWORD");
        sets.save("whole", SOME, true);
        assertThat(written()).contains("geheim");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("variable-sets.json"))))
                .isEqualTo("rw-------");
        sets.save("whole", SOME, false);
        assertThat(written()).as("saved anew without").doesNotContain("geheim");
    }

    @Test
    void aForgottenOneIsGone() {
        VariableSets sets = sets();
        sets.save("a", SOME, true);
        sets.save("b", SOME, true);
        sets.forget("a");
        assertThat(sets.saved()).containsExactly("b");
        assertThat(sets().saved()).containsExactly("b");
    }

    @Test
    void theVariablesOfASampleAreOfferedForItsFileAlone() {
        VariableSets sets = sets();
        sets.offer(FILE, "web · sqli-01", Map.of("LEVEL", "1"));
        assertThat(applied).isEqualTo(Map.of("LEVEL", "1"));
        sets.offer(FILE, "web · sqli-02", Map.of());
        assertThat(sets.samples()).containsExactly("web · sqli-01");
        sets.open(Path.of("/other/Vagrantfile"));
        assertThat(sets.samples()).isEmpty();
        applied = Map.of();
        sets.open(FILE);
        assertThat(applied).as("what was set by hand since is not taken away").isEmpty();
        sets.open(Path.of("/other/Vagrantfile"));
        sets.offer(FILE, "web · sqli-03", Map.of("LEVEL", "3"));
        assertThat(applied).isEmpty();
        sets.open(FILE);
        assertThat(applied).as("opened for it meanwhile").isEqualTo(Map.of("LEVEL", "3"));
        assertThat(sets().samples()).as("not of another window").isEmpty();
    }

    @Test
    void aSampleMaySetNoneThatLeadsVagrantAway() {
        sets().offer(FILE, "evil", Map.of("VAGRANT_CWD", "/", "INSPECT_VM_SUFFIX", "x", "A=B", "1", "GOOD", "1"));
        VariableSets sets = sets();
        sets.offer(FILE, "evil", Map.of("VAGRANT_CWD", "/", "INSPECT_VM_SUFFIX", "x", "A=B", "1", "GOOD", "1"));
        assertThat(applied).isEqualTo(Map.of("GOOD", "1"));
    }

    @Test
    void withoutANameOrVariablesNothingIsSaved() {
        VariableSets sets = sets();
        assertThat(sets.obstacle(" ", SOME)).isPresent();
        assertThat(sets.obstacle("a", Map.of())).isPresent();
        assertThat(sets.obstacle("a", SOME)).isEmpty();
        sets.save(" ", SOME, false);
        assertThat(folder.resolve("variable-sets.json")).doesNotExist();
    }

    @Test
    void aDamagedFileIsNoneAndTooMuchIsLeftOut() throws Exception {
        Path file = folder.resolve("variable-sets.json");
        for (String damage : List.of(
                "",
                "[]",
                "{\"files\": [null, {\"vagrantfile\": null}, {\"vagrantfile\": \"" + FILE
                        + "\", \"sets\": [null, {}]}]}")) {
            Files.writeString(file, damage);
            assertThat(sets().saved()).as(damage).isEmpty();
        }
        Map<String, String> many = new HashMap<>();
        IntStream.range(0, 1000).forEach(n -> many.put("V" + n, "x"));
        VariableSets sets = sets();
        sets.save("x".repeat(500), many, false);
        assertThat(sets.saved().getFirst()).hasSize(80);
        sets.choose(sets.saved().getFirst());
        assertThat(applied).hasSize(200);
        IntStream.range(0, 60).forEach(n -> sets.save("set " + n, SOME, false));
        assertThat(sets().saved()).hasSize(40).endsWith("set 59");
    }

    @Test
    void whatCanNotBeWrittenIsSaid() throws Exception {
        Files.createDirectory(folder.resolve("variable-sets.json"));
        VariableSets sets = sets();
        sets.save("a", SOME, false);
        assertThat(sets.note()).startsWith("It could not be kept");
    }
}
