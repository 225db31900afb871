package dev.corral.core.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.corral.core.base.Environment;
import dev.corral.core.base.ExpectedFailure;
import dev.corral.core.hypervisor.HostContext;
import dev.corral.core.hypervisor.HypervisorObject;
import dev.corral.core.hypervisor.Hypervisors;
import dev.corral.core.hypervisor.RecordedTools;
import dev.corral.core.sandbox.SandboxFiles;
import dev.corral.core.vagrant.LocalState;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrant.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is confirmed of a sandbox is confirmed by the host that it was started at, whatever this process's own says. Recorded answers. */
@Tag("unit")
@Timeout(60)
class HostOfTheSandboxTest {
    private static final String LIST = "docker ps --all --no-trunc --format {{.ID}}\t{{.Names}}\t{{.State}}";
    private static final String SIZES = "docker inspect --type container --size --format "
            + "{{.Id}}\t{{.SizeRw}}\t{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}} ";
    private static final String ID = "4".repeat(64);
    private static final String FAR = "tcp://far:2375";
    private static final HostContext THERE = HostContext.of(Map.of("DOCKER_HOST", FAR), List.of());

    @TempDir
    Path temp;

    private final RecordedTools far = new RecordedTools().program("docker version", "");
    private final RecordedTools near =
            new RecordedTools().program("docker version", "").elsewhere("DOCKER_HOST=" + FAR, far);
    private SandboxFiles files;
    private Hypervisors hypervisors;

    @BeforeEach
    void open() throws IOException {
        files = SandboxFiles.inOne(Files.createDirectories(temp.resolve("cache/9f3c2a1b")));
        Path machine = Files.createDirectories(files.directory().resolve(".vagrant/machines/default/docker"));
        Files.writeString(machine.resolve("id"), ID);
        hypervisors = new Hypervisors(
                new Environment(Map.of("HOME", temp.toString(), "DOCKER_HOST", "unix:///near")),
                near,
                temp.resolve("proc"));
    }

    private static void has(RecordedTools tools, String state) {
        tools.program(LIST, state.isEmpty() ? "" : ID + "\t9f3c2a1b_default_1\t" + state + "\n")
                .program(SIZES + ID, ID + "\t10\tbridge \n");
    }

    private List<LocalMachine> noted() throws IOException {
        return LocalState.machines(files.directory());
    }

    private ExpectedFailure refused(HostContext context) {
        return catchThrowableOfType(ExpectedFailure.class, () -> new Remains(hypervisors, temp.resolve("home"))
                .confirm(files, context, noted(), true));
    }

    @Test
    void goneIsWhatItsOwnHostCallsGone() throws Exception {
        has(near, "");
        has(far, "running");
        assertThat(refused(THERE)).hasMessage("vagrant destroy said it was done, but docker still has default.");
        assertThat(refused(HostContext.here())).isNull();
        has(near, "running");
        has(far, "");
        assertThat(refused(THERE)).isNull();
        // The container of the same name and id elsewhere is none of the sandbox's.
        assertThat(near.ran()).noneMatch(command -> command.startsWith("docker rm"));
        assertThat(refused(HostContext.here())).isNotNull();
    }

    @Test
    void aHostThatCanNotBeReachedConfirmsNothing() throws Exception {
        has(near, "");
        assertThat(refused(THERE))
                .hasMessage("Nobody could confirm that default is gone: Docker (DOCKER_HOST=" + FAR
                        + ") does not answer: no such thing.");
        Remains remains = new Remains(hypervisors, temp.resolve("home"));
        assertThat(remains.tellsAll(THERE, noted())).isFalse();
        assertThat(remains.tellsAll(HostContext.here(), noted())).isTrue();
        has(far, "exited");
        assertThat(remains.of(THERE, noted()))
                .extracting(HypervisorObject::where)
                .containsExactly("DOCKER_HOST=" + FAR);
    }

    @Test
    void aVerbIsBelievedWhenItsOwnHostShowsIt() throws Exception {
        has(near, "running");
        has(far, "exited");
        List<LogLine> lines = new ArrayList<>();
        VerbOutcome outcome = new VerbOutcome(files, "", MachineVerb.halt(), hypervisors, THERE, List.of());
        outcome.line("1700000000,default,action,halt,start");
        outcome.check(lines::add);
        assertThat(lines).singleElement().extracting(LogLine::text).isEqualTo("Seen at docker: stopped.");
        far.program(LIST, ID + "\t9f3c2a1b_default_1\trunning\n");
        has(near, "exited");
        assertThat(catchThrowableOfType(ExpectedFailure.class, () -> outcome.check(lines::add)))
                .hasMessageContaining("not as asked: default is running");
    }
}
