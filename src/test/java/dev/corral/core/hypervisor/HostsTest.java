package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Environment;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.RunningProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several hosts at once: each is asked with its own variables, and silence of one says nothing about another. Recorded answers. */
@Tag("unit")
@Timeout(60)
class HostsTest {
    private static final String LIST = "docker ps --all --no-trunc --format {{.ID}}\t{{.Names}}\t{{.State}}";
    private static final String SIZES = "docker inspect --type container --size --format "
            + "{{.Id}}\t{{.SizeRw}}\t{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}} ";
    private static final String ONE = "1".repeat(64);
    private static final String FAR = "tcp://far:2375";
    private static final Host HERE = new Host("docker", "");
    private static final Host THERE = new Host("docker", "DOCKER_HOST=" + FAR);
    private static final HostContext NEAR = HostContext.of(Map.of("DOCKER_HOST", "unix:///near"), List.of());
    private static final HostContext AWAY = HostContext.of(Map.of("DOCKER_HOST", FAR, "HOME", "/x"), List.of());

    @TempDir
    Path temp;

    private final RecordedTools far = new RecordedTools();
    private final RecordedTools near = new RecordedTools().elsewhere("DOCKER_HOST=" + FAR, far);

    private Hypervisors hypervisors(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(Map.of("DOCKER_HOST", "unix:///near", "HOME", temp.toString()));
        variables.putAll(more);
        return new Hypervisors(new Environment(variables), near, temp);
    }

    private static RecordedTools container(RecordedTools tools, String id, String name, String state) {
        return tools.program(LIST, id + "\t" + name + "\t" + state + "\n")
                .program(SIZES + id, id + "\t1024\tbridge \n");
    }

    @Test
    void oneIdAtTwoHostsIsTwoMachines() throws Exception {
        container(near, ONE, "mine", "running");
        container(far, ONE, "theirs", "exited");
        Hypervisors hypervisors = hypervisors(Map.of());
        Survey survey = hypervisors.survey(List.of(AWAY, NEAR));
        assertThat(survey.machines())
                .extracting(machine -> machine.object().host(), machine -> machine.object()
                        .name())
                .containsExactlyInAnyOrder(tuple(HERE, "mine"), tuple(THERE, "theirs"));
        HypervisorSnapshot snapshot = hypervisors.snapshot(survey, Map.of());
        assertThat(snapshot.find(AWAY, "docker", ONE).map(HypervisorObject::state))
                .contains(MachineState.STOPPED);
        for (HostContext context : List.of(NEAR, HostContext.here())) {
            assertThat(snapshot.find(context, "docker", ONE).map(HypervisorObject::state))
                    .contains(MachineState.RUNNING);
        }
        assertThat(hypervisors
                        .ask(AWAY, Set.of("docker"))
                        .find(AWAY, "docker", ONE)
                        .map(HypervisorObject::name))
                .contains("theirs");

        far.program("docker rm --force --volumes " + ONE, "").program(LIST, "");
        hypervisors.remove(snapshot.find(AWAY, "docker", ONE).orElseThrow());
        assertThat(far.ran()).contains("docker rm --force --volumes " + ONE);
        assertThat(near.ran()).noneMatch(command -> command.startsWith("docker rm"));
    }

    @Test
    void whatIsSilentIsUnknownAndOnlyThat() {
        container(near, ONE, "mine", "running");
        Hypervisors hypervisors = hypervisors(Map.of());
        far.program("docker version", "");
        Instant before = Instant.now();
        Survey survey = hypervisors.survey(List.of(AWAY));
        HypervisorSnapshot snapshot = hypervisors.snapshot(survey, Map.of(AWAY, Set.of("docker")));
        assertThat(snapshot.tells(HostContext.here(), "docker")).isTrue();
        assertThat(snapshot.tells(AWAY, "docker")).isFalse();
        assertThat(snapshot.find(AWAY, "docker", ONE)).isEmpty();
        assertThat(snapshot.problems())
                .containsExactly("Docker (DOCKER_HOST=" + FAR + ") does not answer: no such thing.");
        Host.Health ill = survey.health().get(THERE);
        assertThat(ill.answers()).isFalse();
        assertThat(ill.since()).isBetween(before, Instant.now());
        assertThat(survey.health().get(HERE).answers()).isTrue();
        // It was asked a moment ago: what is known of it holds, and nobody waits again.
        int asked = far.ran().size();
        assertThat(hypervisors.survey(List.of(AWAY)).health().get(THERE)).isEqualTo(ill);
        assertThat(far.ran()).hasSize(asked);
        // Who destroys something asks at once, whatever was said before.
        container(far, ONE, "theirs", "running");
        assertThat(hypervisors.surveyOf(AWAY).answers().tells(AWAY, "docker")).isTrue();
        assertThat(hypervisors.survey().health().get(THERE).answers()).isTrue();
    }

    @Test
    void aContextThatWasNeverAskedForTellsNothing() {
        container(near, ONE, "mine", "running");
        Hypervisors hypervisors = hypervisors(Map.of());
        HypervisorSnapshot snapshot = hypervisors.snapshot(hypervisors.survey(), Map.of());
        assertThat(snapshot.tells(AWAY, "docker")).isFalse();
        assertThat(snapshot.find(AWAY, "docker", ONE)).isEmpty();
        assertThat(snapshot.tells(HostContext.here(), "hyperv")).isFalse();
    }

