package dev.corral.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corral.cli.CorralProcess.Ended;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sandboxes of two real VMs. */
@Tag("vm_required")
@Timeout(300)
class SeveralVmsTest extends OverLab {
    // One sandbox shows all of it: the named primary machine is told apart over the stub, and in real evals.
    @Test
    void commandsGoToThePrimaryMachineUnlessAnotherIsNamed() throws Exception {
        JsonNode started = lab.start("webserver", "--env", "WEB_FLAG=flag{seen-over-http}");
        String sandbox = started.path("sandbox").asText();
        assertThat(started.path("machines")).hasSize(2);
        // Nobody named a primary machine, but the Vagrantfile marks one that is not its first.
        assertThat(started.path("machines").get(0).path("name").asText()).isEqualTo("attacker");
        assertThat(started.path("machines").get(0).path("primary").asBoolean()).isTrue();
        assertThat(started.path("machines").get(1).path("primary").asBoolean()).isFalse();
        Ended flag = lab.corral("exec", "-n", sandbox, "--", "curl", "-fsS", "http://victim/internal/flag.txt");
        assertThat(flag.out()).as(flag.err()).isEqualTo("flag{seen-over-http}\n");
        assertThat(lab.corral("exec", "-n", sandbox + "/victim", "--", "test", "-e", "/srv/www")
                        .exitCode())
                .isZero();
        assertThat(lab.corral("exec", "-n", sandbox + "/default", "--", "test", "-e", "/srv/www")
                        .exitCode())
                .isEqualTo(1);
        assertThat(lab.corral("destroy", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
    }
}
