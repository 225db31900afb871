package dev.corral.core.hypervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.corral.core.base.Environment;
import dev.corral.core.base.Subscription;
import dev.corral.core.hypervisor.SurveyedMachine.Disk;
import dev.corral.core.hypervisor.libvirt.LibvirtXml;
import dev.corral.core.process.ProcessResult;
import dev.corral.core.process.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real libvirt, with machines that have a disk and nothing on it: surveyed, watched and removed. */
@Tag("vm_required")
@Timeout(180)
class LibvirtLabTest {
    private static final String URI = "qemu:///system";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String HOSTILE = "it's \"q\" ; list <&é -x $(id)";

    private final Hypervisors hypervisors = new Hypervisors(Environment.system());
    private final String prefix = "corral-test-" + Long.toHexString(System.nanoTime());
    private final String box = prefix + "_vagrant_box_image_0_box.img";
    private final List<String> domains = new ArrayList<>();
    private final List<String> volumes = new ArrayList<>();
    private final List<String> networks = new ArrayList<>();
    private String pool;

    @TempDir
    Path temp;

    @BeforeEach
    void findPool() throws Exception {
        pool = LibvirtXml.pool(virsh("pool-dumpxml", "default")).target();
    }

    @AfterEach
    void removeAll() throws Exception {
        for (String domain : domains) {
            quietly("destroy", domain);
            quietly("undefine", domain, "--managed-save", "--snapshots-metadata");
        }
        for (String network : networks) {
            quietly("net-destroy", network);
            quietly("net-undefine", network);
        }
        for (String volume : volumes.reversed()) {
            quietly("vol-delete", "--vol", pool + "/" + volume);
        }
    }