    @Test
    void aSandboxWithoutVariablesIsWhereNoVariableLeads() throws Exception {
        HostContext plain = HostContext.of(Map.of("PATH", "/bin", "DOCKER_HOST", ""), List.of());
        near.program("VBoxManage list --long vms", "");
        Survey survey = hypervisors(Map.of("VBOX_USER_HOME", "/elsewhere")).survey(List.of(plain));
        assertThat(survey.answers().hosts(plain, "docker")).containsExactly(new Host("docker", "default"));
        assertThat(survey.answers().hosts(plain, "virtualbox")).containsExactly(new Host("virtualbox", "default"));
        assertThat(survey.answers().hosts(HostContext.here(), "virtualbox"))
                .containsExactly(new Host("virtualbox", ""));
        assertThat(survey.answers().hosts(plain, "qemu"))
                .isEqualTo(survey.answers().hosts(HostContext.here(), "qemu"));
        assertThat(survey.answers().others()).isTrue();
    }

    @Test
    void connectionsThatVariablesNameComeFirst() {
        HostContext named =
                HostContext.of(Map.of("LIBVIRT_DEFAULT_URI", "qemu+ssh://big/system", "LIBVIRT_TOKEN", "x"), List.of());
        assertThat(hypervisors(Map.of()).survey(List.of(named)).answers().hosts(named, "libvirt"))
                .startsWith(Host.libvirt("qemu+ssh://big/system"), Host.libvirt("qemu:///system"));
    }

    @Test
    void theConnectionThatWasResolvedIsTheOnlyOneThatCounts() throws Exception {
        HostContext resolved = HostContext.of(
                Map.of("LIBVIRT_DEFAULT_URI", "qemu+ssh://big/system"), List.of("xen:///system", "xen:///system"));
        String list = "list --all --uuid --name; domstats --state --block";
        near.silent("qemu:///system").silent("qemu+ssh://big/system").libvirt("xen:///system", list, "");
        Hypervisors hypervisors = hypervisors(Map.of());
        HypervisorSnapshot said = hypervisors.ask(resolved, Set.of("libvirt"));
        assertThat(said.answers().hosts(resolved, "libvirt")).containsExactly(Host.libvirt("xen:///system"));
        assertThat(said.tells(resolved, "libvirt"))
                .as("that others are silent is no matter")
                .isTrue();
        near.silent("xen:///system").libvirt("qemu:///system", list, "");
        assertThat(hypervisors.ask(resolved, Set.of("libvirt")).tells(resolved, "libvirt"))
                .as("nor is what others say")
                .isFalse();
    }

    @Test
    void aHostThatPondersKeepsNobodyWaiting() throws Exception {
        container(near, ONE, "mine", "running");
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HypervisorTools slow = new HypervisorTools() {
            @Override
            public boolean has(String program) {
                return program.equals("docker");
            }

            @Override
            public ProcessResult run(List<String> command, Duration limit) throws IOException {
                asked.incrementAndGet();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return new ProcessResult(0, new byte[0], new byte[0]);
            }

            @Override
            public RunningProcess follow(List<String> command, OutputStream out) throws IOException {
                throw new IOException("no events");
            }
        };
        near.elsewhere("DOCKER_HOST=tcp://slow", slow);
        HostContext pondering = HostContext.of(Map.of("DOCKER_HOST", "tcp://slow"), List.of());
        Hypervisors hypervisors = hypervisors(Map.of());
        try {
            // It says nothing before the latch is let go: whoever waited for it would wait for ever.
            Survey survey = hypervisors.survey(List.of(pondering));
            assertThat(survey.machines()).hasSize(1);
            assertThat(survey.answers().tells(pondering, "docker")).isFalse();
            assertThat(survey.problems()).containsExactly("docker (DOCKER_HOST=tcp://slow) gave no answer in 5 s.");
            // If each of these waited five seconds again, that would be the limit.
            long began = System.nanoTime();
            for (int again = 0; again < 6; again++) {
                assertThat(hypervisors.survey(List.of(pondering)).problems()).isEqualTo(survey.problems());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(30));
            assertThat(asked).hasValue(1);
            // What it says too late is not taken for news: it is what was true before.
            end.countDown();
            assertThat(hypervisors.survey(List.of(pondering)).answers().tells(pondering, "docker"))
                    .isFalse();
            assertThat(hypervisors.surveyOf(pondering).answers().tells(pondering, "docker"))
                    .isTrue();
            assertThat(hypervisors.survey(List.of(pondering)).answers().tells(pondering, "docker"))
                    .isTrue();
            assertThat(asked.get()).as("asked anew").isGreaterThanOrEqualTo(3);
        } finally {
            end.countDown();
        }
    }

    @Test
    void nothingIsRemovedAtAHostThatNobodyKnows() {
        HypervisorObject object =
                new HypervisorObject("libvirt", "0a1b", "x", MachineState.RUNNING, -1, "qemu+ssh://unheard/system");
        assertThatThrownBy(() -> hypervisors(Map.of()).remove(object))
                .isInstanceOf(IOException.class)
                .hasMessage("libvirt has no connection qemu+ssh://unheard/system here");
    }
}
