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
    @Test
    void commandsGoToThePrimaryMachineUnlessAnotherIsNamed() throws Exception {
        JsonNode started = lab.start("multi", "--primary", "attacker");
        String sandbox = started.path("sandbox").asText();
        assertThat(started.path("machines")).hasSize(2);
        assertThat(started.path("machines").get(0).path("name").asText()).isEqualTo("attacker");
        assertThat(started.path("machines").get(0).path("primary").asBoolean()).isTrue();
        assertThat(started.path("machines").get(1).path("primary").asBoolean()).isFalse();
        assertThat(lab.corral("exec", "-n", sandbox + "/target", "--", "cat", "/srv/vault/passphrase")
                        .out())
                .isEqualTo("amber lighthouse\n");
        assertThat(lab.corral("exec", "-n", sandbox, "--", "test", "-e", "/srv/vault")
                        .exitCode())
                .isEqualTo(1);
        assertThat(lab.corral("exec", "-n", sandbox + "/default", "--", "test", "-e", "/srv/vault")
                        .exitCode())
                .isEqualTo(1);
        assertThat(lab.corral("destroy", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
    }

    @Test
    void theAttackerReadsTheVictimsFlag() throws Exception {
        JsonNode started = lab.start("webserver", "--env", "WEB_FLAG=flag{seen-over-http}");
        String sandbox = started.path("sandbox").asText();
        // Nobody named a primary machine, but the Vagrantfile marks one that is not its first.
        assertThat(started.path("machines").get(0).path("name").asText()).isEqualTo("attacker");
        Ended flag = lab.corral("exec", "-n", sandbox, "--", "curl", "-fsS", "http://victim/internal/flag.txt");
        assertThat(flag.out()).as(flag.err()).isEqualTo("flag{seen-over-http}\n");
        assertThat(lab.corral("destroy", sandbox).exitCode()).isZero();
        assertThat(lab.domains(sandbox)).isEmpty();
    }
}