    @Test
    void aMachineIsSeenWithAllThatHangsOnItAndGoesWithIt() throws Exception {
        volume(box, "");
        volume(prefix + "_default.img", box);
        String uuid = define(prefix + "_default", disk(prefix + "_default.img"));
        virsh("start", uuid);
        virsh("snapshot-create-as", uuid, "clean");
        SurveyedMachine running = machine(uuid).orElseThrow();
        assertThat(running.object())
                .returns(MachineState.RUNNING, HypervisorObject::state)
                .returns(prefix + "_default", HypervisorObject::name)
                .returns(URI, HypervisorObject::where);
        assertThat(running.source()).isEqualTo(temp.resolve("Vagrantfile").toString());
        assertThat(running.snapshots()).isEqualTo(1);
        virsh("managedsave", uuid);

        Survey survey = hypervisors.survey();
        SurveyedMachine machine = machine(uuid).orElseThrow();
        assertThat(survey.answers().answered()).contains(Host.libvirt(URI), new Host("qemu", ""));
        assertThat(machine.object().state()).isEqualTo(MachineState.STOPPED);
        Path file = Path.of(pool, prefix + "_default.img");
        Path below = Path.of(pool, box);
        Map<Path, Long> real = DiskUsage.each(List.of(file, below));
        assertThat(machine.disks())
                .containsExactly(
                        new Disk(file.toString(), real.get(file), true, false),
                        new Disk(below.toString(), real.get(below), false, false));
        assertThat(real.get(file)).isPositive();
        Path saved = Path.of("/var/lib/libvirt/qemu/save", prefix + "_default.save");
        boolean seen = DiskUsage.presence(saved) == DiskUsage.Presence.THERE;
        assertThat(machine.savedBytes()).isEqualTo(seen ? DiskUsage.bytesOf(List.of(saved)) : -1L);
        assertThat(machine.ownBytes()).isEqualTo(real.get(file) + Math.max(machine.savedBytes(), 0));
        Volume overlay = survey.volumes().stream()
                .filter(volume -> volume.path().equals(file.toString()))
                .findFirst()
                .orElseThrow();
        assertThat(overlay.backing()).contains(below.toString());
        assertThat(overlay.bytes()).isEqualTo(real.get(file));
        assertThat(overlay.modified())
                .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));

        Volume copy = copy(survey);
        assertThat(copy.boxCopy()).isTrue();
        assertThatThrownBy(() -> hypervisors.removeVolume(copy))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("stays: the machine " + prefix);

        // Two at once: both find it gone in the end, and one of them did it.
        assertThat(Stream.generate(
                                () -> CompletableFuture.supplyAsync(() -> removed(machine), Thread::startVirtualThread))
                        .limit(2)
                        .toList())
                .extracting(CompletableFuture::join)
                .containsExactlyInAnyOrder(true, false);
        assertThat(machine(uuid)).isEmpty();
        assertThat(DiskUsage.presence(file)).isEqualTo(DiskUsage.Presence.GONE);
        assertThat(virsh("vol-list", "default"))
                .doesNotContain(prefix + "_default.img")
                .contains(box);
        assertThat(DiskUsage.presence(saved)).isNotEqualTo(DiskUsage.Presence.THERE);
        // Gone already is no failure.
        assertThat(removed(machine)).isFalse();

        assertThat(hypervisors.removeVolume(copy)).isTrue();
        assertThat(DiskUsage.presence(below)).isEqualTo(DiskUsage.Presence.GONE);
        assertThat(hypervisors.removeVolume(copy)).isFalse();
    }

    @Test
    void whatSomebodyElseUsesStays() throws Exception {
        volume(box, "");
        volume(prefix + "-1.img", box);
        volume(prefix + "-2.img", prefix + "-1.img");
        volume(prefix + "-shared.img", "");
        String first = define(prefix + "-1", disk(prefix + "-1.img"), disk(prefix + "-shared.img"), cdrom(box));
        String second = define(prefix + "-2", disk(prefix + "-shared.img"));
        virsh("start", second);
        SurveyedMachine machine = machine(first).orElseThrow();
        assertThat(machine.disks()).allMatch(disk -> !disk.own());
        hypervisors.remove(machine.object());
        assertThat(machine(first)).isEmpty();
        for (String volume : List.of(box, prefix + "-1.img", prefix + "-2.img", prefix + "-shared.img")) {
            assertThat(DiskUsage.presence(Path.of(pool, volume))).as(volume).isEqualTo(DiskUsage.Presence.THERE);
        }
        Survey survey = hypervisors.survey();
        assertThatThrownBy(() -> hypervisors.removeVolume(named(survey, prefix + "-1.img")))
                .hasMessageContaining("the volume " + prefix + "-2.img stands on it");
        assertThatThrownBy(() -> hypervisors.removeVolume(copy(survey)))
                .hasMessageContaining("The box copy")
                .hasMessageContaining("stands on it");
        assertThatThrownBy(() -> hypervisors.removeVolume(named(survey, prefix + "-shared.img")))
                .hasMessageContaining("the machine " + prefix + "-2 uses it");
        hypervisors.removeVolume(named(survey, prefix + "-2.img"));
        hypervisors.removeVolume(named(survey, prefix + "-1.img"));
        assertThat(DiskUsage.presence(Path.of(pool, prefix + "-1.img"))).isEqualTo(DiskUsage.Presence.GONE);
    }

    @Test
    void hostileNamesAreOnlyNames() throws Exception {
        String name = prefix + HOSTILE;
        volume("-" + name + ".img", "");
        String uuid = define(
                name,
                "<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/><source pool='default' volume='"
                        + xml("-" + name + ".img") + "'/><target dev='vda' bus='virtio'/></disk>");
        Survey survey = hypervisors.survey();
        assertThat(survey.answers().answered()).contains(Host.libvirt(URI));
        SurveyedMachine machine = machine(uuid).orElseThrow();
        assertThat(machine.object().name()).isEqualTo(name);
        assertThat(machine.disks())
                .extracting(Disk::path, Disk::own)
                .containsExactly(tuple(pool + "/-" + name + ".img", true));
        assertThat(machine.ownBytes()).isPositive();
        // Its process has the disk open until it is ended.
        virsh("start", uuid);
        hypervisors.remove(machine.object());
        assertThat(machine(uuid)).isEmpty();
        assertThat(virsh("vol-list", "default")).doesNotContain(prefix);
    }

    @Test
    void aNetworkGoesWhenNobodyIsOnIt() throws Exception {
        networks.add(prefix);
        Path file = Files.writeString(
                temp.resolve("net.xml"),
                "<network><name>" + prefix + "</name><bridge name='crl" + prefix.substring(prefix.length() - 6)
                        + "'/></network>");
        virsh("net-define", file.toString());
        virsh("net-start", prefix);
        String uuid = define(prefix, "<interface type='network'><source network='" + prefix + "'/></interface>");
        Survey survey = hypervisors.survey();
        Network network = survey.networks().stream()
                .filter(one -> one.name().equals(prefix))
                .findFirst()
                .orElseThrow();
        assertThat(network.active()).isTrue();
        assertThat(machine(uuid).orElseThrow().networks()).containsExactly(prefix);
        assertThatThrownBy(() -> hypervisors.removeNetwork(network))
                .hasMessageContaining("the machine " + prefix + " is on it");
        hypervisors.remove(machine(uuid).orElseThrow().object());
        hypervisors.removeNetwork(network);
        assertThat(virsh("net-list", "--all", "--name")).doesNotContain(prefix);
        survey.networks().stream().filter(one -> one.name().equals("default")).forEach(shared -> assertThatThrownBy(
                        () -> hypervisors.removeNetwork(shared))
                .hasMessageContaining("everybody's"));
    }

    @Test
    void changesAreToldAtOnce() throws Exception {
        Semaphore changes = new Semaphore(0);
        hypervisors.survey();
        try (Subscription watch = hypervisors.watch(changes::release)) {
            assertThat(changes.tryAcquire(10, TimeUnit.SECONDS))
                    .as("the connection is told")
                    .isTrue();
            TimeUnit.SECONDS.sleep(1);
            changes.drainPermits();
            String uuid = define(prefix, "");
            assertThat(changes.tryAcquire(2, TimeUnit.SECONDS))
                    .as("a definition")
                    .isTrue();
            TimeUnit.MILLISECONDS.sleep(500);
            changes.drainPermits();
            virsh("undefine", uuid);
            assertThat(changes.tryAcquire(2, TimeUnit.SECONDS)).as("its end").isTrue();
            TimeUnit.MILLISECONDS.sleep(500);
            changes.drainPermits();
            volume(prefix + ".img", "");
            if (Files.isReadable(Path.of(pool))) {
                assertThat(changes.tryAcquire(2, TimeUnit.SECONDS))
                        .as("a new volume")
                        .isTrue();
            }
            assertThat(watch).isNotNull();
        }
    }

    @Test
    void twoConnectionsAtOnceSpeakForTheirOwnMachinesOnly() throws Exception {
        String near = define(prefix + "_near", "");
        String far = UUID.randomUUID().toString();
        Path node = temp.resolve("node.xml");
        node(
                node,
                "<domain type='test'><name>" + prefix + "_far</name><uuid>" + far
                        + "</uuid><memory>8192</memory><os><type>hvm</type></os></domain>");
        String uri = "test://" + node;
        HostContext context = HostContext.of(Map.of("LIBVIRT_DEFAULT_URI", uri), List.of());
        Survey survey = hypervisors.survey(List.of(context));
        assertThat(survey.problems()).isEmpty();
        assertThat(survey.machines())
                .extracting(machine -> machine.object().host(), machine -> machine.object()
                        .id())
                .contains(tuple(Host.libvirt(URI), near), tuple(Host.libvirt(uri), far));
        HypervisorSnapshot both = hypervisors.snapshot(survey, Map.of());
        assertThat(both.find(context, "libvirt", far).map(HypervisorObject::state))
                .contains(MachineState.RUNNING);
        assertThat(both.find(HostContext.here(), "libvirt", far)).isEmpty();
        assertThat(both.find(HostContext.here(), "libvirt", near)).isPresent();
        // Removing a machine of one asks both who uses its disks, and is confirmed by its own.
        hypervisors.remove(both.find(HostContext.here(), "libvirt", near).orElseThrow());
        assertThat(gone(HostContext.here(), near)).isTrue();

        assertThat(gone(context, far)).isFalse();
        Files.delete(node);
        assertThat(hypervisors.ask(context, Set.of("libvirt")).find(context, "libvirt", far))
                .isEmpty();
        assertThat(gone(context, far)).as("nobody can tell").isFalse();
        assertThat(gone(HostContext.here(), near)).isTrue();
        assertThat(hypervisors.surveyOf(context).health().get(Host.libvirt(uri)).answers())
                .isFalse();
        node(node, "");
        assertThat(gone(context, far)).isTrue();
    }

    private boolean gone(HostContext context, String uuid) {
        HypervisorSnapshot said = hypervisors.ask(context, Set.of("libvirt"));
        return said.find(context, "libvirt", uuid).isEmpty() && said.tells(context, "libvirt");
    }

    // libvirt's driver for tests keeps its machines in a file.
    private static void node(Path file, String domain) throws IOException {
        Files.writeString(
                file,
                "<node>" + domain + "<network><name>default</name><uuid>" + UUID.randomUUID()
                        + "</uuid><bridge name='virbr9'/></network></node>");
    }

    private Optional<SurveyedMachine> machine(String uuid) {
        return hypervisors.survey().machines().stream()
                .filter(machine -> machine.object().id().equals(uuid))
                .findFirst();
    }

    private Volume copy(Survey survey) {
        return named(survey, box);
    }

    private static Volume named(Survey survey, String name) {
        return survey.volumes().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void volume(String name, String backing) throws Exception {
        volumes.add(name);
        String below = backing.isEmpty()
                ? ""
                : "<backingStore><path>" + xml(pool + "/" + backing) + "</path><format type='qcow2'/></backingStore>";
        Path file = Files.writeString(
                temp.resolve("volume.xml"),
                "<volume><name>" + xml(name) + "</name><capacity unit='M'>8</capacity>"
                        + "<target><format type='qcow2'/></target>" + below + "</volume>");
        virsh("vol-create", "default", file.toString());
    }

    private String disk(String volume) {
        return "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='"
                + xml(pool + "/" + volume) + "'/><target dev='vd" + (char) ('a' + volumes.indexOf(volume))
                + "' bus='virtio'/>" + "</disk>";
    }

    private String cdrom(String volume) {
        return "<disk type='file' device='cdrom'><driver name='qemu' type='qcow2'/><source file='"
                + xml(pool + "/" + volume) + "'/><target dev='hdc' bus='ide'/><readonly/></disk>";
    }

    private String define(String name, String... devices) throws Exception {
        Path file = Files.writeString(
                temp.resolve("domain.xml"),
                "<domain type='qemu'><name>" + xml(name) + "</name><memory unit='MiB'>32</memory>"
                        + "<description>Source: "
                        + xml(temp.resolve("Vagrantfile").toString()) + "</description>"
                        + "<os><type arch='x86_64'>hvm</type></os><devices>" + String.join("", devices)
                        + "</devices></domain>");
        virsh("define", file.toString());
        String uuid = virsh("domuuid", name).strip();
        domains.add(uuid);
        return uuid;
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&apos;");
    }

    private static String virsh(String... words) throws IOException, TimeoutException {
        ProcessResult result = quietly(words);
        assertThat(result.ok())
                .as(String.join(" ", words) + ": " + result.err())
                .isTrue();
        return result.out();
    }

    private static ProcessResult quietly(String... words) throws IOException, TimeoutException {
        List<String> command = new ArrayList<>(List.of("virsh", "-q", "-c", URI));
        command.addAll(List.of(words));
        return Processes.run(command, null, null, new byte[0], LIMIT);
    }

    private boolean removed(SurveyedMachine machine) {
        try {
            return hypervisors.remove(machine.object());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
