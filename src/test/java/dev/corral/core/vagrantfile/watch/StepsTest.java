package dev.corral.core.vagrantfile.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which steps a save changes. */
@Tag("unit")
class StepsTest {
    private static final String APP = "\"name\": \"app\", \"type\": \"shell\", \"settings\": {\"path\": \"app.sh\"}";
    private static final String FIRST = "\"type\": \"shell\", \"settings\": {\"inline\": \"true\"}";
    private static final String LAST = "\"type\": \"shell\", \"settings\": {\"inline\": \"date\"}";
    private static final String NEVER =
            "\"name\": \"extra\", \"type\": \"shell\", \"run\": \"never\", \"settings\": {\"path\": \"app.sh\"}";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(folder.resolve("app.sh"), "one");
    }

    static Steps steps(Path folder, String machine, String... provisioners) throws Exception {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < provisioners.length; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"index\": " + i + ", \"line\": " + (10 + i) + ", ")
                    .append(provisioners[i])
                    .append('}');
        }
        return Steps.of(Json.mapper()
                .readValue(
                        "{\"vagrantfile\": \"" + folder.resolve("Vagrantfile") + "\", \"machines\": [{\"name\": \""
                                + machine + "\", \"provisioners\": [" + json + "]}]}",
                        Resolution.class));
    }

    private Steps web(String... provisioners) throws Exception {
        return steps(folder, "web", provisioners);
    }

    private static SortedSet<Integer> changed(Steps before, Steps now) {
        return now.changedSince(before).getOrDefault("web", new TreeSet<>());
    }

    @Test
    void aScriptThatIsSavedChangesTheStepsThatUseIt() throws Exception {
        Steps before = web(FIRST, APP, LAST);
        assertThat(changed(before, web(FIRST, APP, LAST))).isEmpty();
        Files.writeString(folder.resolve("app.sh"), "two");
        assertThat(changed(before, web(FIRST, APP, LAST))).containsExactly(2);
        Files.delete(folder.resolve("app.sh"));
        assertThat(changed(before, web(FIRST, APP, LAST))).containsExactly(2);
    }

    @Test
    void anUnnamedOneIsKnownByWhatItDoes() throws Exception {
        Steps before = web(FIRST, LAST);
        assertThat(changed(before, web(LAST, FIRST))).as("only moved").isEmpty();
        assertThat(changed(before, web(FIRST, FIRST, LAST)))
                .as("the same once more")
                .containsExactly(2);
        assertThat(changed(before, web(FIRST, LAST.replace("date", "date -u")))).containsExactly(2);
        assertThat(changed(before, web(FIRST))).as("gone").isEmpty();
        assertThat(changed(web(FIRST, FIRST), web(FIRST))).isEmpty();
    }

    @Test
    void anotherLineOrRunPolicyIsNoOtherStep() throws Exception {
        assertThat(changed(web(FIRST), web(FIRST + ", \"run\": \"always\""))).isEmpty();
    }

    @Test
    void whatNeverRunsByItselfDoesNotRunByASave() throws Exception {
        Steps before = web(NEVER);
        Files.writeString(folder.resolve("app.sh"), "two");
        assertThat(changed(before, web(NEVER))).isEmpty();
    }

    @Test
    void aFolderCountsWithAllThatLiesInIt() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("files/deep"));
        Files.writeString(deep.resolve("a.conf"), "one");
        Files.createDirectories(folder.resolve("files/.vagrant"));
        String file = "\"type\": \"file\", \"settings\": {\"source\": \"files\", \"destination\": \"/tmp/files\"}";
        Steps before = web(file);
        Files.writeString(folder.resolve("files/.vagrant/noise"), "x");
        Files.writeString(deep.resolve("a.conf"), "one");
        assertThat(changed(before, web(file))).isEmpty();
        Files.writeString(deep.resolve("b.conf"), "new");
        assertThat(changed(before, web(file))).containsExactly(1);
    }

    @Test
    void aMachineThatIsNewIsAsItWasSeenFirst() throws Exception {
        Steps before = web(FIRST);
        Steps other = steps(folder, "db", APP);
        assertThat(other.changedSince(before)).isEmpty();
        Steps both = before.withNew(other);
        Files.writeString(folder.resolve("app.sh"), "two");
        assertThat(steps(folder, "db", APP).changedSince(both)).containsOnlyKeys("db");
        assertThat(both.with("db", steps(folder, "db", APP)).machines().keySet())
                .containsAll(List.of("web", "db"));
        assertThat(steps(folder, "db", APP).changedSince(both.with("db", steps(folder, "db", APP))))
                .isEmpty();
    }
}
