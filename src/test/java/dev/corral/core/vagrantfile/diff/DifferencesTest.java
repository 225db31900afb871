package dev.corral.core.vagrantfile.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.corral.core.base.Json;
import dev.corral.core.vagrantfile.Resolution;
import dev.corral.core.vagrantfile.ResolvedMachine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Vagrantfile says now and what does not hold yet, and what it takes. */
@Tag("unit")
class DifferencesTest {
    private static final String MACHINE = """
            {"name":"web","autostart":true,"provider":"PROVIDER","provider_known":true,
             "providers":[{"name":"PROVIDER","known":true,"settings":{"memory":256,"uri":"qemu:///system"},
               "file":"/p/Vagrantfile","line":4}],
             "box":{"name":"debian","present":true},"hostname":"web","boot_timeout":300,
             "networks":[{"type":"private_network","options":{"ip":"10.0.0.1"},"file":"/p/Vagrantfile","line":3},
                         {"type":"forwarded_port","options":{"guest":80,"host":8080}}],
             "synced_folders":[{"id":"data","host":"data","guest":"/data","type":"rsync"}],
             "ssh":{"username":"vagrant"},
             "provisioners":[PROVISIONERS]}
            """;
    private static final String STEPS = """
            {"index":0,"name":"one","type":"shell","settings":{"inline":"true"},"line":10},
            {"index":1,"type":"shell","settings":{"path":"setup.sh"},"line":11},
            {"index":2,"type":"shell","settings":{"inline":"id"},"line":12}
            """;

