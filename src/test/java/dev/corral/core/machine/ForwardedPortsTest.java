package dev.corral.core.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Json;
import dev.corral.core.process.ProcessIdentity;
import dev.corral.core.process.ProcessTable;
import dev.corral.core.vagrant.LocalState.LocalMachine;
import dev.corral.core.vagrantfile.Resolution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ports of this machine lead to VMs, as the file says and as it is. */
@Tag("unit")
class ForwardedPortsTest {
    @TempDir
    Path temp;

    private static Resolution resolution(String provider) throws Exception {
        return Json.mapper().readValue("""
                        {"vagrantfile":"/p/Vagrantfile","machines":[{"name":"web","provider":"PROVIDER","networks":[
                          {"type":"forwarded_port","options":{"guest":80,"host":8080,"auto_correct":true}},
                          {"type":"forwarded_port","options":{"guest":53,"host":5353,"protocol":"udp","disabled":true}},
                          {"type":"private_network","options":{"ip":"10.0.0.1"}},
                          {"type":"forwarded_port","implicit":true,"options":{"guest":22,"host":2222,"host_ip":"127.0.0.1"}}]}]}
                        """.replace("PROVIDER", provider), Resolution.class);
    }

    private List<LocalMachine> made(String provider) {
        return List.of(new LocalMachine("web", provider, "vq_abc", temp));
    }

    private static ProcessTable processes(String... lines) {
        return new ProcessTable(Arrays.stream(lines)
                .map(line -> new ProcessTable.Row(
                        new ProcessIdentity(Long.parseLong(line.split(" ")[0]), 1, "", 0, ""),
                        List.of(line.split(" ")).subList(1, line.split(" ").length),
                        Optional.empty(),
                        Optional.empty()))
                .toList());
    }

    @Test
    void libvirtsTunnelsCountIfVagrantNotedThem() throws Exception {
        Files.createDirectories(temp.resolve("pids"));
        Files.writeString(temp.resolve("pids/ssh_2201.pid"), "77");
        assertThat(ForwardedPorts.of(
                        resolution("libvirt"),
                        made("libvirt"),
                        processes(
                                "77 ssh -o User=vagrant -n -L *:2201:192.168.121.5:80 -N 192.168.121.5",
                                "78 ssh -n -L *:8080:192.168.121.9:80 -N 192.168.121.9")))
                .as("the port for SSH is none of them there")
                .extracting(ForwardedPort::guest, ForwardedPort::host, ForwardedPort::now)
                .containsExactly(tuple(80, 8080, 2201));
        assertThat(ForwardedPorts.of(resolution("libvirt"), made("libvirt"), processes("77 cat")))
                .extracting(ForwardedPort::now)
                .containsExactly(0);
    }

    @Test
    void qemusOwnAreInItsCommandLine() throws Exception {
        assertThat(
                        ForwardedPorts.of(
                                resolution("qemu"),
                                made("qemu"),
                                processes(
                                        "5 qemu-system-x86_64 -drive file=/x/vq_abc/linked-box.img -netdev"
                                                + " user,id=net0,hostfwd=tcp::50022-:22,hostfwd=tcp:127.0.0.1:8081-:80",
                                        "6 qemu-system-x86_64 -drive file=/x/vq_other/linked-box.img -netdev user,hostfwd=tcp::8080-:80")))
                .extracting(ForwardedPort::guest, ForwardedPort::now)
                .containsExactly(tuple(80, 8081), tuple(22, 50022));
    }

    @Test
    void whereNobodyCanSeeItNothingIsSaidAndAMachineThatIsNotThereHasNone() throws Exception {
        assertThat(ForwardedPorts.of(resolution("virtualbox"), made("virtualbox"), processes()))
                .extracting(ForwardedPort::now)
                .containsExactly(null, null);
        assertThat(ForwardedPorts.of(resolution("virtualbox"), List.of(), processes()))
                .extracting(ForwardedPort::now)
                .containsExactly(0, 0);
    }
}
