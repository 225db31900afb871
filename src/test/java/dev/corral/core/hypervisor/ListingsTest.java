package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Environment;
import dev.corral.core.hypervisor.libvirt.Libvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hypervisors' own tools print, and what may be concluded from it. */
@Tag("unit")
class ListingsTest {
    @TempDir
    Path temp;

    @Test
    void readsLibvirt() {
        String output = """
                 06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11 sqli-01-9f3c2a1b_default
                 0b7e5b0e-0a6c-4f1e-9d6a-000000000002 multi_attacker
                 0b7e5b0e-0a6c-4f1e-9d6a-000000000003 silent one

                Domain: 'sqli-01-9f3c2a1b_default'
                  state.state=1
                  state.reason=1
                  block.count=2
                  block.0.physical=1000
                  block.1.physical=24

                Domain: 'multi_attacker'
                  state.state=5
                """;
        assertThat(Libvirt.parse(output, "qemu:///system"))
                .extracting(
                        HypervisorObject::name,
                        HypervisorObject::id,
                        HypervisorObject::state,
                        HypervisorObject::diskBytes)
                .containsExactlyInAnyOrder(
                        tuple(
                                "sqli-01-9f3c2a1b_default",
                                "06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11",
                                MachineState.RUNNING,
                                1024L),
                        tuple("multi_attacker", "0b7e5b0e-0a6c-4f1e-9d6a-000000000002", MachineState.STOPPED, -1L),
                        tuple("silent one", "0b7e5b0e-0a6c-4f1e-9d6a-000000000003", MachineState.UNKNOWN, -1L));
        assertThat(Libvirt.parse("\n", "qemu:///system")).isEmpty();
    }

    @Test
    void readsSnapshotsWhateverTheirNames() {
        String output = """
                 before-exploit      2026-11-27 12:00:01 +0000   shutoff
                 two  words          2026-11-26 09:30:00 +0100   disk-snapshot
                 2020-01-01 name 1   2026-11-28 00:00:00 -0500   running

                error: something else
                """;
        assertThat(Libvirt.snapshotLines(output))
                .extracting(
                        VmSnapshot::name,
                        snapshot -> snapshot.takenAt().orElseThrow().toString())
                .containsExactly(
                        tuple("two  words", "2026-11-26T08:30:00Z"),
                        tuple("before-exploit", "2026-11-27T12:00:01Z"),
                        tuple("2020-01-01 name 1", "2026-11-28T05:00:00Z"));
        assertThat(Libvirt.snapshotLines("\n")).isEmpty();
    }

    // As virsh 9.0.0 prints it, of its test driver.
    @Test
    void readsWhatSnapshotsCameFrom() {
        String output = """
                 Name          Creation Time               State     Parent
                -------------------------------------------------------------
                 after         2026-11-28 23:29:48 +0000   running   clean
                 clean         2026-11-28 23:29:47 +0000   running   \s
                 third         2026-11-28 23:29:49 +0000   running   after
                 last          2026-11-28 23:29:51 +0000   running   with blanks
                 with blanks   2026-11-28 23:29:50 +0000   running   clean

                """;
        assertThat(Libvirt.snapshotLines(output))
                .extracting(
                        snapshot -> snapshot.name() + " < " + snapshot.parent().orElse(""))
                .containsExactly(
                        "clean < ", "after < clean", "third < after", "with blanks < clean", "last < with blanks");
        assertThat(SnapshotTree.of(Libvirt.snapshotLines(output), snapshot -> snapshot))
                .extracting(placed -> placed.depth() + " " + placed.one().name())
                .containsExactly("0 clean", "1 after", "2 third", "1 with blanks", "2 last");
    }

    @Test
    void aBrokenTreeLosesNothing() {
        List<VmSnapshot> round = List.of(
                new VmSnapshot("a", Optional.empty(), Optional.of("b")),
                new VmSnapshot("b", Optional.empty(), Optional.of("a")),
                new VmSnapshot("self", Optional.empty(), Optional.of("self")),
                new VmSnapshot("orphan", Optional.empty(), Optional.of("gone")));
        assertThat(SnapshotTree.of(round, snapshot -> snapshot))
                .extracting(placed -> placed.depth() + " " + placed.one().name())
                .containsExactly("0 orphan", "0 a", "1 b", "0 self");
        List<VmSnapshot> deep = IntStream.range(0, 20_000)
                .mapToObj(i -> new VmSnapshot("s" + i, Optional.empty(), Optional.of("s" + (i - 1))))
                .toList();
        assertThat(SnapshotTree.of(deep, snapshot -> snapshot).getLast().depth())
                .isEqualTo(19_999);
    }

    @Test
    void readsVirtualBox() {
        String output = """
                Name:                        box_default_1707200000000_12345
                UUID:                        06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11
                State:                       running (since 2026-02-06T10:00:00.000000000)
                Name:                        a shared folder's name

                Name:                        second
                UUID:                        0b7e5b0e-0a6c-4f1e-9d6a-000000000002
                State:                       powered off (since 2026-02-06T10:00:00.000000000)
                """;
        assertThat(VirtualBox.parse(output, ""))
                .extracting(HypervisorObject::id, HypervisorObject::state)
                .containsExactly(
                        tuple("06c1a1c1-95f2-4a3e-a8b5-1df0a6c44a11", MachineState.RUNNING),
                        tuple("0b7e5b0e-0a6c-4f1e-9d6a-000000000002", MachineState.STOPPED));
    }

    @Test
    void aSilentHypervisorAnswersNothing() throws IOException {
        tool("virsh", "echo 'error: failed to connect to the hypervisor' >&2; exit 1");
        tool("VBoxManage", "printf 'Name: one\\nUUID: 0b7e5b0e-0a6c-4f1e-9d6a-000000000002\\nState: running\\n'");
        HypervisorSnapshot snapshot = new Hypervisors(new Environment(Map.of("PATH", temp + ":/usr/bin:/bin")))
                .ask(Set.of("libvirt", "virtualbox"));
        assertThat(snapshot.answers().answered()).containsExactly(new Host("virtualbox", ""));
        assertThat(snapshot.problems())
                .singleElement()
                .asString()
                .contains("failed to connect")
                .endsWith(".");
        assertThat(snapshot.find(HostContext.here(), "virtualbox", "0b7e5b0e-0a6c-4f1e-9d6a-000000000002")
                        .map(HypervisorObject::state))
                .contains(MachineState.RUNNING);
        assertThat(snapshot.find(HostContext.here(), "libvirt", "0b7e5b0e-0a6c-4f1e-9d6a-000000000002"))
                .isEmpty();
    }

    @Test
    void onlyThoseThatMatterAreAsked() throws IOException {
        tool("virsh", "touch " + temp.resolve("asked"));
        new Hypervisors(new Environment(Map.of("PATH", temp + ":/usr/bin:/bin"))).ask(Set.of("virtualbox"));
        assertThat(temp.resolve("asked")).doesNotExist();
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.createFile(
                temp.resolve(name), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    }
}
