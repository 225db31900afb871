package dev.corral.core.vagrantfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corral.core.vagrantfile.keys.ConfigKey;
import dev.corral.core.vagrantfile.keys.ConfigKeys;
import dev.corral.core.vagrantfile.keys.Explanations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that this computer's Vagrant knows. */
@Tag("unit")
class ConfigKeyReaderTest {
    // Those of later Vagrants, and of plugins that need not be here.
    private static final List<String> ELSEWHERE = List.of("ssh.connect_retries");

    @TempDir
    private Path root;

    @Test
    void theyAreReadOnceAndRemembered() throws IOException {
        CountedVagrant counted = new CountedVagrant(root);
        ConfigKeys keys = counted.keys().read();
        assertThat(counted.count()).isEqualTo(1);
        assertThat(keys.vagrant()).startsWith("2.");
        assertThat(keys.parts()).contains("vm", "ssh", "winrm", "vagrant", "trigger");
        assertThat(keys.key("vm.boot_timeout"))
                .hasValueSatisfying(key -> assertThat(key.defaultValue()).contains("300"));
        assertThat(keys.key("vm.define")).map(ConfigKey::kind).contains(ConfigKey.Kind.BLOCK);
        assertThat(keys.key("vm.network")).map(ConfigKey::kind).contains(ConfigKey.Kind.METHOD);
        assertThat(keys.key("vm.box")).map(ConfigKey::defaultValue).hasValueSatisfying(it -> assertThat(it)
                .isEmpty());
        assertThat(keys.key("provisioner.shell.inline")).isPresent();
        assertThat(keys.key("trigger.before.info")).isPresent();
        assertThat(keys.key("vm.bocks")).isEmpty();
        assertThat(keys.provisioners()).contains("shell", "file", "ansible");
        assertThat(keys.providers()).contains("virtualbox", "docker");
        assertThat(keys.syncedFolders()).contains("rsync", "nfs");
        assertThat(keys.communicators()).contains("ssh", "winrm");
        assertThat(keys.guests()).contains("debian", "windows");
        assertThat(keys.offered("vm").map(ConfigKey::name)).contains("box").doesNotContain("get_provider_config");
        whatIsExplainedIsThere(keys);

        assertThat(counted.keys().read()).as("a new process").isEqualTo(keys);
        assertThat(counted.count()).as("Vagrant is not asked again").isEqualTo(1);

        Path remembered;
        try (var files = Files.list(counted.cache())) {
            remembered = files.findFirst().orElseThrow();
        }
        Files.writeString(
                remembered,
                "{\"schema\":1,\"files\":[{\"path\":\"" + root
                        + "/plugins.json\",\"how\":[\"read\"],\"state\":\"file other\"}],\"keys\":{}}");
        assertThat(counted.keys().read()).as("with other plugins").isEqualTo(keys);
        assertThat(counted.count()).isEqualTo(2);
    }

    // A word with a mistake would explain nothing to anybody.
    private static void whatIsExplainedIsThere(ConfigKeys keys) {
        assertThat(Explanations.all()).hasSizeGreaterThan(150);
        assertThat(Explanations.all().stream()
                        .filter(path -> !ELSEWHERE.contains(path))
                        .map(path -> path.contains(":") ? path.substring(0, path.indexOf(':')) : path)
                        .filter(path -> path.lastIndexOf('.') < 0
                                ? !keys.parts().contains(path) && !path.equals("nfs")
                                : keys.of(parent(path)).isPresent()
                                        && keys.key(path).isEmpty()))
                .isEmpty();
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('.'));
    }
}
