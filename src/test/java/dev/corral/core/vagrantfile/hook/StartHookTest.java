package dev.corral.core.vagrantfile.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Our Ruby's folder and the lines that it writes, without Vagrant. */
@Tag("unit")
class StartHookTest {
    @Test
    void itLiesWhereNobodyElseReadsItAndGoesAgain() throws Exception {
        Path ruby;
        try (StartHook hook = StartHook.make().orElseThrow()) {
            Map<String, String> variables = hook.with(Map.of("COURSE", "net-101"));
            ruby = Path.of(variables.get("VAGRANT_VAGRANTFILE"));
            assertThat(ruby).isRegularFile();
            assertThat(ruby.resolveSibling("asker.rb")).isRegularFile();
            assertThat(Path.of(variables.get("CORRAL_HOOK"))).isEmptyFile();
            assertThat(variables).containsEntry("COURSE", "net-101").doesNotContainKey("CORRAL_HOOK_VAGRANTFILE");
            Path folder = Path.of(variables.get("CORRAL_HOOK")).getParent();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
            assertThat(hook.with(Map.of("VAGRANT_VAGRANTFILE", "lab.rb")))
                    .containsEntry("CORRAL_HOOK_VAGRANTFILE", "lab.rb")
                    .containsEntry("VAGRANT_VAGRANTFILE", ruby.toString());
        }
        assertThat(ruby).doesNotExist();
    }

    @Test
    void aLineIsHeardOnceItIsWholeAndOthersAreNot() throws Exception {
        try (StartHook hook = StartHook.make().orElseThrow()) {
            Path file = Path.of(hook.with(Map.of()).get("CORRAL_HOOK"));
            List<Told> told = new ArrayList<>();
            write(file, "{\"event\":\"began\",\"machine\":\"web\",\"index\":1,\"type\":\"shell\"}\n{\"event\":\"en");
            hook.read(told::add);
            assertThat(told).containsExactly(new Told.Ran("web", 1, "shell", false));
            assertThat(hook.loaded()).isFalse();
            write(
                    file,
                    "ded\",\"machine\":\"web\",\"index\":null,\"type\":\"shell\"}\nnonsense\n[1]\n{}\n"
                            + "{\"event\":\"loaded\",\"vagrant\":\"2.3.4\",\"ruby\":\"3.1.2\"}\n"
                            + "{\"event\":\"begins\",\"machine\":\"web\",\"provisioners\":7}\n"
                            + "{\"event\":\"provisions\",\"machine\":\"web\",\"enabled\":true,\"done\":false,\"types\":null,"
                            + "\"provisioners\":[{\"index\":0,\"name\":null,\"type\":\"shell\",\"run\":\"once\"}]}\n");
            hook.read(told::add);
            assertThat(hook.loaded()).isTrue();
            assertThat(told.subList(1, told.size()))
                    .containsExactly(
                            new Told.Ran("web", -1, "shell", true),
                            new Told.Loaded("2.3.4", "3.1.2"),
                            new Told.Provisions(
                                    "web",
                                    true,
                                    false,
                                    null,
                                    List.of(new Told.Provisioner(0, null, "shell", "once", null, null))));
        }
    }

    private static void write(Path file, String text) throws Exception {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
