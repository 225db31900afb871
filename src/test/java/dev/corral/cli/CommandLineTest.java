package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import dev.corral.cli.output.ExitCode;
import dev.corral.cli.output.Rows;
import dev.corral.core.operation.StartRequest;
import dev.corral.core.sandbox.Owner;
import dev.corral.core.sandbox.Owners;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exit codes, JSON, and what goes to which stream. Stub provider. */
@Tag("unit")
@Timeout(180)
class CommandLineTest extends CommandsOverStub {
    @AfterEach
    void noMachineIsLeft() {
        assertThat(stub.machines()).isEmpty();
    }

    @Test
    void oneVmIsDestroyedByItsName() throws Exception {
        String id = stub.start(stub.request("multi"));
        JsonNode plan = destroyed("--dry-run", "--force", id + "/victim");
        assertThat(plan.get(0).path("machines")).extracting(JsonNode::asText).containsExactly("victim");
        assertThat(plan.get(0).path("result").asText()).isEqualTo("would_be_destroyed");
        assertThat(stub.machines()).hasSize(2);
        for (String none : new String[] {"/nobody", "/"}) {
            assertThat(CorralProcess.run(variables, "destroy", "--force", id + none)
                            .exitCode())
                    .as(none)
                    .isEqualTo(ExitCode.NOT_FOUND);
        }
        assertThat(stub.machines()).hasSize(2);
        JsonNode done = destroyed("--force", id + "/victim", id + "/victim");
        assertThat(done).hasSize(1);
        assertThat(done.get(0).path("sandbox").asText()).isEqualTo(id);
        assertThat(done.get(0).path("result").asText()).isEqualTo("destroyed");
        assertThat(stub.machines()).singleElement().asString().startsWith("stub-attacker-");
        assertThat(stub.directories()).containsExactly(id);
        // The last one takes the sandbox with it; both named at once is the sandbox once.
        assertThat(destroyed("--force", id + "/attacker", id)).hasSize(1);
        assertThat(stub.directories()).isEmpty();
    }

    private JsonNode destroyed(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        all[0] = "destroy";
        all[1] = "--json";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Ended ended = CorralProcess.run(variables, all);
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return dev.corral.core.base.Json.mapper().readTree(ended.out());
    }

    @Test
    void emptyListsAreEmptyArrays() throws Exception {
        for (String what : new String[] {"samples", "vms"}) {
            Ended json = CorralProcess.run(variables, "list", what, "--json");
            assertThat(json.exitCode()).isZero();
            assertThat(json.json().isArray()).isTrue();
            assertThat(json.json()).isEmpty();
        }
        Ended people = CorralProcess.run(variables, "list", "vms");
        assertThat(people.out()).isEmpty();
        // A hypervisor that this user may not ask is told of before.
        assertThat(people.err()).endsWith("There are none.\n");
    }

    @Test
    void anOwnerThatCanNotBeSeenFromHereIsNotCalledEnded() {
        Owner self = Owners.self(Owner.Kind.CONSOLE);
        assertThat(Rows.OwnerRow.of(self)).hasToString("window " + self.pid());
        Owner elsewhere = new Owner(
                self.pid(), self.startTicks(), "another boot", self.pidNamespace(), "another machine", self.kind());
        assertThat(Rows.OwnerRow.of(elsewhere)).hasToString("window " + self.pid() + " (unknown)");
        assertThat(Rows.OwnerRow.of(elsewhere).life()).isEqualTo("unknown");
    }

