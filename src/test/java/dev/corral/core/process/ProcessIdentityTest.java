package dev.corral.core.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.operation.StubWorld;
import dev.corral.core.process.ProcessIdentity.Life;
import dev.corral.core.sandbox.Owner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who lives, told across pid namespaces, users and machines; what can not be told is unknown. */
@Tag("unit")
@Tag("any_user")
@Timeout(120)
class ProcessIdentityTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin/java").toString();
    private static final String PROBE = JAVA + " -XX:-UsePerfData " + LifeProbe.class.getName();
    private static final Map<String, String> VARIABLES =
            Map.of("PATH", System.getenv("PATH"), "CLASSPATH", System.getProperty("java.class.path"));
    private static final String NAMESPACE = "unshare --mount --pid --fork --kill-child --mount-proc ";

    @TempDir
    Path temp;

    // Who is in a container himself does not see everything, and then what is not to be found may still be there.
    private static final Life GONE =
            ProcessIdentity.self().pidNamespace() == Proc.INITIAL_NAMESPACE ? Life.ENDED : Life.UNKNOWN;

    private record OldIdentity(long pid, long startTicks, String bootId) {}

    private record Told(ProcessIdentity identity, String life) {}

    @Test
    void aProcessOfAnotherNamespaceIsFoundFromOutsideAndEnded() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunningProcess container = inside(NAMESPACE + "setsid ", out);
        Told told = told(out);
        assertThat(told.life).isEqualTo("ALIVE");
        assertThat(told.identity.pid()).isEqualTo(1);
        assertThat(told.identity.pidNamespace())
                .isNotZero()
                .isNotEqualTo(ProcessIdentity.self().pidNamespace());
        assertThat(told.identity.life()).isEqualTo(Life.ALIVE);
        assertThat(changed(told.identity, told.identity.startTicks() + 1).life())
                .as("a later process with this pid")
                .isEqualTo(GONE);
        assertThat(changed(told.identity, 0).life()).as("no start time noted").isEqualTo(Life.UNKNOWN);
        // A signal must reach that process and not the one that has its pid here, which is init.
        assertThat(told.identity.reachablePid()).isPresent();
        ProcessHandle here =
                ProcessHandle.of(told.identity.reachablePid().getAsLong()).orElseThrow();
        assertThat(here.parent().orElseThrow().pid()).isEqualTo(container.pid());
        Processes.kill(told.identity);
        assertThat(container.waitFor(LIMIT)).isNotZero();
        StubWorld.until(() -> told.identity.life() == GONE);
        assertThat(told.identity.reachablePid()).isEmpty();
        assertThat(ProcessIdentity.of(1).life()).isEqualTo(Life.ALIVE);
    }

    @Test
    void aProcessTwoNamespacesDownIsFound() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunningProcess container = inside(NAMESPACE + NAMESPACE, out);
        ProcessIdentity identity = told(out).identity;
        assertThat(identity.life()).isEqualTo(Life.ALIVE);
        container.kill();
        StubWorld.until(() -> identity.life() == GONE);
    }

    @Test
    void fromInsideANamespaceWhatIsOutsideIsUnknown() throws Exception {
        ProcessIdentity self = ProcessIdentity.self();
        ProcessIdentity ended =
                new ProcessIdentity(Integer.MAX_VALUE, 1, self.bootId(), self.pidNamespace(), self.host());
        ProcessIdentity endedInside = new ProcessIdentity(Integer.MAX_VALUE, 1, self.bootId());
        assertThat(script(NAMESPACE + PROBE + " " + quoted(self) + quoted(ended) + quoted(endedInside)))
                .isEqualTo("UNKNOWN UNKNOWN ENDED");
    }

    @Test
    void whereProcShowsAnotherNamespaceNothingIsConcluded() throws Exception {
        ProcessIdentity anybody =
                new ProcessIdentity(Integer.MAX_VALUE, 1, ProcessIdentity.self().bootId());
        assertThat(script("unshare --pid --fork " + PROBE + " " + quoted(anybody)))
                .isEqualTo("UNKNOWN");
    }

    @Test
    void aPidThatIsUsedAgainIsAnotherProcess() throws Exception {
        String ended = script(NAMESPACE + "sh -c "
                + word("""
                sleep 1000 2>/dev/null & first=$!
                started=$(cut -d ' ' -f 22 /proc/$first/stat)
                sleep 0.1
                kill $first; wait $first 2>/dev/null
                echo $((first - 1)) > /proc/sys/kernel/ns_last_pid
                sleep 1000 & second=$!
                [ "$first" = "$second" ] || { echo "the pid was not used again"; exit; }
                now=$(cut -d ' ' -f 22 /proc/$second/stat)
                """ + PROBE
                        + " \"{\\\"pid\\\":$first,\\\"start_ticks\\\":$started}\" "
                        + "\"{\\\"pid\\\":$second,\\\"start_ticks\\\":$now}\""));
        assertThat(ended).isEqualTo("ENDED ALIVE");
    }

    @Test
    void processesThatProcHidesAreUnknownAndThoseThatAreGoneHaveEnded() throws Exception {
        String lives = script(NAMESPACE + "sh -c " + word("""
                mount -o remount,hidepid=2 /proc || exit
                setpriv --reuid=65534 --regid=65534 --clear-groups sleep 1000 & others=$!
                exec setpriv --regid=12345 --clear-groups --bounding-set=-all --inh-caps=-all sh -c '
                    sleep 1000 & ours=$!
                    sleep 0.2
                    PROBE "{\\"pid\\":$0,\\"start_ticks\\":5}" "{\\"pid\\":$ours,\\"start_ticks\\":5}" \
                    "{\\"pid\\":99999,\\"start_ticks\\":5}"
                ' $others
                """.replace("PROBE", PROBE)));
        assertThat(lives)
                .as("another user's, ours with another start time, nobody's")
                .isEqualTo("UNKNOWN ENDED ENDED");
    }

    @Test
    void aZombieHasEnded() throws Exception {
        Path file = temp.resolve("pid");
        RunningProcess parent = Processes.startLogged(
                List.of("/bin/sh", "-c", "sleep 2 & echo $! >" + file + "; exec sleep 1000"),
                temp,
                System.getenv(),
                temp.resolve("log"));
        try {
            StubWorld.until(() -> Files.exists(file) && !read(file).isBlank());
            ProcessIdentity child = ProcessIdentity.of(Long.parseLong(read(file).strip()));
            assertThat(child.life()).isEqualTo(Life.ALIVE);
            StubWorld.until(() -> child.life() == Life.ENDED);
            assertThat(Path.of("/proc", Long.toString(child.pid())))
                    .as("nobody has fetched its exit code")
                    .exists();
        } finally {
            parent.kill();
        }
    }

    @Test
    void anotherBootHasEndedUnlessItIsAnotherMachines() {
        ProcessIdentity self = ProcessIdentity.self();
        assertThat(self.host()).hasSize(16);
        assertThat(on(self, "another boot", "").life()).isEqualTo(Life.ENDED);
        assertThat(on(self, "another boot", self.host()).life()).isEqualTo(Life.ENDED);
        assertThat(on(self, "another boot", "another machine").life()).isEqualTo(Life.UNKNOWN);
        assertThat(on(self, self.bootId(), "a container with a machine id of its own")
                        .life())
                .isEqualTo(Life.ALIVE);
    }

    @Test
    void oldAndNewNotesAreReadByNewAndOld() throws Exception {
        ProcessIdentity self = ProcessIdentity.self();
        String now = Json.mapper().writeValueAsString(self);
        assertThat(Json.mapper().readValue(now, ProcessIdentity.class)).isEqualTo(self);
        OldIdentity old = Json.mapper().readValue(now, OldIdentity.class);
        assertThat(old).isEqualTo(new OldIdentity(self.pid(), self.startTicks(), self.bootId()));
        ProcessIdentity back = Json.mapper().readValue(Json.mapper().writeValueAsString(old), ProcessIdentity.class);
        assertThat(back).isEqualTo(new ProcessIdentity(self.pid(), self.startTicks(), self.bootId()));
        assertThat(back.life()).isEqualTo(Life.ALIVE);
        Owner owner = Json.mapper().readValue(now.replaceFirst("\\{", "{\"kind\":\"CONSOLE\","), Owner.class);
        assertThat(owner.process()).isEqualTo(self);
        assertThat(Json.mapper()
                        .readValue("{\"pid\":7,\"start_ticks\":8,\"boot_id\":\"b\",\"kind\":\"INSPECT\"}", Owner.class))
                .isEqualTo(new Owner(7, 8, "b", Owner.Kind.INSPECT));
    }

    private static void onlyRoot() throws IOException {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "only root can make namespaces of processes");
    }

    private static RunningProcess inside(String namespace, ByteArrayOutputStream out) throws IOException {
        onlyRoot();
        return Processes.startReading(List.of("/bin/sh", "-c", "exec " + namespace + PROBE + " self"), VARIABLES, out);
    }

    private static Told told(ByteArrayOutputStream out) throws Exception {
        StubWorld.until(() -> out.toString(StandardCharsets.UTF_8).endsWith("\n"));
        String line = out.toString(StandardCharsets.UTF_8).strip();
        int space = line.lastIndexOf(' ');
        return new Told(
                Json.mapper().readValue(line.substring(0, space), ProcessIdentity.class), line.substring(space + 1));
    }

    private static String script(String script) throws Exception {
        onlyRoot();
        ProcessResult result = Processes.run(List.of("/bin/sh", "-c", script), null, VARIABLES, new byte[0], LIMIT);
        return (result.out() + result.err()).strip();
    }

    private static ProcessIdentity changed(ProcessIdentity identity, long ticks) {
        return new ProcessIdentity(identity.pid(), ticks, identity.bootId(), identity.pidNamespace(), identity.host());
    }

    private static ProcessIdentity on(ProcessIdentity identity, String boot, String host) {
        return new ProcessIdentity(identity.pid(), identity.startTicks(), boot, identity.pidNamespace(), host);
    }

    private static String quoted(ProcessIdentity identity) throws IOException {
        return word(Json.mapper().writeValueAsString(identity)) + " ";
    }

    private static String word(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