    private static Resolution resolution(String machine) {
        try {
            return Json.mapper()
                    .readValue("{\"vagrantfile\":\"/p/Vagrantfile\",\"machines\":[" + machine + "]}", Resolution.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String libvirt(String provisioners) {
        return MACHINE.replace("PROVISIONERS", provisioners).replace("PROVIDER", "libvirt");
    }

    private static ActiveMachine made(Resolution resolution, Map<String, String> files) {
        ResolvedMachine machine = resolution.machines().getFirst();
        ActiveMachine active = ActiveMachine.fresh("u-1", machine);
        for (ResolvedMachine.Provisioner one : machine.provisioners()) {
            active = active.afterRun(new ActiveMachine.Ran(one, one.settings().has("path") ? files : Map.of()));
        }
        return active;
    }

    private static List<Difference> compare(Resolution before, Resolution after) {
        return Differences.of(after, before, Map.of("web", made(before, Map.of())), Map.of(), Map.of());
    }

    @Test
    void whatIsAsItWasIsNoDifference() {
        Resolution same = resolution(libvirt(STEPS));
        assertThat(compare(same, resolution(libvirt(STEPS)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        libvirt    | "memory":256             | "memory":512            | libvirt.memory     | RELOAD
        libvirt    | qemu:///system           | qemu:///session         | libvirt.uri        | DESTROY
        libvirt    | "name":"debian"          | "name":"ubuntu"         | box                | DESTROY
        libvirt    | "hostname":"web"         | "hostname":"db"         | hostname           | RELOAD
        libvirt    | "boot_timeout":300       | "boot_timeout":600      | boot_timeout       | NOTHING
        libvirt    | "username":"vagrant"     | "username":"ada"        | ssh.username       | NOTHING
        libvirt    | 10.0.0.1                 | 10.0.0.2                | network 1          | DESTROY
        virtualbox | 10.0.0.1                 | 10.0.0.2                | network 1          | RELOAD
        libvirt    | "host":8080              | "host":8081             | forwarded_port 80  | RELOAD
        libvirt    | "type":"rsync"           | "type":"nfs"            | synced_folder /data| RELOAD
        docker     | "memory":256             | "memory":512            | docker.memory      | DESTROY
        """)
    void eachSettingNeedsWhatItNeeds(String provider, String before, String after, String key, Needs needs) {
        String machine = MACHINE.replace("PROVISIONERS", "").replace("PROVIDER", provider);
        assertThat(machine).contains(before);
        assertThat(compare(resolution(machine), resolution(machine.replace(before, after))))
                .extracting(Difference::machine, Difference::key, Difference::needs)
                .containsExactly(tuple("web", key, needs));
    }

    @Test
    void aProvisionerThatMovedIsTheSame() {
        Resolution before = resolution(libvirt(STEPS));
        String more = """
                {"index":0,"type":"shell","settings":{"inline":"new"},"line":9},
                {"index":1,"name":"one","type":"shell","settings":{"inline":"true"},"line":10},
                {"index":2,"type":"shell","settings":{"path":"setup.sh"},"line":11},
                {"index":3,"type":"shell","settings":{"inline":"id"},"line":12},
                {"index":4,"type":"shell","run":"never","settings":{"inline":"rm"},"line":13}
                """;
        assertThat(compare(before, resolution(libvirt(more))))
                .extracting(Difference::key, Difference::before, Difference::needs, Difference::provisioner)
                .containsExactly(tuple("provisioner 1", "", Needs.PROVISION, 1));
        assertThat(compare(resolution(libvirt(more)), before))
                .extracting(Difference::key, Difference::after, Difference::needs)
                .as("what they did stays until the machine is made anew")
                .containsExactly(tuple("provisioner 1", "", Needs.DESTROY), tuple("provisioner 5", "", Needs.DESTROY));
    }

    @Test
    void aChangedStepRunsFromThereOn() {
        Resolution before = resolution(libvirt(STEPS));
        assertThat(compare(before, resolution(libvirt(STEPS.replace("\"id\"", "\"id -u\"")))))
                .extracting(Difference::key, Difference::needs, Difference::provisioner, one -> one.place()
                        .line())
                .containsExactly(tuple("provisioner 3", Needs.PROVISION, 3, 0));
    }

    @Test
    void aFileIsToldWithTheStepThatUsesIt() {
        Resolution resolution = resolution(libvirt(STEPS));
        List<Difference> found = Differences.of(
                resolution,
                resolution,
                Map.of("web", made(resolution, Map.of("setup.sh", "aaaa"))),
                Map.of("setup.sh", "bbbb", "lib.rb", "cccc", "gone", "dddd"),
                Map.of("setup.sh", "bbbb", "lib.rb", "eeee", "new", "ffff"));
        assertThat(found)
                .extracting(
                        Difference::machine, Difference::key, Difference::before, Difference::after, Difference::needs)
                .containsExactly(
                        tuple("web", "file setup.sh of provisioner 2", "aaaa", "bbbb", Needs.PROVISION),
                        tuple("", "file gone", "dddd", "", Needs.NOTHING),
                        tuple("", "file lib.rb", "cccc", "eeee", Needs.NOTHING),
                        tuple("", "file new", "", "ffff", Needs.NOTHING));
    }

    @Test
    void whatARebootAppliedHoldsAndWhatItDidNotDoesNot() {
        Resolution before = resolution(libvirt(STEPS));
        Resolution after = resolution(libvirt(STEPS)
                .replace("\"memory\":256", "\"memory\":512")
                .replace("\"name\":\"debian\"", "\"name\":\"ubuntu\""));
        ActiveMachine booted = made(before, Map.of()).afterBoot(after.machines().getFirst());
        assertThat(Differences.of(after, after, Map.of("web", booted), Map.of(), Map.of()))
                .extracting(Difference::key, Difference::needs)
                .containsExactly(tuple("box", Needs.DESTROY));
    }

    @Test
    void machinesComeAndGo() {
        Resolution one = resolution(libvirt(""));
        Resolution other = resolution(libvirt("").replace("\"name\":\"web\"", "\"name\":\"db\""));
        assertThat(Differences.of(other, one, Map.of("web", made(one, Map.of())), Map.of(), Map.of()))
                .extracting(
                        Difference::machine, Difference::key, Difference::before, Difference::after, Difference::needs)
                .containsExactly(
                        tuple("db", "machine", "", "defined", Needs.DESTROY),
                        tuple("web", "machine", "defined", "", Needs.DESTROY));
        assertThat(Differences.of(one, one, Map.of(), Map.of(), Map.of()))
                .as("one that was never made has nothing to be compared with")
                .isEmpty();
    }

    @Test
    void aStepCountsAsDoneInAnyForm() {
        Resolution before = resolution(libvirt(STEPS));
        ResolvedMachine machine = before.machines().getFirst();
        ActiveMachine active = ActiveMachine.fresh("u-1", machine);
        assertThat(active.provisioned(machine)).isFalse();
        for (ResolvedMachine.Provisioner step : machine.provisioners()) {
            active = active.afterRun(new ActiveMachine.Ran(step, Map.of()));
        }
        active = active.afterRun(new ActiveMachine.Ran(machine.provisioners().getLast(), Map.of()));
        assertThat(active.ran()).as("again is not twice").hasSize(3);
        assertThat(active.provisioned(machine)).isTrue();
        assertThat(active.provisioned(resolution(libvirt(STEPS.replace("true", "false")))
                        .machines()
                        .getFirst()))
                .isTrue();
    }
}