    @Test
    void aSandboxesLifeInJson() throws Exception {
        String sample = "a/b\u202E\u0007 " + "long".repeat(75);
        Ended start = CorralProcess.run(
                variables,
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile("suffix").toString(),
                "--primary",
                "victim",
                "--sample",
                sample);
        assertThat(start.exitCode()).as(start.toString()).isZero();
        JsonNode started = start.json();
        String id = started.path("sandbox").asText();
        assertThat(id).matches("a-b-lo-[0-9a-f]{8}");
        assertThat(Path.of(started.path("directory").asText())).isDirectory();
        assertThat(started.path("seconds").isNumber()).isTrue();
        assertThat(started.path("machines").get(0).path("name").asText()).isEqualTo("victim-" + id);
        assertThat(started.path("machines").get(0).path("state").asText()).isEqualTo("running");
        assertThat(started.path("machines").get(0).path("primary").asBoolean()).isTrue();
        assertThat(start.err()).contains("Starting sandbox " + id).contains("create machine");

        JsonNode vms = CorralProcess.run(variables, "list", "vms", "--json").json();
        assertThat(vms).hasSize(2);
        for (String field :
                new String[] {"sandbox", "machine", "state", "provider", "id", "directory", "task", "sample", "owner"
                }) {
            assertThat(vms.get(0).has(field)).as(field).isTrue();
        }
        assertThat(vms.get(0).path("sample").asText()).isEqualTo(sample);
        Ended table = CorralProcess.run(variables, "list", "vms");
        assertThat(table.out())
                .startsWith("SANDBOX ")
                .contains(id)
                .contains("a/b long")
                .doesNotContain("\u202E")
                .doesNotContain("\u0007");
        JsonNode sandboxes =
                CorralProcess.run(variables, "list", "sandboxes", "--json").json();
        assertThat(sandboxes.get(0).path("state").asText()).isEqualTo("ready");
        assertThat(sandboxes.get(0).path("pinned").asBoolean()).isTrue();
        assertThat(sandboxes.get(0).path("owner").path("alive").asBoolean(true)).isFalse();
        assertThat(sandboxes.get(0).path("owner").path("life").asText()).isEqualTo("ended");
        assertThat(CorralProcess.run(variables, "unpin", id).exitCode()).isZero();
        assertThat(CorralProcess.run(variables, "list", "sandboxes", "--json")
                        .json()
                        .get(0)
                        .path("liveness")
                        .asText())
                .isEqualTo("stray");
        assertThat(CorralProcess.run(variables, "list", "samples", "--json")
                        .json()
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo(sample);

        Ended stray = CorralProcess.run(variables, "cleanup", "--dry-run", "--json");
        assertThat(stray.json().get(0).path("result").asText()).isEqualTo("would_be_destroyed");
        assertThat(CorralProcess.run(variables, "cleanup", "--older-than", "1h").exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(CorralProcess.run(variables, "cleanup", "--older-than", "soon")
                        .exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(stub.machines()).hasSize(2);

        Ended dry = CorralProcess.run(variables, "destroy", "--dry-run", id.substring(0, 4));
        assertThat(dry.out()).contains(id).contains("would be destroyed");
        assertThat(stub.machines()).hasSize(2);
        Ended partly = CorralProcess.run(variables, "destroy", "--json", id, "nosuch");
        assertThat(partly.exitCode()).isEqualTo(ExitCode.PARTLY);
        assertThat(partly.json())
                .extracting(row -> row.path("result").asText())
                .containsExactlyInAnyOrder("destroyed", "not_found");
        assertThat(partly.err()).contains("There is no sandbox nosuch.");
    }

    @Test
    void whatDoesNotExistIsExitCodeThree() throws Exception {
        assertThat(CorralProcess.run(variables, "destroy", "nosuch").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(CorralProcess.run(variables, "exec", "nosuch", "--", "true").exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        Ended start = CorralProcess.run(variables, "start", "--vagrantfile", "/nowhere/Vagrantfile");
        assertThat(start.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(start.out()).isEmpty();
        assertThat(start.err())
                .isEqualTo(
                        "There is no Vagrantfile at /nowhere/Vagrantfile.\nCheck the path; it is relative to the working directory.\n");
    }

    @Test
    void aFailedStartNamesItsCauseAndItsLines() throws Exception {
        Ended start = CorralProcess.run(
                variables,
                "start",
                "--json",
                "--vagrantfile",
                stub.vagrantfile("fails-in-provisioner").toString());
        assertThat(start.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(start.out()).isEmpty();
        assertThat(start.err())
                .contains("The provisioner app (local) failed.")
                .contains("  | app: /etc/app.conf: no such file")
                .contains("  | Phase: provision · app (local) (default)")
                .doesNotContain("\tat ");
        assertThat(stub.directories()).isEmpty();
    }

    @Test
    void aSandboxThatIsInUseTakesForce() throws Exception {
        Process run = new ProcessBuilder("sleep", "1000").start();
        try {
            StartRequest request = stub.request("single");
            String id = stub.start(new StartRequest(
                    request.vagrantfile(),
                    request.primary(),
                    Map.of(),
                    request.provider(),
                    false,
                    request.origin(),
                    Optional.of(Owners.process(run.pid(), Owner.Kind.INSPECT)),
                    false));
            Ended refused = CorralProcess.run(variables, "destroy", id);
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err())
                    .contains("is in use by a run of Inspect, process " + run.pid())
                    .contains("--force");
            for (String verb : new String[] {"halt", "reload", "provision", "suspend"}) {
                assertThat(CorralProcess.run(variables, verb, id).err())
                        .as(verb)
                        .contains("is in use by a run of Inspect");
            }
            assertThat(CorralProcess.run(variables, "snapshot", "restore", id, "one")
                            .err())
                    .contains("is in use by a run of Inspect");
            assertThat(CorralProcess.run(variables, "cleanup").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
            Ended named = CorralProcess.run(variables, "cleanup", id);
            assertThat(named.exitCode()).isEqualTo(ExitCode.PARTLY);
            assertThat(named.err())
                    .contains(id + ": It is live and left alone: Inspect process " + run.pid() + " is alive.");
            assertThat(stub.machines()).hasSize(1);
            assertThat(CorralProcess.run(variables, "destroy", "--force", id).exitCode())
                    .isZero();
            assertThat(stub.directories()).isEmpty();
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void otherVerbsSayWhatTheyDidAndWhatIsMissing() throws Exception {
        String id = stub.start(stub.request("single"));
        Ended up = CorralProcess.run(variables, "up", "--force", "--json", id);
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.json().path("machines").get(0).path("state").asText()).isEqualTo("running");
        Ended provision = CorralProcess.run(variables, "provision", "--force", id);
        assertThat(provision.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(provision.err()).contains("The provider of " + id + " can't provision VMs.");
        assertThat(CorralProcess.run(variables, "halt", "--force", id + "/nobody")
                        .exitCode())
                .isEqualTo(ExitCode.NOT_FOUND);
        assertThat(CorralProcess.run(variables, "halt", "nosuch").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(CorralProcess.run(variables, "snapshot").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(CorralProcess.run(variables, "snapshot", "save", "--force", id, "two words")
                        .err())
                .contains("can't be a snapshot's name");
        assertThat(CorralProcess.run(variables, "cp", "a", "b").exitCode()).isEqualTo(ExitCode.USAGE);
        String story = CorralProcess.run(variables, "logs", id).out();
        assertThat(story)
                .containsSubsequence(
                        "start begins", "vagrant up", "Vagrant ended with exit code 0", "done", "vagrant provision");
        assertThat(CorralProcess.run(variables, "logs", "--json", id)
                        .json()
                        .get(0)
                        .path("source")
                        .asText())
                .isEqualTo("journal");
        Ended failed = CorralProcess.run(
                variables,
                "start",
                "--vagrantfile",
                stub.vagrantfile("fails-in-provisioner").toString());
        String gone = failed.err().lines().findFirst().orElseThrow().replace("Starting sandbox ", "");
        assertThat(CorralProcess.run(variables, "logs", gone).out()).contains("/etc/app.conf: no such file");
        assertThat(CorralProcess.run(variables, "destroy", "--force", id).exitCode())
                .isZero();
    }
}
