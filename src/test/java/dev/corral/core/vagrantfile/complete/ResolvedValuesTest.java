package dev.corral.core.vagrantfile.complete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a setting came to in each machine. */
@Tag("unit")
class ResolvedValuesTest {
    private static Resolution resolution(String machines) throws Exception {
        return Json.mapper()
                .readValue("{\"vagrantfile\": \"/v/Vagrantfile\", \"machines\": [" + machines + "]}", Resolution.class);
    }

    private static final String TWO = """
            {"name": "web", "boot_timeout": 300, "provider": "libvirt",
             "box": {"name": "debian", "present": true},
             "providers": [{"name": "libvirt", "settings": {"memory": 512, "graphics_passwd": "geheim"}}],
             "ssh": {"username": "vagrant", "private_key_path": ["/k/one", "/k/two"], "password": "geheim"},
             "networks": [{"type": "private_network", "options": {"ip": "10.0.0.2"}},
                          {"type": "forwarded_port", "implicit": true, "options": {"guest": 22}}],
             "provisioners": [{"index": 0, "type": "shell"}, {"index": 1, "name": "app", "type": "shell"}]},
            {"name": "db", "boot_timeout": 300, "provider": "libvirt", "hostname": "db",
             "box": {"name": "alpine\\nlinux", "present": false},
             "providers": [{"name": "libvirt", "settings": {"memory": 1024}}]}
            """;

    @Test
    void eachMachineSaysItsOwnAndAllTheSameOnce() throws Exception {
        Resolution two = resolution(TWO);
        assertThat(ResolvedValues.of(two, "vm.boot_timeout")).containsExactly("Is 300 s");
        assertThat(ResolvedValues.of(two, "provider.libvirt.memory")).containsExactly("Is 512 in web", "Is 1024 in db");
        assertThat(ResolvedValues.of(two, "vm.box"))
                .containsExactly("Is debian in web", "Is alpine linux, which is not on this machine in db");
        assertThat(ResolvedValues.of(two, "vm.hostname")).containsExactly("Is db in db");
        assertThat(ResolvedValues.of(two, "vm.network")).containsExactly("Is private_network ip: 10.0.0.2 in web");
        assertThat(ResolvedValues.of(two, "vm.provision")).containsExactly("Is 1 shell; 2 app in web");
        assertThat(ResolvedValues.of(two, "ssh.private_key_path")).containsExactly("Is /k/one, /k/two in web");
    }

    @Test
    void aSecretIsNotShown() throws Exception {
        assertThat(ResolvedValues.of(resolution(TWO), "ssh.password")).containsExactly("Is •••••••• in web");
        assertThat(ResolvedValues.of(resolution(TWO), "provider.libvirt.graphics_passwd"))
                .containsExactly("Is •••••••• in web");
    }

    @Test
    void whatComesToNothingSaysNothing() throws Exception {
        Resolution two = resolution(TWO);
        for (String path : new String[] {
            "", "vm", "vm.nonsense", "provider", "provider.virtualbox.memory", "ssh.", "...", "ssh.port"
        }) {
            assertThat(ResolvedValues.of(two, path)).as(path).isEmpty();
        }
        assertThat(ResolvedValues.of(resolution(""), "vm.box")).isEmpty();
    }

    @Test
    void manyMachinesAreCut() throws Exception {
        Resolution many = resolution(IntStream.range(0, 40)
                .mapToObj(n -> "{\"name\": \"m" + n + "\", \"hostname\": \"h" + n + "\"}")
                .collect(Collectors.joining(",")));
        assertThat(ResolvedValues.of(many, "vm.hostname")).hasSize(13).endsWith("and 28 more");
    }
}
